"""Which places the choices of a ranking have: those that cannot be told apart share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, hypot, sqrt
from statistics import NormalDist

from surveys.results.model import RankedChoice

ALIKE = 0.05
"""p-value from which on two choices cannot be told apart."""

MET_FROM = 50
"""Comparisons from which on a choice has a place."""

_SURE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The places, from 1 on, that a choice shares with all others of its group."""

    first: int
    last: int

    @property
    def tied(self) -> bool:
        return self.first < self.last


def compared_enough(choice: RankedChoice) -> bool:
    return choice.met is None or choice.met >= MET_FROM


def in_order(choice: RankedChoice) -> tuple[bool, float]:
    """Sorts choices: the best first, and after all others those that have no place yet."""
    return not compared_enough(choice), -choice.points


def placed(ranked: Sequence[RankedChoice]) -> list[Place | None]:
    """The place of each choice; None: too few comparisons yet.

    From the first on, a group holds those that cannot be told from the first of it. So nothing
    shares a place with what it is clearly behind.
    """
    groups: list[list[RankedChoice]] = []
    for one in filter(compared_enough, ranked):
        if groups and alike(groups[-1][0], one, len(ranked)) >= ALIKE:
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[Place | None] = []
    for group in groups:
        first = len(found) + 1
        found += [Place(first=first, last=first + len(group) - 1)] * len(group)
    return found + [None] * (len(ranked) - len(found))


def alike(one: RankedChoice, other: RankedChoice, choices: int) -> float:
    """The p-value (two-sided) that two choices have the same points.

    All choices' points together are fixed, so that one goes up where others go down: two of k have
    a correlation of -1/(k-1).
    """
    error = hypot(one.high - one.low, other.high - other.low) / 2 / _SURE
    error *= sqrt(choices / max(1, choices - 1))
    apart = abs(one.points - other.points)
    return erfc(apart / error / sqrt(2)) if error else float(not apart)
