"""The arithmetic of measuring: intervals, calibration, coverage, F1 of classes and of pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

BINS = 10
"""Of equal width, in which confidence is compared with what was right."""

_SURE = 1.96
"""Standard deviations of a 95% interval."""


def share(values: Sequence[bool]) -> float:
    """Share of true values; 1.0 of none (nothing went wrong)."""
    return sum(values) / len(values) if values else 1.0


def wilson(found: int, there: int) -> tuple[float, float]:
    """The 95% interval of a share. (0, 1) of none: nothing is known.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212.
    """
    if not there:
        return 0.0, 1.0
    p, z2 = found / there, _SURE**2
    middle = (p + z2 / (2 * there)) / (1 + z2 / there)
    half = _SURE / (1 + z2 / there) * math.sqrt(p * (1 - p) / there + z2 / (4 * there**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Of (confidence 0..1, right): how far, in the mean over ``BINS``, confidence is from the
    share that was right (expected calibration error).

    Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015, 2901-2907.
    """
    error = 0.0
    for at in range(BINS):
        mine = [one for one in judged if min(BINS - 1, int(one[0] * BINS)) == at]
        if mine:
            said = sum(confidence for confidence, _ in mine) / len(mine)
            error += abs(said - share([right for _, right in mine])) * len(mine) / len(judged)
    return error


def calibration_by_chance(confidences: Sequence[float]) -> float:
    """The ``calibration_error`` to be expected where each confidence is true: no sample as small
    as this shows less in the mean. Of sums of as many as are in a bin, as if they were normal."""
    variance = [0.0] * BINS
    for one in confidences:
        variance[min(BINS - 1, int(one * BINS))] += one * (1 - one)
    return sum(math.sqrt(2 / math.pi * one) for one in variance) / max(1, len(confidences))


def surest(judged: Sequence[tuple[float, bool]], wanted: float) -> int:
    """The most of (confidence, right) that can be taken, surest first, so that at least
    ``wanted`` (0..1) of them are right. Of equal confidence all are taken or none."""
    ordered = sorted(judged, key=lambda one: -one[0])
    best = right = 0
    for n, (confidence, hit) in enumerate(ordered, start=1):
        right += hit
        last = n == len(ordered) or ordered[n][0] < confidence
        if last and right >= wanted * n:
            best = n
    return best


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]], classes: Sequence[Hashable]) -> float:
    """Mean over the classes of F1, of (true, read); 1.0 for a class that neither has."""
    scores = []
    for one in classes:
        both = sum(true == one and read == one for true, read in pairs)
        either = sum(true == one for true, _ in pairs) + sum(read == one for _, read in pairs)
        scores.append(2 * both / either if either else 1.0)
    return sum(scores) / len(scores)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of messages in one group: ``both`` found and true, ``found``, ``true``."""

    both: int
    found: int
    true: int

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(
            both=self.both + other.both,
            found=self.found + other.found,
            true=self.true + other.true,
        )

    @property
    def f1(self) -> float:
        """1.0 where there is no pair and none was found."""
        either = self.found + self.true
        return 2 * self.both / either if either else 1.0


def pairs(found: Sequence[Hashable], true: Sequence[Hashable | None]) -> Pairs:
    """Compare groups with true ones (None: alone in its group)."""
    own = [("alone", at) if key is None else ("group", key) for at, key in enumerate(true)]

    def within(groups: Sequence[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(groups).values())

    return Pairs(
        both=within([*zip(found, own, strict=True)]), found=within(found), true=within(own)
    )
