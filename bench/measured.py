"""What a benchmark yields: figures beside their demands and baselines, and pictures of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row: what was demanded and measured, and the baseline that ran beside it. ``reached``
    is None where nothing was demanded; the row is then there to compare with."""

    what: str
    measured: str
    demand: str = ""
    baseline: str = ""
    ratio: str = ""
    reached: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An SVG for the documentation. ``name`` is its file's, without the ending."""

    name: str
    svg: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """The figures of one benchmark."""

    key: str
    title: str
    figures: Sequence[Figure]
    pictures: Sequence[Picture] = field(default=())


class Progress(Protocol):
    """Says what a benchmark is doing now; ``steps`` is how often it will be told."""

    def begin(self, steps: int) -> None: ...

    def __call__(self, doing: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Silent:
    """A progress that shows nothing (for tests)."""

    def begin(self, steps: int) -> None:
        """Nothing to show."""

    def __call__(self, doing: str) -> None:
        """Nothing to show."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How large a run is: 1 for the figures of the documentation, less for a smoke test.
    ``folder`` is empty, on the disk that is measured, and goes afterwards."""

    folder: Path
    share: float = 1.0

    def of(self, full: int, least: int = 1) -> int:
        """That share of a full size."""
        return max(least, round(full * self.share))


Benchmark = Callable[[Scale, Progress], Section]


def percent(part: float) -> str:
    return f"{part:.1%}"


def milliseconds(seconds: float) -> str:
    """Two digits that say something, of a time in seconds."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"


def times(ratio: float) -> str:
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
