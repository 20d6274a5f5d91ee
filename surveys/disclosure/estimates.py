"""Figures with 95% intervals for everybody who was asked, estimated from released counts.

Each interval covers both sources of error: only some people answered, and each count has noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import erfc, exp, hypot, inf, pi, sqrt
from statistics import NormalDist

from surveys.disclosure.noise import Noisy
from surveys.results.statistics import score_interval
from surveys.results.strengths import PRIOR, all_our_ideas, by_chance, curves, strengths

_SURE = NormalDist().inv_cdf(0.975)
"""Standard deviations to either side of a 95% interval."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure with its 95% interval; ``error`` is the standard deviation of what is not known."""

    value: float
    low: float
    high: float
    error: float


def of_interval(value: float, low: float, high: float) -> Estimate:
    """A figure as it was released; its error from its 95% interval."""
    return Estimate(value=value, low=low, high=high, error=(high - low) / 2 / _SURE)


def share(count: Noisy, n: Noisy, asked: int, bar: float | None = None) -> Estimate:
    """The share (0..1) of which ``count`` of ``n`` were seen, of ``asked`` people.

    Each side of the interval has two parts, as the sides of a right angle (G. Y. Zou, A. Donner,
    Statistics in Medicine 27, 2008, 1693-1702): Wilson's for sampling (JASA 22, 1927, 209-212), of
    as many answers as leave the variance p(1-p)/n (N-n)/(N-1), and the noise's, whose variance is
    (var(count) + p² var(n))/n² by the delta method. ``bar``: a figure is shown only where so many
    people are on each side of it; what just passed is more often too near the middle, so the
    interval reaches further outward (``_passed``). Raises ValueError where nobody answered.
    """
    answered = _answered(n)
    seen = min(max(count.value / answered, 0.0), 1.0)
    inside = min(max(seen, 0.5 / answered), 1 - 0.5 / answered)
    noise = (count.variance + seen**2 * n.variance) / answered**2
    unasked = _unasked(answered, asked)
    error = sqrt(inside * (1 - inside) / answered * unasked + noise)
    low, high = seen, seen
    if unasked:
        low, high = score_interval(seen, answered / unasked, _SURE**2)
    beside = _SURE * sqrt(noise)
    low = max(0.0, seen - hypot(seen - low, beside))
    high = min(1.0, seen + hypot(high - seen, beside))
    if bar is not None:
        others = Noisy(answered - count.value, count.variance)
        low = _passed(count, n, asked, bar, low)
        high = 1 - _passed(others, n, asked, bar, 1 - high)
    return Estimate(value=seen, low=low, high=high, error=error)


def _passed(count: Noisy, n: Noisy, asked: int, bar: float, low: float) -> float:
    """The least share (0..1), of ``low`` at most, of which so many would be counted in more than
    2.5% of the cases in which at least ``bar`` are. Far above the bar it is ``low``.

    It inverts the test on what is shown, with the tail of a normal for sampling and of Laplace's
    distribution for noise: W. Fithian, D. Sun, J. Taylor, "Optimal inference after model selection"
    (2014), arXiv 1410.2597, section 2.
    """
    answered = _answered(n)

    def too_few(p: float) -> bool:
        sampling = sqrt(answered * p * (1 - p) * _unasked(answered, asked))
        noise = sqrt((count.variance + p**2 * n.variance) / 2)
        expected = answered * p + 0.5  # counts are whole
        seen, shown = (_above(at - expected, sampling, noise) for at in (count.value, bar))
        return seen < 0.025 * shown

    if too_few(low):
        return low
    least, most = 0.0, low
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        least, most = (middle, most) if too_few(middle) else (least, middle)
    return least


_HALVINGS = 10
"""An end of an interval is found to a thousandth."""


