"""A small line chart without axes that shows how a figure changed. The same is said in words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.charts.strokes import px

WIDTH, HEIGHT = 200, 36
"""Pixels of its own grid; on a page it is as wide as the tile."""

_EDGE = 3
"""Pixels that stay free above and below, so that the line is not cut."""


def sparkline(values: Sequence[float | None]) -> Markup:
    """The values from left to right, the least at the bottom. A gap stays where there is none.
    With fewer than two values there is nothing to draw."""
    there = [one for one in values if one is not None]
    if len(there) < 2:
        return Markup("")
    low, high = min(there), max(there)
    lines = "".join(_line(run) for run in _runs(values, low, high))
    return Markup(
        '<svg class="sparkline" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{lines}</svg>'
    ).format(width=WIDTH, height=HEIGHT, lines=Markup(lines))  # noqa: S704 - numbers only


def _runs(
    values: Sequence[float | None], low: float, high: float
) -> list[list[tuple[float, float]]]:
    """The points, apart where a value is not there."""
    step, room = WIDTH / (len(values) - 1), HEIGHT - 2 * _EDGE
    runs: list[list[tuple[float, float]]] = [[]]
    for place, one in enumerate(values):
        if one is None:
            runs.append([])
            continue
        up = (one - low) / (high - low) if high > low else 0.5
        runs[-1].append((place * step, HEIGHT - _EDGE - up * room))
    return [run for run in runs if run]


def _line(run: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{px(across)},{px(down)}" for across, down in run)
    first, last = px(run[0][0]), px(run[-1][0])
    under = f'<polygon class="under" points="{first},{HEIGHT} {points} {last},{HEIGHT}"/>'
    return f'{under}<polyline points="{points}" vector-effect="non-scaling-stroke"/>'
