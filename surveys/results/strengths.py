"""Scores and strengths of choices that were compared two at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt

PRIOR = 2.0
"""The standard deviation of strengths before anybody answered. It hardly matters after 50
comparisons, and keeps finite what never lost."""

_SWEEPS, _SETTLED, _FITTINGS = 10_000, 1e-12, 60


def all_our_ideas(wins: float, met: float) -> float:
    """The score of All Our Ideas, 0 to 100: a choice that was never compared has 50.

    Source: M. J. Salganik, K. E. C. Levy, "Wiki Surveys", PLoS ONE 10 (2015) e0123483.
    """
    return 100 * (wins + 1) / (met + 2)


def strengths(
    wins: Sequence[float], met: Sequence[Sequence[float]], prior: float = PRIOR
) -> list[float]:
    """Each choice's strength: the log of the odds that it is preferred to an average one.

    ``wins`` of each choice; ``met``: how often each two were compared, with one win each time. The
    strengths that are most likely after a normal prior with mean 0, found one at a time by Newton's
    steps; they add up to 0. Source: R. A. Bradley, M. E. Terry, Biometrika 39 (1952) 324-345.
    """
    n, weight = len(wins), prior**-2
    found = [0.0] * n
    for _ in range(_SWEEPS):
        before = list(found)
        for at, row in enumerate(met):
            slope, curve = curves(found, at, row)
            step = (wins[at] - slope - weight * found[at]) / (curve + weight)
            found[at] += min(max(step, -1.0), 1.0)
        middle = sum(found) / n
        found = [one - middle for one in found]
        if all(abs(a - b) < _SETTLED for a, b in zip(found, before, strict=True)):
            break
    return found


def curves(found: Sequence[float], at: int, met: Sequence[float]) -> tuple[float, float]:
    """How many of its comparisons a choice is expected to win, and the information that they have
    on its strength."""
    own = found[at]
    expected = curve = 0.0
    for other, times in zip(found, met, strict=True):
        if times:
            chance = 1 / (1 + exp(other - own))
            expected += times * chance
            curve += times * chance * (1 - chance)
    return expected, curve


def by_chance(met: Sequence[float]) -> list[list[float]]:
    """How often each two choices are expected to have met, where pairs are chosen at random and
    only each one's total is known: a product of two weights, one for each choice."""
    weights = list(met)
    for _ in range(_FITTINGS):
        total = sum(weights)
        # Half of the way: else two choices would take turns in being too heavy.
        weights = [
            sqrt(weight * m / (total - weight)) if m and total > weight else 0.0
            for weight, m in zip(weights, met, strict=True)
        ]
    return [
        [0.0 if a == b else one * other for b, other in enumerate(weights)]
        for a, one in enumerate(weights)
    ]
