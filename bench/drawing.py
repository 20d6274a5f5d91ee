"""Lines over time as SVG: a picture that stands alone in a page, in a light and in a dark one.

Colours are the file's own and change with the reader's scheme; lines differ by their dashes, too,
and each is named in the legend. What the picture shows is told in its description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 96, 44

_STYLE = """
text{font:14px system-ui,sans-serif;fill:#1f2937}.small{font-size:12px;fill:#4b5563}
.grid{stroke:#d1d5db}.limit{stroke:#6b7280}.a{stroke:#1d5fa8}.b{stroke:#b45309}.c{stroke:#9d174d}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round}
@media (prefers-color-scheme:dark){text{fill:#e5e7eb}.small{fill:#9ca3af}.grid{stroke:#374151}
.limit{stroke:#9ca3af}.a{stroke:#7cb3f0}.b{stroke:#f0b04f}.c{stroke:#f08ab8}}
"""

_DASHES = {"a": "", "b": "7 4", "c": "2 4", "limit": "12 5"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its ``kind`` is a, b, c or limit; points are (x, y) in the units of the axes."""

    kind: str
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Axes:
    """What is shown: both axes start at 0 and have a mark at every ``step``."""

    most_x: float
    step_x: float
    name_x: str
    most_y: float
    step_y: float
    name_y: str


def chart(title: str, told: str, axes: Axes, lines: Sequence[Line]) -> str:
    """The picture. ``told`` says in words what it shows."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>",
        *_grid(axes),
        *(_drawn(line, axes) for line in lines),
        *_legend(lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def per_second(
    times: Sequence[float], bin_seconds: float, most: float
) -> list[tuple[float, float]]:
    """How often something happened a second, in bins over time: (seconds, a second)."""
    bins = [0] * (int(most / bin_seconds) + 1)
    for at in times:
        if at < most:
            bins[int(at / bin_seconds)] += 1
    return [
        ((number + 0.5) * bin_seconds, count / bin_seconds)
        for number, count in enumerate(bins[:-1])
    ]


def _x(value: float, axes: Axes) -> str:
    return _n(_LEFT + value / axes.most_x * (WIDTH - _LEFT - _RIGHT))


def _y(value: float, axes: Axes) -> str:
    return _n(HEIGHT - _BOTTOM - value / axes.most_y * (HEIGHT - _TOP - _BOTTOM))


def _grid(axes: Axes) -> list[str]:
    parts = []
    for number in range(int(axes.most_y / axes.step_y) + 1):
        value = number * axes.step_y
        y = _y(value, axes)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(
            f'<text class="small" x="{_LEFT - 8}" y="{_n(float(y) + 4)}" text-anchor="end">'
            f"{value:g}</text>"
        )
    for number in range(int(axes.most_x / axes.step_x) + 1):
        value = number * axes.step_x
        parts.append(
            f'<text class="small" x="{_x(value, axes)}" y="{HEIGHT - _BOTTOM + 18}" '
            f'text-anchor="middle">{value:g}</text>'
        )
    middle = _n((_LEFT + WIDTH - _RIGHT) / 2)
    parts.append(
        f'<text class="small" x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">'
        f"{escape(axes.name_x)}</text>"
    )
    parts.append(f'<text class="small" x="4" y="{_TOP - 12}">{escape(axes.name_y)}</text>')
    return parts


def _drawn(line: Line, axes: Axes) -> str:
    inside = [(x, y) for x, y in line.points if x <= axes.most_x]
    points = " ".join(f"{_x(x, axes)},{_y(min(y, axes.most_y), axes)}" for x, y in inside)
    return f'<polyline class="line {line.kind}"{_dashed(line)} points="{points}"/>'


def _legend(lines: Sequence[Line]) -> list[str]:
    parts = []
    for number, line in enumerate(lines):
        x, y = _LEFT + 350 * (number % 2), 20 + 24 * (number // 2)
        parts.append(
            f'<line class="line {line.kind}"{_dashed(line)} x1="{x}" x2="{x + 34}" y1="{y}" '
            f'y2="{y}"/><text x="{x + 42}" y="{y + 5}">{escape(line.name)}</text>'
        )
    return parts


def _dashed(line: Line) -> str:
    dashes = _DASHES[line.kind]
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
