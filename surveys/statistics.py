"""The survey field's figures. Every formula names its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, erfc, sqrt
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
    low, high = score_interval(count / n, n, z2)
    return 0.0 if count == 0 else low, 1.0 if count == n else high


def score_interval(share: float, n: float, z2: float) -> tuple[float, float]:
    """The shares (low, high), each 0..1, that a score test at z² of a ``share`` of ``n`` does not
    reject (``wilson``). ``n`` need not be whole: as many answers as would leave the same doubt."""
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * share * (1 - share) / n + z2 * z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def enps(
    points: Sequence[int], population: int | None = None, confidence: float = 0.95
) -> tuple[float, float, float]:
    """The employee net promoter score of answers from 0 to 10, and its interval: (score, low,
    high), each -100..100. Raises ValueError for no answers.

    Source: F. F. Reichheld, "The one number you need to grow", Harvard Business Review 81/12
    (2003): the share of promoters (9 and 10) less that of detractors (0 to 6). Each answer counts
    as 1, 0 or -1, so that the variance of the mean is (p₊ + p₋ - (p₊ - p₋)²)/n (B. Rocks,
    "Interval estimation for the net promoter score", The American Statistician 70 (2016), arXiv
    1601.07235: the Wald interval); in a finite ``population`` times (N-n)/(N-1), as in ``wilson``.
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


def two_proportions(a: int, n_a: int, b: int, n_b: int) -> float:
    """The p-value (two-sided) that ``a`` of ``n_a`` and ``b`` of ``n_b`` are of one share.

    The pooled z test; where an expected count is below five, Fisher's exact test. Sources:
    A. Agresti, Categorical Data Analysis, 3rd ed. (2013), sections 3.2.1 and 3.5.1; the rule of
    five is W. G. Cochran's, Biometrics 10 (1954) 417-451.
    """
    n, both = n_a + n_b, a + b
    if min(n_a, n_b) * min(both, n - both) < 5 * n:
        return _fisher(a, n_a, b, n_b)
    pooled = both / n
    error = sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    return _two_sided(abs(a / n_a - b / n_b) / error)


def mann_whitney(a: Sequence[int], b: Sequence[int]) -> tuple[float, float]:
    """Whether two groups answer alike on a scale of which only the order is meant: (how likely
    somebody of ``a`` answers higher than somebody of ``b``, ties as half; p-value, two-sided).

    ``a`` and ``b`` count the answers at each point, from the lowest. Normal approximation with the
    correction for ties and for continuity. Source: H. B. Mann, D. R. Whitney, Annals of
    Mathematical Statistics 18 (1947) 50-60; M. Hollander, D. A. Wolfe, Nonparametric Statistical
    Methods, 3rd ed. (2014), section 4.1.
    """
    n_a, n_b = sum(a), sum(b)
    n, below, u = n_a + n_b, 0, 0.0
    for here, other in zip(a, b, strict=True):
        u += here * (below + other / 2)
        below += other
    ties = sum((x + y) ** 3 - (x + y) for x, y in zip(a, b, strict=True))
    variance = n_a * n_b / 12 * (n + 1 - ties / (n * (n - 1)))
    above = u / (n_a * n_b)
    if variance <= 0:  # everybody gave the same answer
        return above, 1.0
    return above, _two_sided(max(0.0, abs(u - n_a * n_b / 2) - 0.5) / sqrt(variance))


def welch(a: Sequence[tuple[float, int]], b: Sequence[tuple[float, int]]) -> float:
    """The p-value (two-sided) that two groups have one mean, their variances being what they are.

    ``a`` and ``b`` are (value, how many gave it). Source: B. L. Welch, "The generalization of
    'Student's' problem", Biometrika 34 (1947) 28-35.
    """
    (mean_a, error_a, n_a), (mean_b, error_b, n_b) = _mean_and_error(a), _mean_and_error(b)
    error = error_a + error_b
    if error == 0:
        return 1.0 if mean_a == mean_b else 0.0
    from scipy.special import stdtr  # not at import: most processes never compare

    freedom = error**2 / (error_a**2 / (n_a - 1) + error_b**2 / (n_b - 1))
    return float(2 * stdtr(freedom, -abs(mean_a - mean_b) / sqrt(error)))