def _above(x: float, normal: float, laplace: float) -> float:
    """P(X + Y >= x) of a normal X with this standard deviation, and Laplace's Y with this scale."""
    normal, laplace = max(normal, 1e-6), max(laplace, 1e-6)
    u, r = x / normal, normal / laplace
    return _beyond(u) + (_scaled(u, r - u) - _scaled(u, r + u)) / 2


def _scaled(u: float, t: float) -> float:
    """exp((t² - u²)/2) P(Z >= t) of a standard normal Z, of which the first factor may overflow."""
    if t < 6:
        return exp((t * t - u * u) / 2) * _beyond(t)
    return exp(-u * u / 2) * (1 - 1 / t**2 + 3 / t**4) / (t * sqrt(2 * pi))


def _beyond(t: float) -> float:
    return erfc(t / sqrt(2)) / 2


def score(low: Noisy, high: Noisy, n: Noisy, asked: int, bar: float | None = None) -> Estimate:
    """The net promoter score (-100..100): the share of the high end less that of the low end.

    Each answer counts as 1, 0 or -1 (B. Rocks, The American Statistician 70, 2016: the Wald
    interval), and the two counts' noise is added. ``bar``: as of ``share``, for both ends. Raises
    ValueError where nobody answered.
    """
    answered = _answered(n)
    up, down = (min(max(one.value / answered, 0.0), 1.0) for one in (high, low))
    value = up - down
    spread = max(up + down - value**2, 0.5 / answered)
    noise = (high.variance + low.variance + value**2 * n.variance) / answered**2
    error = sqrt(spread / answered * _unasked(answered, asked) + noise)
    found = _around(100 * value, 100 * error, -100.0, 100.0)
    if bar is None:
        return found
    (down_low, down_high), (up_low, up_high) = (_further(one, n, asked, bar) for one in (low, high))
    return replace(
        found,
        low=max(-100.0, found.low - 100 * hypot(up_low, down_high)),
        high=min(100.0, found.high + 100 * hypot(up_high, down_low)),
    )


def _further(count: Noisy, n: Noisy, asked: int, bar: float) -> tuple[float, float]:
    """By how much a share's interval reaches further down, and up, because it passed the bar."""
    usual, passed = (share(count, n, asked, at) for at in (None, bar))
    return usual.low - passed.low, passed.high - usual.high


def mean(counts: Mapping[float, Noisy], n: Noisy, asked: int) -> Estimate:
    """The mean of points from how many gave each. A count that noise makes negative is taken as 0.

    Raises ValueError where all counts together are none.
    """
    held = {point: max(0, count.value) for point, count in counts.items()}
    total = sum(held.values())
    if not total:
        raise ValueError("the mean of no answers")
    value = sum(point * count for point, count in held.items()) / total
    spread = sum((point - value) ** 2 * count for point, count in held.items())
    answered = _answered(n)
    noise = sum((point - value) ** 2 * one.variance for point, one in counts.items()) / total**2
    error = sqrt(spread / total / answered * _unasked(answered, asked) + noise)
    return _around(value, error, min(counts), max(counts))


def points(total: Noisy, n: Noisy, choices: int, asked: int) -> Estimate:
    """Borda points per respondent (0..1) from a total of twice the points less what each choice had
    if all were alike (``measures``).

    How far ballots differ is not released, so they are taken to differ as much as they can with
    this mean, p(1-p): the interval is rather too wide. Raises ValueError where nobody answered.
    """
    answered = _answered(n)
    most = 2 * (choices - 1)
    value = min(max(total.value / answered / most + 0.5, 0.0), 1.0)
    noise = (total.variance + (total.value / answered) ** 2 * n.variance) / (answered * most) ** 2
    doubt = max(value * (1 - value), 0.5 / answered) / answered * _unasked(answered, asked) + noise
    return _around(value, sqrt(doubt), 0.0, 1.0)


