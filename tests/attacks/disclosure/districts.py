"""The attacker of a whole district: roster, how many answered in each finest group, four friends.

What people believe of each finest group's answers is sampled from all released figures together
(Gibbs: one group's count after the other, given all others), under a Beta prior over the buildings'
rates around the district's.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from surveys.disclosure.budget import LEAST, People
from surveys.disclosure.noise import Noisy, noisy
from surveys.disclosure.rules import Figure, Shown, Side, judged, margin
from surveys.disclosure.tables import Budget, budget
from surveys.survey import Dimension, PlannedTable
from surveys.tabulating import Atom

Array = NDArray[np.float64]
TABLES = tuple(
    PlannedTable(by=by) for by in ((), (Dimension.LEVEL,), (Dimension.ROLE,), (Dimension.BUILDING,))
)


@dataclass(frozen=True, kw_only=True)
class District:
    """How many were asked, answered and said yes in each finest group; ``friends``: of how many
    the attacker knows that they said yes, and no."""

    asked: Mapping[Atom, int]
    answered: Mapping[Atom, int]
    yes: Mapping[Atom, int]
    friends: Mapping[Atom, tuple[int, int]]
    prior: tuple[float, float]


def drawn(
    chance: random.Random,
    asked: Mapping[Atom, int],
    rate: float,
    concentration: float,
    answering: float = 0.3,
    planted: int = 1,
) -> District:
    """A district whose buildings' rates lie around ``rate`` (Beta, of this concentration), and
    ``planted`` schools of one mind beside them. Four who answered in one of these are friends."""
    numbers = np.random.default_rng(chance.getrandbits(64))
    buildings = sorted({atom[2] for atom in asked})
    alpha, beta = concentration * rate, concentration * (1 - rate)
    schools = sorted({atom[2] for atom in asked if atom[1] != "district"})
    of_one_mind = chance.sample(schools, planted)
    rates = {b: float(numbers.beta(alpha, beta)) for b in buildings}
    rates |= dict.fromkeys(of_one_mind, 1.0)
    answered = {atom: int(numbers.binomial(people, answering)) for atom, people in asked.items()}
    yes = {atom: int(numbers.binomial(n, rates[atom[2]])) for atom, n in answered.items()}
    where = chance.choice(of_one_mind or buildings)
    friends: dict[Atom, tuple[int, int]] = {}
    left = 4
    for atom in sorted(a for a in asked if a[2] == where):
        known = min(left, answered[atom])
        left -= known
        said = min(known, yes[atom])
        friends[atom] = (said, known - said)
    return District(asked=asked, answered=answered, yes=yes, friends=friends, prior=(alpha, beta))


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is shown of a group, and its noise's epsilon."""

    people: People
    shown: Shown
    count: int
    n: int
    epsilon: float


Gate = Callable[[District, Budget, random.Random], Sequence[Told]]


def ours(district: District, parts: Budget, chance: random.Random) -> list[Told]:
    return _told(district, parts, chance, judged)


def without_margin(district: District, parts: Budget, chance: random.Random) -> list[Told]:
    """Exact figures of every group with five answers: what survey tools do."""
    del chance
    found = []
    for people in parts.answer:
        n, yes = _sums(district, people)
        shown = Figure(share=yes / n, noise=0) if n >= 5 else None
        found.append(Told(people=people, shown=shown, count=yes, n=n, epsilon=50.0))
    return found


def _told(
    district: District,
    parts: Budget,
    chance: random.Random,
    rule: Callable[[Noisy, Noisy], Shown],
) -> list[Told]:
    found = []
    whole = frozenset(district.asked)
    for people, part in parts.answer.items():
        n, yes = _sums(district, people)
        answered = noisy(n, 1, parts.answered[people], chance.randrange)
        count = noisy(yes, 1, part, chance.randrange)
        shown = rule(count, answered) if answered.value >= LEAST else None
        if people == whole:
            shown = Figure(share=count.value / answered.value, noise=0)
        found.append(
            Told(
                people=people,
                shown=shown,
                count=count.value,
                n=answered.value,
                epsilon=float(part),
            )
        )
    return found


def _sums(district: District, people: People) -> tuple[int, int]:
    return (
        sum(district.answered[atom] for atom in people),
        sum(district.yes[atom] for atom in people),
    )


