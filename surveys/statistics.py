"""The survey field's figures. Every formula names its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, kw_only=True)
class Dispositions:
    """What became of everybody who was asked, in AAPOR's classes (counts of people).

    With a named roster nobody's eligibility is unknown, so ``unknown`` is 0; not installed and
    undelivered are ``non_contacts``. Only people who left the district are not counted at all.
    """

    complete: int
    partial: int = 0
    refusals: int = 0
    non_contacts: int = 0
    other: int = 0
    unknown: int = 0


def response_rate_1(d: Dispositions) -> float | None:
    """RR1 = I / (I + P + R + NC + O + UH + UO), 0..1; None when nobody was asked.

    Source: AAPOR, Standard Definitions, 10th edition (2023), Response Rate 1.
    """
    return _rate(d.complete, _everyone(d))


def response_rate_2(d: Dispositions) -> float | None:
    """RR2 = (I + P) / (I + P + R + NC + O + UH + UO), 0..1: partial answers count on top.

    Source: AAPOR, Standard Definitions, 10th edition (2023), Response Rate 2.
    """
    return _rate(d.complete + d.partial, _everyone(d))


def cooperation_rate_1(d: Dispositions) -> float | None:
    """COOP1 = I / (I + P + R + O), 0..1: of those who were reached; None when nobody was.

    Source: AAPOR, Standard Definitions, 10th edition (2023), Cooperation Rate 1.
    """
    return _rate(d.complete, d.complete + d.partial + d.refusals + d.other)


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean. Raises ValueError for no values."""
    if not values:
        raise ValueError("the mean of no values")
    return sum(values) / len(values)


def wilson(
    count: int, n: int, population: int | None = None, confidence: float = 0.95
) -> tuple[float, float]:
    """Interval (low, high), each 0..1, for the share of which ``count`` of ``n`` were seen.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927) 209-212: the shares p that a score test of ``count`` does not reject. In a finite
    ``population`` the test's variance is p(1-p)/n * (N-n)/(N-1) (W. G. Cochran, Sampling
    Techniques, 3rd ed. 1977, section 3.2), so z² becomes z²(N-n)/(N-1): where everybody answered
    nothing is left to guess, and the interval is the share itself.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} of {n} is not a share")
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    if population is not None:
        size = max(population, n)
        z2 *= (size - n) / (size - 1) if size > 1 else 0.0
    share = count / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * share * (1 - share) / n + z2 * z2 / (4 * n * n)) / (1 + z2 / n)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == n else min(1.0, middle + half)
    return low, high


def enps(
    points: Sequence[int], population: int | None = None, confidence: float = 0.95
) -> tuple[float, float, float]:
    """The employee net promoter score of answers from 0 to 10, and its interval: (score, low,
    high), each -100..100. Raises ValueError for no answers.

    Source: F. F. Reichheld, "The one number you need to grow", Harvard Business Review 81/12
    (2003): the share of promoters (9 and 10) less that of detractors (0 to 6). Each answer counts
    as 1, 0 or -1, so that the variance of the mean is (p₊ + p₋ - (p₊ - p₋)²)/n (B. Rocks,
    "Interval estimation for the net promoter score", The American Statistician 70 (2016) 365-372,
    the Wald interval); in a finite ``population`` times (N-n)/(N-1), as in ``wilson``.
    """
    n = len(points)
    if not n:
        raise ValueError("the score of no answers")
    up, down = sum(p >= 9 for p in points) / n, sum(p <= 6 for p in points) / n
    variance = (up + down - (up - down) ** 2) / n
    if population is not None:
        size = max(population, n)
        variance *= (size - n) / (size - 1) if size > 1 else 0.0
    half = 100 * NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(max(variance, 0.0))
    score = 100 * (up - down)
    return score, max(-100.0, score - half), min(100.0, score + half)


def _everyone(d: Dispositions) -> int:
    return d.complete + d.partial + d.refusals + d.non_contacts + d.other + d.unknown


def _rate(above: int, below: int) -> float | None:
    return above / below if below else None
