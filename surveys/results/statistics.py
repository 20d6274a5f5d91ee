"""The survey field's figures. Every formula names its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt


def score_interval(share: float, n: float, z2: float) -> tuple[float, float]:
    """The shares (low, high), each 0..1, that a score test at z² of a ``share`` of ``n`` does not
    reject. ``n`` need not be whole: as many answers as would leave the same doubt.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927) 209-212.
    """
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * share * (1 - share) / n + z2 * z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


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
