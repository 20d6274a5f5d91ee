"""The attacker who knows the program: they run the real gate on every way in which a small district
may have answered, keep those in which the page would look exactly as it does, and count.

Nothing of what is shown, coded, banded or withheld escapes them, nor why it is. What they believe
is the exact posterior: there is no better guess from the same page and the same prior.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import comb, exp, lgamma

from surveys.ports import OpenResponse
from surveys.questions import Answer, SeveralChoice
from surveys.results import WaveResults
from surveys.survey import Wave
from surveys.tabulating import Atom, ScoreQuestion, items
from tests.attacks.privacy.gates import Gate
from tests.attacks.privacy.places import Place, wave_of

SURE = 0.95

Counts = tuple[int, ...]
"""How many of a group gave each of the answers there are."""

World = tuple[Counts, ...]
"""Of every finest group, what those of whom the attacker knows nothing answered."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A small district, the question, and what the attacker's friends in it answered."""

    place: Place
    question: ScoreQuestion
    friends: Mapping[Atom, Counts]
    strength: float
    """How alike people of a group are taken to be: a group's shares are drawn from Dirichlet's
    distribution with this parameter for each answer; 0: one share for the whole district."""


def outcomes(question: ScoreQuestion) -> list[Answer]:
    if isinstance(question, SeveralChoice):
        return [("a",), ()]
    return [int(i.key) if i.key.isdigit() else i.key for i in items(question)]


@cache
def splits(n: int, parts: int) -> tuple[Counts, ...]:
    """All ways in which n people can give ``parts`` answers."""
    if parts == 1:
        return ((n,),)
    return tuple((k, *rest) for k in range(n + 1) for rest in splits(n - k, parts - 1))


def worlds(case: Case) -> Iterator[World]:
    parts = len(outcomes(case.question))
    unknown = [
        case.place.people[atom] - sum(case.friends.get(atom, ())) for atom in case.place.atoms
    ]
    yield from product(*(splits(n, parts) for n in unknown))


def weight(case: Case, world: World) -> float:
    """The prior probability of a world, but for a constant."""
    return weight_of(world, case.strength)


def weight_of(world: World, strength: float) -> float:
    if strength:
        return _product(_dirichlet(counts, strength) for counts in world)
    ways = _product(_multinomial(counts) for counts in world)
    return ways * _alike(tuple(map(sum, zip(*world, strict=True))))


def _product(values: Iterator[float]) -> float:
    result = 1.0
    for value in values:
        result *= value
    return result


@cache
def _dirichlet(counts: Counts, a: float) -> float:
    n, m = sum(counts), len(counts)
    logs = lgamma(m * a) - lgamma(n + m * a) + lgamma(n + 1)
    return exp(logs + sum(lgamma(c + a) - lgamma(a) - lgamma(c + 1) for c in counts))


@cache
def _multinomial(counts: Counts) -> float:
    ways, left = 1, sum(counts)
    for count in counts:
        ways *= comb(left, count)
        left -= count
    return float(ways)


@cache
def _alike(counts: Counts) -> float:
    """All orders of a district's answers being as likely: one share, uniform, for everybody."""
    return _dirichlet(counts, 1.0) / _multinomial(counts)


def responses_of(case: Case, world: World) -> list[OpenResponse]:
    said = outcomes(case.question)
    found = []
    for atom, counts in zip(case.place.atoms, world, strict=True):
        known = case.friends.get(atom, (0,) * len(said))
        role, level, building = atom
        for answer, n, k in zip(said, counts, known, strict=True):
            one = OpenResponse(
                answers={case.question.key: answer}, role=role, level=level, building=building
            )
            found += [one] * (n + k)
    return found


def page(gate: Gate, wave: Wave, case: Case, world: World) -> object:
    """All that can be told apart of what the gate shows."""
    return _seen(gate(wave, responses_of(case, world)))


def _seen(results: WaveResults) -> object:
    return repr([(t.plan.by, t.cells) for t in results.tables]), results.answered


def whole(case: Case, world: World) -> Counts:
    """The district-wide result, which is published in any case."""
    known = list(case.friends.values())
    return tuple(map(sum, zip(*world, *known, strict=True)))


