"""How much a closing really tells of one answer: many closings of two districts that differ in it.

An event is chosen on one half of the closings, and on the other half its odds are counted. Whatever
the event, they are e^epsilon at most. It is chosen by the likelihoods of all released counts, as
whoever knows the mechanism computes them; or, by somebody who knows nothing of it, from how often
everything that a closing shows was seen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from math import acosh, log, sqrt
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from surveys.disclosure import tables
from surveys.disclosure.tables import Released
from surveys.results.model import WaveResults
from tests.attacks.disclosure.door import exact

Closing = Callable[[], Released]
Shown = Callable[[], WaveResults]


def counts_of(of: Released) -> list[tuple[int, float]]:
    """Every released number and its noise's variance, in one order, each draw once."""
    found = [*of.complete.values(), *of.partial.values()]
    drawn = set(map(id, found))
    for groups in of.questions.values():
        for told in groups.values():
            own = [] if id(told.n) in drawn else [told.n]
            found += [*own, *told.counts.values()]
    return [(one.value, one.variance) for one in found]


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
    return _compared(first, second, times // 2)


def seen(one: Shown, other: Shown, times: int) -> Odds:
    """The same, from all that is shown, and nothing but that."""
    first, second = ([leaves(closing()) for _ in range(times)] for closing in (one, other))
    half = times // 2
    score = _learned(first[:half], second[:half])
    return _compared(list(map(score, first)), list(map(score, second)), half)


def _compared(one: Sequence[float], other: Sequence[float], half: int) -> Odds:
    edge = _best_edge(one[:half], other[:half])
    hits = [sum(score > edge for score in each[half:]) for each in (one, other)]
    return _odds(hits[0], hits[1], len(one) - half)


def leaves(shown: object, at: str = "") -> dict[str, float | str]:
    """Everything in results by where it stands: numbers, and words."""
    if is_dataclass(shown):
        inside = [(f"{at}.{one.name}", getattr(shown, one.name)) for one in fields(shown)]
    elif isinstance(shown, tuple):
        inside = [(f"{at}.{place}", one) for place, one in enumerate(shown)]
    elif isinstance(shown, int | float):
        return {at: float(shown)}
    else:
        return {at: str(shown)}
    return {name: leaf for place, one in inside for name, leaf in leaves(one, place).items()}


def _learned(
    one: Sequence[Mapping[str, float | str]], other: Sequence[Mapping[str, float | str]]
) -> Callable[[Mapping[str, float | str]], float]:
    """A score: how much likelier each leaf is in ``one``, all together (naive Bayes). Leaves that
    hardly differ between the two are left out."""
    weights: dict[str, dict[object, float]] = {}
    edges: dict[str, NDArray[np.float64]] = {}
    for name in {name for leaf in (*one, *other) for name in leaf}:
        numbers = [x for leaf in (*one, *other) if isinstance(x := leaf.get(name), float)]
        edges[name] = (
            np.unique(np.quantile(numbers, np.linspace(0, 1, 9)[1:-1])) if numbers else _NONE
        )
        first, second = (
            Counter(_bin(leaf.get(name), edges[name]) for leaf in each) for each in (one, other)
        )
        if max(abs(first[key] - second[key]) for key in first | second) > 3 * sqrt(len(one)) / 2:
            weights[name] = {
                key: log((first[key] + 1) / (second[key] + 1)) for key in first | second
            }
    return lambda leaf: sum(
        known.get(_bin(leaf.get(name), edges[name]), 0.0) for name, known in weights.items()
    )


_NONE = np.zeros(0)


def _bin(leaf: float | str | None, edges: NDArray[np.float64]) -> object:
    return int(np.searchsorted(edges, leaf)) if isinstance(leaf, float) else leaf


def likelihoods(one: Closing, other: Closing) -> Callable[[Sequence[tuple[int, float]]], float]:
    """The log-likelihood ratio of one district to the other, given what is released: as whoever
    knows both, and how noise is drawn, computes it."""

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
    edges = sorted({*one, *other})

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
