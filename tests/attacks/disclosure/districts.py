"""The attacker of a whole district: roster, how many answered in each finest group, four friends.

What people believe of each finest group's answers is sampled from all released figures together
(Gibbs: one group's count after the other, given all others), under a Beta prior over the buildings'
rates around the district's.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from surveys.disclosure.budget import People
from surveys.disclosure.rules import margin
from surveys.results.model import ShareResult
from surveys.results.tabulating import Atom
from tests.attacks.disclosure.believing import (
    EXACT,
    NOTHING,
    Array,
    Attempt,
    epsilon_of,
    state,
)
from tests.attacks.disclosure.door import FIVE, closed
from tests.journeys.town import example
from tests.surveys.disclosure.plans import response, survey_of, yes_or_no

SURVEY = survey_of([yes_or_no()])

DOUBT = 0.94
"""What the district's figure alone makes surer is no success."""


FRIENDS = 4


def buildings(chance: random.Random, count: int) -> Counter[Atom]:
    """Everybody of some of the example district's buildings."""
    everybody = _everybody()
    chosen = chance.sample(sorted({atom[2] for atom in everybody}), count)
    return Counter({atom: n for atom, n in everybody.items() if atom[2] in chosen})


@cache
def _everybody() -> Counter[Atom]:
    roster = example().roster
    assert roster is not None
    return Counter((p.role.value, p.level.value, p.building) for p in roster.people)


@dataclass(frozen=True, kw_only=True)
class District:
    """How many were asked, answered and said yes in each finest group; ``friends``: of how many
    the attacker knows that they said yes, and no."""

    asked: Mapping[Atom, int]
    answered: Mapping[Atom, int]
    yes: Mapping[Atom, int]
    friends: Mapping[Atom, tuple[int, int]]
    prior: tuple[float, float]
    of_one_mind: Sequence[str]


def drawn(
    chance: random.Random,
    asked: Mapping[Atom, int],
    rate: float,
    concentration: float,
    answering: float = 0.3,
    planted: int = 1,
) -> District:
    """A district whose buildings' rates lie around ``rate`` (Beta, of this concentration), and
    ``planted`` schools of one mind beside them. Four who answered in each of these are friends."""
    numbers = np.random.default_rng(chance.getrandbits(64))
    buildings = sorted({atom[2] for atom in asked})
    alpha, beta = concentration * rate, concentration * (1 - rate)
    schools = sorted({atom[2] for atom in asked if atom[1] != "district"})
    of_one_mind = chance.sample(schools, planted)
    rates = {b: float(numbers.beta(alpha, beta)) for b in buildings}
    rates |= dict.fromkeys(of_one_mind, 1.0)
    answered = {atom: int(numbers.binomial(people, answering)) for atom, people in asked.items()}
    yes = {atom: int(numbers.binomial(n, rates[atom[2]])) for atom, n in answered.items()}
    friends: dict[Atom, tuple[int, int]] = {}
    for where in of_one_mind:
        left = FRIENDS
        for atom in sorted(a for a in asked if a[2] == where):
            known = min(left, answered[atom])
            left -= known
            said = min(known, yes[atom])
            friends[atom] = (said, known - said)
    return District(
        asked=asked,
        answered=answered,
        yes=yes,
        friends=friends,
        prior=(alpha, beta),
        of_one_mind=of_one_mind,
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is shown of a group (``figure``, ``most`` or ``few``), and its noise's epsilon."""

    people: People
    shown: str
    count: int
    n: int
    epsilon: float


def told_of(district: District, chance: random.Random, *, plain: bool) -> list[Told]:
    """All that a closing shows of a yes-or-no question."""
    given = [
        response(atom, {"q": "yes" if i < district.yes[atom] else "no"})
        for atom, n in district.answered.items()
        for i in range(n)
    ]
    closing = closed(SURVEY, district.asked, given, chance.randrange, plain=plain)
    results = closing.questions(district.asked)
    found = []
    for people, counted in closing.told.questions["q"].items():
        if closing.results is None:
            shown = "figure" if counted.n.value >= FIVE else "dash"
        else:
            result = results.get(("q", people))
            yes = result.shares[0] if isinstance(result, ShareResult) else None
            shown = state(yes.share, yes.coded) if yes else "dash"
        if shown != "dash":
            count = counted.counts["yes"]
            found.append(
                Told(
                    people=people,
                    shown=shown,
                    count=count.value,
                    n=counted.n.value,
                    epsilon=EXACT if plain else epsilon_of(count),
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
    if told.shown == "figure":
        return -epsilon * np.abs(told.count - counts)
    edge = margin(told.n)
    # Most: n - count < edge. Few: count < edge.
    if told.shown == "most":
        least = int(np.floor(told.n - edge)) + 1
        return _log_tail(least - counts, epsilon)
    return _log_tail(counts - (int(np.ceil(edge)) - 1), epsilon)


def _log_tail(x: NDArray[np.int64], epsilon: float) -> Array:
    """log P(X >= x) of discrete Laplace noise with this epsilon."""
    q = np.exp(-epsilon)
    upper = -epsilon * x - log1p(q)
    lower = np.log1p(-np.exp(np.minimum(-epsilon * (1 - x), 0.0)) / (1 + q))
    return np.where(x >= 1, upper, lower)


def attack(district: District, sweeps: int, chance: random.Random, *, plain: bool) -> list[Attempt]:
    """For each building of one mind: the person in it of whom the figures make the attacker surest,
    where the district's figure alone does not."""
    told = told_of(district, chance, plain=plain)
    alone = [one for one in told if one.people == frozenset(district.asked)]
    believed = beliefs(district, told, sweeps, chance)
    before = beliefs(district, alone, max(40, sweeps // 4), chance)
    found = dict.fromkeys(district.of_one_mind, NOTHING)
    for atom, expected in believed.items():
        said_yes, said_no = district.friends.get(atom, (0, 0))
        unknown = district.answered[atom] - said_yes - said_no
        best = found.get(atom[2])
        if not unknown or best is None:
            continue
        yes = (expected - said_yes) / unknown
        known = (before[atom] - said_yes) / unknown
        for sure, earlier, answer in ((yes, known, True), (1 - yes, 1 - known, False)):
            if earlier <= DOUBT and sure > found[atom[2]].sure:
                true = chance.random() * unknown < district.yes[atom] - said_yes
                found[atom[2]] = Attempt(
                    sure=sure,
                    right=true is answer,
                    why=f"{atom}: {answer}, {unknown} unknown, {earlier:.2f} before",
                )
    return list(found.values())