def beliefs(
    district: District, told: Sequence[Told], sweeps: int, chance: random.Random
) -> dict[Atom, float]:
    """How many of each finest group said yes, as the attacker expects it."""
    atoms = [atom for atom in sorted(district.asked) if district.answered[atom]]
    numbers = np.random.default_rng(chance.getrandbits(64))
    alpha, beta = district.prior
    sizes = Counter[str]()
    for atom in atoms:
        sizes[atom[2]] += district.answered[atom]
    # How likely each sum is: of a building by its prior, of a told group by what is shown.
    prior = {
        b: betaln(alpha + np.arange(n + 1), beta + n - np.arange(n + 1)) for b, n in sizes.items()
    }
    weighed = [
        (one.people, _likelihood(one, np.arange(_sums(district, one.people)[0] + 1)))
        for one in told
        if one.shown is not None
    ]
    holding = {
        atom: [(at, weights) for at, (people, weights) in enumerate(weighed) if atom in people]
        for atom in atoms
    }
    now, ways = dict[Atom, int](), dict[Atom, tuple[NDArray[np.int64], Array]]()
    for atom in atoms:
        n = district.answered[atom]
        said_yes, said_no = district.friends.get(atom, (0, 0))
        counts = np.arange(said_yes, n - said_no + 1)
        now[atom] = int(counts[int(0.7 * (len(counts) - 1))])
        ways[atom] = (
            counts,
            -gammaln(counts - said_yes + 1) - gammaln(n - said_no - counts + 1),
        )
    held = Counter[str]()
    for atom in atoms:
        held[atom[2]] += now[atom]
    sums = [sum(now.get(atom, 0) for atom in people) for people, _ in weighed]
    total = dict.fromkeys(atoms, 0.0)
    burnt = sweeps // 5
    for sweep in range(sweeps):
        thrown = numbers.random(len(atoms))
        for atom, lot in zip(atoms, thrown, strict=True):
            counts, choose = ways[atom]
            least, end = int(counts[0]), int(counts[-1]) + 1
            rest = held[atom[2]] - now[atom]
            weight = choose + prior[atom[2]][rest + least : rest + end]
            for at, weights in holding[atom]:
                rest = sums[at] - now[atom]
                weight = weight + weights[rest + least : rest + end]
            chances = np.exp(weight - weight.max())
            upto = chances.cumsum()
            found = least + int(upto.searchsorted(lot * upto[-1]))
            by = found - now[atom]
            if by:
                now[atom] = found
                held[atom[2]] += by
                for at, _ in holding[atom]:
                    sums[at] += by
            if sweep >= burnt:
                total[atom] += float(counts @ chances / upto[-1])
    return {atom: total[atom] / (sweeps - burnt) for atom in atoms}


def _likelihood(told: Told, counts: NDArray[np.int64]) -> Array:
    """The log-likelihood of what is shown, by how many really said yes."""
    epsilon = told.epsilon
    if isinstance(told.shown, Figure):
        return -epsilon * np.abs(told.count - counts)
    edge = margin(told.n)
    # Most: n - count < edge. Few: count < edge.
    if told.shown is Side.MOST:
        least = int(np.floor(told.n - edge)) + 1
        return _log_tail(least - counts, epsilon)
    return _log_tail(counts - (int(np.ceil(edge)) - 1), epsilon)


def _log_tail(x: NDArray[np.int64], epsilon: float) -> Array:
    """log P(X >= x) of discrete Laplace noise with this epsilon."""
    q = np.exp(-epsilon)
    upper = -epsilon * x - log1p(q)
    lower = np.log1p(-np.exp(np.minimum(-epsilon * (1 - x), 0.0)) / (1 + q))
    return np.where(x >= 1, upper, lower)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``surest``: how sure of somebody, of whom the district's figure does not make it so."""

    success: bool
    surest: float
    where: str


def attack(gate: Gate, district: District, sweeps: int, chance: random.Random) -> Outcome:
    """The person of whom the figures make the attacker surest: over 95% where the district's
    figure alone does not, and is it true?"""
    parts = budget(TABLES, district.asked)
    told = gate(district, parts, chance)
    alone = [one for one in told if one.people == frozenset(district.asked)]
    believed = beliefs(district, told, sweeps, chance)
    before = beliefs(district, alone, max(40, sweeps // 4), chance)
    best: tuple[float, Atom, bool] | None = None
    for atom, expected in believed.items():
        said_yes, said_no = district.friends.get(atom, (0, 0))
        unknown = district.answered[atom] - said_yes - said_no
        if not unknown:
            continue
        yes = (expected - said_yes) / unknown
        known = (before[atom] - said_yes) / unknown
        for sure, earlier, answer in ((yes, known, True), (1 - yes, 1 - known, False)):
            if earlier <= 0.94 and (best is None or sure > best[0]):
                best = sure, atom, answer
    if best is None:
        return Outcome(success=False, surest=0.0, where="")
    sure, atom, answer = best
    said_yes, said_no = district.friends.get(atom, (0, 0))
    unknown = district.answered[atom] - said_yes - said_no
    true = chance.random() * unknown < district.yes[atom] - said_yes
    return Outcome(success=sure > 0.95 and true is answer, surest=sure, where=f"{atom}: {answer}")
