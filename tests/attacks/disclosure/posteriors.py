"""What exactly an attacker believes of one group, from a share as it is shown.

They know how many answered and what four of them did (confederates, of whom each says what makes
the others' answer plainest), how the noise is drawn, and how groups of the district tend to answer:
a Beta prior over the group's rate, from uniform to tight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.stats import betabinom

from surveys.disclosure.noise import Noisy
from surveys.disclosure.rules import Figure, Shown, judged

SURE = 0.95

PRIORS: Mapping[str, tuple[float, float]] = {
    "uniform": (1, 1),
    **{f"wide {rate}": (8 * rate, 8 * (1 - rate)) for rate in (0.5, 0.7)},
    **{f"moderate {rate}": (20 * rate, 20 * (1 - rate)) for rate in (0.5, 0.7, 0.8)},
    **{f"tight {rate}": (80 * rate, 80 * (1 - rate)) for rate in (0.5, 0.7, 0.8)},
}
"""Beta parameters by name: how groups' rates lie around the district's."""

Array = NDArray[np.float64]
Rule = Callable[[int, int, float], Shown]
"""What is shown of a noisy count of n people, with the noise's variance."""


def ours(count: int, n: int, variance: float) -> Shown:
    return judged(Noisy(count, variance), Noisy(n, 0.0))


def plain(count: int, n: int, variance: float) -> Shown:
    """A minimum group size and noise, without a margin."""
    del variance
    return Figure(share=count / n, noise=0)


@dataclass(frozen=True, kw_only=True)
class Attack:
    """``success``: the chance that, all others of the group being of one mind, somebody is more
    than 95% sure of them. ``side``: how sure at most where only a side is shown."""

    success: float
    side: float


@cache
def _pmf(scale: float, width: int) -> Array:
    x = np.arange(-width, width + 1)
    q = exp(-1 / scale)
    return np.asarray((1 - q) / (1 + q) * q ** np.abs(x))


@lru_cache(maxsize=2)
def _shown(n: int, epsilon: float, rule: Rule, friends: int) -> tuple[Array, NDArray[np.bool_]]:
    """The chance of each thing that can be shown (a row), by how many of the others said yes; and
    of which rows it is a figure. All that does not depend on what the attacker believed before."""
    others, width = n - friends, int(30 / epsilon) + 2
    noise = _pmf(1 / epsilon, width)
    q = exp(-epsilon)
    variance = 2 * q / (1 - q) ** 2
    counts = range(-width, others + width + 1)
    seen: dict[object, list[int]] = {}
    for at, count in enumerate(counts):
        found = rule(count, n, variance)
        # A figure tells the count itself; a side or a dash, that it is one of many.
        seen.setdefault(count if isinstance(found, Figure) else found, []).append(at)
    likelihood = np.zeros((others + 1, len(counts)))
    for said in range(others + 1):
        likelihood[said, said : said + 2 * width + 1] = noise
    chances = np.array([likelihood[:, places].sum(axis=1) for places in seen.values()])
    return chances, np.array([isinstance(one, int) for one in seen])


@cache
def _rates(others: int, prior: str) -> Array:
    return np.asarray(betabinom.pmf(np.arange(others + 1), others, *PRIORS[prior]))


def attacked(n: int, epsilon: float, prior: str, rule: Rule = ours, friends: int = 4) -> Attack:
    """The attack on a group of ``n``. The friends said no; so the others' yes is plainest."""
    chances, figure = _shown(n, epsilon, rule, friends)
    rates, shares = _rates(n - friends, prior), np.linspace(0, 1, n - friends + 1)
    weight = chances @ rates
    possible = weight > 0
    chances, weight, figure = chances[possible], weight[possible], figure[possible]
    belief = chances @ (rates * shares) / weight
    success = chances[belief > SURE, -1].sum(), chances[1 - belief > SURE, 0].sum()
    sides = belief[~figure]
    side = max(sides.max(), 1 - sides.min()) if len(sides) else 0.0
    return Attack(success=float(max(success)), side=float(side))
