"""How much a closing really tells of one answer: many closings of two districts that differ in it.

By the likelihoods of all that is released, as whoever knows the mechanism computes them, an event
is chosen on one half of the closings; on the other half its odds are counted. Whatever the event,
they are e^epsilon at most.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import acosh, log
from unittest.mock import patch

from scipy.stats import beta

from surveys.disclosure import tables
from surveys.disclosure.noise import Below, Noisy, variance
from surveys.disclosure.tables import Released

Closing = Callable[[], Released]


def counts_of(of: Released) -> list[tuple[int, float]]:
    """Every released number and its noise's variance, in one order."""
    found = [(one.value, one.variance) for one in of.answered.values()]
    for groups in of.questions.values():
        for told in groups.values():
            found += [(one.value, one.variance) for one in (told.n, *told.counts.values())]
    return found


@dataclass(frozen=True, kw_only=True)
class Odds:
    """Epsilon as measured: at least ``least`` with all but one chance in a million; ``seen`` as
    counted."""

    least: float
    seen: float


def measured(one: Closing, other: Closing, times: int) -> Odds:
    """The odds of the event in ``one`` and in ``other`` district, over so many closings each."""
    score = likelihoods(one, other)
    first, second = (
        [score(counts_of(closing())) for _ in range(times)] for closing in (one, other)
    )
    half = times // 2
    edge = _best_edge(first[:half], second[:half])
    hits = [sum(found > edge for found in each[half:]) for each in (first, second)]
    return _odds(hits[0], hits[1], times - half)


def likelihoods(one: Closing, other: Closing) -> Callable[[Sequence[tuple[int, float]]], float]:
    """The log-likelihood ratio of one district to the other, given what is released: as whoever
    knows both, and how noise is drawn, computes it."""

    def exact(count: int, moves: int, epsilon: Fraction, below: Below) -> Noisy:
        del below
        return Noisy(count, variance(moves / epsilon))

    with patch.object(tables, "noisy", exact):
        known = zip(counts_of(one()), counts_of(other()), strict=True)
    moved = [
        (at, a, b, acosh(1 + 1 / noise))  # the epsilon that gives this variance
        for at, ((a, noise), (b, _)) in enumerate(known)
        if a != b
    ]

    def score(counts: Sequence[tuple[int, float]]) -> float:
        return sum(e * (abs(counts[at][0] - b) - abs(counts[at][0] - a)) for at, a, b, e in moved)

    return score


def _best_edge(one: Sequence[float], other: Sequence[float]) -> float:
    """Where the odds are largest, of edges that enough closings pass."""
    edges = sorted(set(one))

    def odds(edge: float) -> float:
        return _odds(
            sum(score > edge for score in one), sum(score > edge for score in other), len(one)
        ).least

    return max(edges[:: max(1, len(edges) // 60)], key=odds)


def _odds(hits: int, misses: int, times: int) -> Odds:
    """Clopper and Pearson's limits, each missed by chance less than once in two million."""
    low = float(beta.ppf(5e-7, hits, times - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - 5e-7, misses + 1, times - misses)) if misses < times else 1.0
    return Odds(
        least=log(low / high) if low > 0 else float("-inf"),
        seen=log(max(hits, 0.5) / max(misses, 0.5)),
    )


def source(seed: str) -> Callable[[int], int]:
    return random.Random(seed).randrange  # noqa: S311 - an attempt is repeatable