def _within(nets: Sequence[Noisy], met: Sequence[float], *, every: bool) -> list[float]:
    """Each within what it can be. Of every choice the same is taken off each, until they add up to
    0, too."""
    found = [float(net.value) for net in nets]
    for _ in range(100 if every else 1):
        over = sum(found) / len(found) if every else 0.0
        found = [min(max(net - over, -m), m) for net, m in zip(found, met, strict=True)]
    return found


@dataclass(frozen=True, kw_only=True)
class Preferred:
    """A choice in pairs. ``chance``: that it is preferred to another one (0..1), where it was
    compared at all by All Our Ideas' score; ``strength``: Bradley and Terry's; ``wins`` of the
    ``met`` comparisons that were decided."""

    chance: Estimate
    strength: Estimate
    wins: float
    met: float


def preferred(
    nets: Sequence[Noisy], mets: Sequence[Noisy], *, every: bool = True
) -> list[Preferred]:
    """What each choice's wins less its losses, and how often it met another one, come to.

    A choice meets others that are chosen at random, so it wins each of m comparisons with one
    chance p. Each side of the interval has two parts, as the sides of a right angle (G. Y. Zou, A.
    Donner, Statistics in Medicine 27, 2008, 1693-1702): Wilson's, of m comparisons, and the
    noise's, whose variance is (var(net)/4 + (p-1/2)^2 var(met))/m^2 by the delta method. A
    strength's error is that of the wins by the information that they have on it, less the part that
    the choice has in the mean to which strengths are held.

    No choice wins more often than it was compared, and all nets add up to 0, where ``every`` choice
    is among them: what noise makes of that is taken off.
    """
    n = len(nets)
    met = [max(0.0, float(one.value)) for one in mets]
    wins = [(m + net) / 2 for m, net in zip(met, _within(nets, met, every=every), strict=True)]
    compared = by_chance(met)
    found = strengths(wins, compared)
    told = []
    for at, (net, count) in enumerate(zip(nets, mets, strict=True)):
        m, w = met[at], wins[at]
        value = all_our_ideas(w, m) / 100
        noise = net.variance / 4 + (value - 0.5) ** 2 * count.variance
        error = sqrt(m * value * (1 - value) + noise)
        low, high = 0.0, 1.0
        if m >= 1:
            seen, beside = w / m, _SURE * sqrt(noise) / m
            low, high = score_interval(seen, m, _SURE**2)
            low = max(0.0, seen - hypot(seen - low, beside))
            high = min(1.0, seen + hypot(high - seen, beside))
        _, curve = curves(found, at, compared[at])
        told.append(
            Preferred(
                chance=Estimate(value=value, low=low, high=high, error=error / max(m, 1.0)),
                strength=_around(found[at], error * (n - 1) / n / (curve + PRIOR**-2), -inf, inf),
                wins=w,
                met=m,
            )
        )
    return told


def majority(net: Noisy, n: int, asked: int) -> float:
    """How many more, of ``n`` who answered, chance and noise put one choice above another in one of
    twenty times."""
    return _SURE * sqrt(max(1, n) * _unasked(n, asked) + net.variance)


def differ(one: Estimate, other: Estimate) -> float:
    """The p-value (two-sided) that two figures of different people are of one value: a z test with
    both errors."""
    error = sqrt(one.error**2 + other.error**2)
    if not error:  # everybody answered, and nothing was added
        return float(one.value == other.value)
    return erfc(abs(one.value - other.value) / error / sqrt(2))


def _around(value: float, error: float, least: float, most: float) -> Estimate:
    """A normal interval, within what the figure can be."""
    low, high = max(least, value - _SURE * error), min(most, value + _SURE * error)
    return Estimate(value=value, low=low, high=high, error=error)


def _answered(n: Noisy) -> int:
    if n.value < 1:
        raise ValueError("nobody answered")
    return n.value


def _unasked(answered: int, asked: int) -> float:
    """The finite population correction, (N-n)/(N-1)."""
    return max(0.0, (asked - answered) / (asked - 1)) if asked > 1 else 0.0
