"""What of a noisy count may be shown, judged on noisy counts alone.

A share is a figure only where enough people stand on each side of it. Else it is a side in words
("most", "few"). The least margins that held against attackers who compute exact posteriors are in
docs/decisions/0053; tests/surveys/disclosure attacks them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from surveys.disclosure.budget import People
from surveys.disclosure.noise import Noisy

FIRM = 10
"""What is left of a group is judged where it is this many times as large as its noise."""


class Side(StrEnum):
    """Where a share stands whose figure is not shown."""

    MOST = "most"
    FEW = "few"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A share (0..1) with the standard deviation that its noise alone gives it."""

    share: float
    noise: float


Shown = Figure | Side | None
"""None: a dash, which does not say on which side."""


def margin(n: float) -> float:
    """How many people have to stand on each side of a share of ``n`` people.

    Five and a tenth of them: the least with which nobody is more than 95% sure of anybody, who
    knows how many answered and what four of them did, and whose prior is uniform, moderate or
    tight, even where all the others are of one mind and their side is named. No group of more than
    220 is of one mind by chance: of large ones a twentieth is enough.
    """
    return max(min(5 + n / 10, 27), 4 + n / 20)


def judged(count: Noisy, n: Noisy, *, alone: bool = True) -> Shown:
    """A share of a group that is shown. ``alone``: it is one of two sides; else it is one of
    several choices that add up, of which only the large one is named."""
    few, most = count.value < margin(n.value), n.value - count.value < margin(n.value)
    if most or few:
        named = Side.MOST if most else Side.FEW if alone else None
        return named if _has_sides(count, n) else None
    share = count.value / n.value
    return Figure(share=share, noise=sqrt(count.variance + share**2 * n.variance) / n.value)


def _has_sides(count: Noisy, n: Noisy) -> bool:
    """Whether a group is so large that noise, but for one in twenty times, does not put a share on
    the side where it is not. How many chose it does not matter, so a dash tells nothing of that."""
    error = sqrt(count.variance + n.variance / 4)
    return margin(n.value) + 2 * error < n.value / 2


def of_several(
    counts: Sequence[Noisy], n: Noisy, each: int = 1, hidden: Set[int] = frozenset()
) -> list[Shown]:
    """The shares of choices of which each person has ``each``. The figures and the whole tell what
    all others have together: these have to be two, and as mixed as a shown group; else the figure
    nearest to not being shown is not, either.

    Of more than one of each person no side is named, since sides add up, too. ``hidden``: those
    that may not be figures in any case.
    """
    shown = [
        None if i in hidden else judged(count, n, alone=False) for i, count in enumerate(counts)
    ]
    if each > 1:
        shown = [one if isinstance(one, Figure) else None for one in shown]
    figures = [i for i, one in enumerate(shown) if isinstance(one, Figure)]
    figures.sort(key=lambda i: -min(counts[i].value, n.value - counts[i].value))
    while figures and not _hides(len(shown) - len(figures), figures, counts, n, each):
        shown[figures.pop()] = None
    return shown


def _hides(
    hidden: int, figures: Sequence[int], counts: Sequence[Noisy], n: Noisy, each: int
) -> bool:
    """Whether what the figures leave to the ``hidden`` choices tells of none of them."""
    if not hidden or each == 1:
        return hidden != 1
    rest = each * n.value - sum(counts[i].value for i in figures)
    return hidden > 1 and margin(n.value) <= rest <= hidden * n.value - margin(n.value)


def without_remainders(
    shown: Set[People],
    inside: Mapping[People, Sequence[Sequence[People]]],
    asked: Callable[[People], int],
    n: Mapping[People, Noisy],
    count: Mapping[People, Noisy],
) -> set[People]:
    """Those of the ``shown`` groups that stay so: what is left of one without the shown groups of a
    table inside it has to be as mixed as a shown group, else the smallest of these is not shown.
    ``inside``: for each group, those of each table that are in it.

    Only where somebody was asked in what is left, and it is large beside its noise.
    """
    kept = set(shown)
    for whole in sorted(shown, key=len):
        for table in inside.get(whole, ()):
            parts = [g for g in table if g in kept]
            while parts and whole in kept:
                rest = whole.difference(*parts)
                people = sum((n[g] for g in parts), start=Noisy(0, 0.0))
                said = sum((count[g] for g in parts), start=Noisy(0, 0.0))
                left, side = n[whole] - people, count[whole] - said
                firm = left.value > FIRM * sqrt(side.variance)
                if not asked(rest) or not firm or _mixed(side, left):
                    break
                smallest = min(parts, key=lambda g: n[g].value)
                parts.remove(smallest)
                kept.discard(smallest)
    return kept


def _mixed(count: Noisy, n: Noisy) -> bool:
    return min(count.value, n.value - count.value) >= margin(n.value)