def difference(
    before: tuple[float, float, float], now: tuple[float, float, float]
) -> tuple[float, float]:
    """The interval (low, high) of ``now`` less ``before``, each given as (figure, low, high), from
    two intervals of one confidence.

    The groups are taken as independent; where the same people answer both times and keep their
    mind, the true interval is narrower. Sources: R. G. Newcombe, Statistics in Medicine 17 (1998)
    873-890, method 10, for two of Wilson's intervals; G. Y. Zou, A. Donner, ibid. 27 (2008)
    1693-1702, for any two.
    """
    (a, low_a, high_a), (b, low_b, high_b) = before, now
    down = sqrt((b - low_b) ** 2 + (high_a - a) ** 2)
    up = sqrt((high_b - b) ** 2 + (a - low_a) ** 2)
    return b - a - down, b - a + up


def holm(ps: Sequence[float]) -> list[float]:
    """p-values that may all be read together: below 0.05, a difference is one that chance makes in
    fewer than one of twenty such sets. In the order given.

    Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
    of Statistics 6 (1979) 65-70.
    """
    adjusted, highest = [0.0] * len(ps), 0.0
    for rank, i in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        highest = max(highest, min(1.0, ps[i] * (len(ps) - rank)))
        adjusted[i] = highest
    return adjusted


def rake(
    cells: Sequence[tuple[tuple[str, ...], int]],
    targets: Sequence[Mapping[str, float]],
    cap: float = 5.0,
) -> list[float]:
    """A weight for each cell's respondents, so that on each margin they add up to ``targets``.

    ``cells`` are (category on each margin, respondents > 0); ``targets`` the people by category,
    one mapping a margin. The mean weight is 1; none is above ``cap``, and then the margins are met
    only as nearly as it lets them. Sources: W. E. Deming, F. F. Stephan, Annals of Mathematical
    Statistics 11 (1940) 427-444; the cap of 5 is M. DeBell's and J. A. Krosnick's, Computing
    Weights for American National Election Study Survey Data (2009).
    """
    n = sum(held for _, held in cells)
    weights = [1.0] * len(cells)
    for _ in range(_RAKINGS):
        before = list(weights)
        for margin, wanted in enumerate(targets):
            whole = sum(wanted.values())
            held: dict[str, float] = {}
            for (categories, people), weight in zip(cells, weights, strict=True):
                key = categories[margin]
                held[key] = held.get(key, 0.0) + people * weight
            weights = [
                weight * wanted[categories[margin]] / whole * n / held[categories[margin]]
                for (categories, _), weight in zip(cells, weights, strict=True)
            ]
        weights = _capped(weights, [people for _, people in cells], cap)
        if all(abs(a - b) < _SETTLED for a, b in zip(weights, before, strict=True)):
            break
    return weights


def effective_size(weights: Sequence[tuple[float, int]]) -> float:
    """n_eff = (Σw)²/Σw²: how many equally weighted answers say as much as these do.

    ``weights`` are (weight, how many have it). Source: L. Kish, Survey Sampling (1965), section
    11.7.
    """
    total = sum(weight * n for weight, n in weights)
    return total**2 / sum(weight**2 * n for weight, n in weights)


_RAKINGS, _SETTLED = 200, 1e-9


def _capped(weights: Sequence[float], people: Sequence[int], cap: float) -> list[float]:
    """None above ``cap`` times the mean, which is 1 again afterwards."""
    found = list(weights)
    for _ in range(_RAKINGS):
        mean = sum(w * n for w, n in zip(found, people, strict=True)) / sum(people)
        found = [w / mean for w in found]
        if max(found) <= cap + _SETTLED:
            break
        found = [min(w, cap) for w in found]
    return found


def _mean_and_error(values: Sequence[tuple[float, int]]) -> tuple[float, float, int]:
    """The mean, its squared standard error, and n."""
    n = sum(held for _, held in values)
    middle = sum(value * held for value, held in values) / n
    spread = sum(held * (value - middle) ** 2 for value, held in values) / (n - 1)
    return middle, spread / n, n


def _fisher(a: int, n_a: int, b: int, n_b: int) -> float:
    """The chance of a table as unlikely as this or more so, the margins being what they are."""
    both = a + b
    ways = {
        x: comb(n_a, x) * comb(n_b, both - x) for x in range(max(0, both - n_b), min(n_a, both) + 1)
    }
    return sum(w for w in ways.values() if w <= ways[a]) / comb(n_a + n_b, both)


def _two_sided(z: float) -> float:
    return erfc(z / sqrt(2))


def _everyone(d: Dispositions) -> int:
    return d.complete + d.partial + d.refusals + d.non_contacts + d.other + d.unknown


def _rate(above: int, below: int) -> float | None:
    return above / below if below else None