class Belief:
    """The posterior over a set of worlds, in one pass: of each group, the share of each answer."""

    def __init__(self) -> None:
        self.total = 0.0
        self.shares: dict[tuple[int, int], float] = defaultdict(float)

    def add(self, world: World, likely: float) -> None:
        self.total += likely
        for place, counts in enumerate(world):
            n = sum(counts)
            for answer, count in enumerate(counts):
                if count:
                    self.shares[place, answer] += likely * count / n

    def of(self, place: int, answer: int) -> float:
        return self.shares[place, answer] / self.total


@dataclass(frozen=True, kw_only=True)
class Tally:
    attempts: int
    successes: int
    surest: float
    """The greatest probability of a claim that the district's result does not make as sure."""

    example: str = ""


def attack(case: Case, gate: Gate, chance: random.Random, attempts: int) -> Tally:
    """``attempts`` districts drawn from the prior; in each the attacker names whom they are surest
    about. Success: surer than 95%, right, and not from the district's result alone."""
    wave = wave_of(case.question, case.place.plan)
    return attack_on(case, lambda world: page(gate, wave, case, world), chance, attempts)


def attack_on(
    case: Case, look: Callable[[World], object], chance: random.Random, attempts: int
) -> Tally:
    """The same on all that the attacker would see of a world."""
    knowing = Knowing(case, look)
    guesses = [knowing.guess(world, chance) for world in knowing.drawn(chance, attempts)]
    return Tally(
        attempts=attempts,
        successes=sum(guess.right for guess in guesses),
        surest=max((guess.sure for guess in guesses), default=0.0),
        example=next((guess.told for guess in guesses if guess.right), ""),
    )


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What the attacker was surest of. ``right``: surer than 95%, and so it was."""

    sure: float = 0.0
    right: bool = False
    told: str = ""


class Knowing:
    """What somebody believes who has tried every way in which a district may have answered."""

    def __init__(self, case: Case, look: Callable[[World], object]) -> None:
        self._case = case
        self._worlds = list(worlds(case))
        self._weights = [weight(case, world) for world in self._worlds]
        self.pages = {world: look(world) for world in self._worlds}
        self._seen: dict[object, Belief] = defaultdict(Belief)
        self._alone: dict[Counts, Belief] = defaultdict(Belief)
        for world, likely in zip(self._worlds, self._weights, strict=True):
            self._seen[self.pages[world]].add(world, likely)
            self._alone[whole(case, world)].add(world, likely)

    def drawn(self, chance: random.Random, n: int) -> list[World]:
        """So many districts from the prior."""
        return chance.choices(self._worlds, self._weights, k=n)

    def guess(self, world: World, chance: random.Random) -> Guess:
        """The attacker sees what is shown of ``world``, and names somebody."""
        case = self._case
        claim = _claim(case, world, self._seen[self.pages[world]], self._alone[whole(case, world)])
        if claim is None:
            return Guess()
        sure, place, answer = claim
        n, count = sum(world[place]), world[place][answer]
        right = sure > SURE and chance.random() * n < count  # the one they named
        told = (
            f"{sure:.3f} {case.place.atoms[place]} answer {answer}: {world} of "
            f"{case.place.people}, friends {dict(case.friends)}, plan {case.place.plan}"
        )
        return Guess(sure=sure, right=right, told=told)


def _claim(
    case: Case, world: World, belief: Belief, before: Belief
) -> tuple[float, int, int] | None:
    """Probability, group and answer of the surest claim that is news."""
    claims = [
        (belief.of(place, answer), place, answer)
        for place, counts in enumerate(world)
        if sum(counts)
        for answer in range(len(counts))
        if before.of(place, answer) <= SURE
    ]
    return max(claims, default=None)


def friends_in(chance: random.Random, place: Place, parts: int, most: int) -> dict[Atom, Counts]:
    """Up to ``most`` colluding people, who answered as suits them, in one group or two."""
    friends: dict[Atom, Counts] = {}
    for atom in chance.sample(place.atoms, k=chance.choice((1, 1, 2)) if most > 1 else 1):
        room = min(place.people[atom] - 1, most - sum(map(sum, friends.values())))
        if room > 0:
            answers: Sequence[int] = chance.choice(
                [[chance.randrange(parts)] * room, [i % parts for i in range(room)]]
            )
            friends[atom] = tuple(answers.count(i) for i in range(parts))
    return friends
