"""All attackers by name, what they may find, and how a table of them is made."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from scipy.stats import binom

from tests.attacks.disclosure import comments, districts, groups, knowing
from tests.attacks.disclosure.believing import Attempt

CHANCE = 1e-6
"""How rarely chance alone may make a check fail."""

Attack = Callable[[random.Random, bool], Sequence[Attempt]]


@dataclass(frozen=True, kw_only=True)
class Family:
    """``allowed``: of how many attempts a success is bearable, and ``why``. ``known``: what is
    known, where the ledger says how many succeed. ``each``: attempts that one run makes; ``plain``:
    of how many runs one is tried against a plain gate, too."""

    attack: Attack
    allowed: float = 0.0
    why: str = ""
    known: knowing.Known | None = None
    each: int = 1
    plain: int = 1

    def bearable(self) -> float:
        """What the ledger of epsilon gives, where everything else is known; else ``allowed``."""
        return self.allowed if self.known is None else knowing.by_the_ledger(self.known)


@dataclass(frozen=True, kw_only=True)
class Fought:
    """Attempts, and those that succeeded, against the product and against a plain gate."""

    attempts: int
    successes: Sequence[Attempt]
    plain_attempts: int
    plain_successes: int

    @property
    def surest(self) -> float:
        return max((one.sure for one in self.successes), default=0.0)


def fought(name: str, attempts: int, seed: str = "") -> Fought:
    """The attempts of a family; they are the same each time, for the same ``seed``."""
    family = FAMILIES[name]
    runs = range(-(-attempts // family.each))
    ours = list(_attempts(name, seed, runs, plain=False))
    plain = list(_attempts(name, seed, runs[:: family.plain], plain=True))
    return Fought(
        attempts=len(ours),
        successes=[one for one in ours if one.success],
        plain_attempts=len(plain),
        plain_successes=sum(one.success for one in plain),
    )


def bearable(found: Fought, allowed: float) -> bool:
    """Whether so many successes, or more, are no rarer than once in a million where the allowed
    part of all attempts succeeds."""
    return bool(binom.sf(len(found.successes) - 1, found.attempts, allowed) >= CHANCE)


def _attempts(name: str, seed: str, runs: Iterable[int], *, plain: bool) -> Iterable[Attempt]:
    for run in runs:
        chance = random.Random(f"{name} {seed} {run}")  # noqa: S311 - an attempt is repeatable
        yield from FAMILIES[name].attack(chance, plain)


def _one(attack: Callable[[random.Random, bool], Attempt]) -> Attack:
    return lambda chance, plain: [attack(chance, plain)]


def _district(chance: random.Random, plain: bool, *, wide: bool = False) -> Sequence[Attempt]:
    rates, concentrations = ((0.5, 0.7), (8,)) if wide else ((0.5, 0.7, 0.8), (20, 80))
    district = districts.drawn(
        chance,
        districts.buildings(chance, 10),
        chance.choice(rates),
        chance.choice(concentrations),
        planted=2,
    )
    return districts.attack(district, 100, chance, plain=plain)


def _example(chance: random.Random, plain: bool) -> Sequence[Attempt]:
    asked = districts.buildings(chance, 63)
    district = districts.drawn(chance, asked, chance.choice((0.5, 0.7)), 20, planted=10)
    return districts.attack(district, 100, chance, plain=plain)


_HIGH_NOISE = "where noise made the number of answers a few too high, the margin is a few too small"
_BEYOND = "not covered: draws of one answer add up"

GROUPS: Mapping[str, Family] = {
    **{
        f"knows all others: {name}": Family(
            attack=_one(partial(knowing.attack, known)), why="by the ledger", known=known
        )
        for name, known in knowing.KNOWN.items()
    },
    "of one mind: an answer": Family(
        attack=_one(groups.asked_in_groups(groups.one_mind)), allowed=0.02, why=_HIGH_NOISE
    ),
    "of one mind: an end of a scale": Family(
        attack=_one(groups.asked_in_groups(groups.ranges)), allowed=0.02, why=_HIGH_NOISE
    ),
    "of one mind: not the other end": Family(
        attack=_one(groups.asked_in_groups(groups.not_an_end)),
        allowed=0.08,
        why='beside "most said 4 or 5", hardly anybody said 1 or 2',
    ),
    "of one mind: exactly so many boxes": Family(
        attack=_one(groups.asked_in_groups(groups.sums)), allowed=0.02, why=_HIGH_NOISE
    ),
    "of one mind: an ADKAR barrier": Family(
        attack=_one(groups.asked_in_groups(groups.barriers)),
        allowed=0.04,
        why="the barrier and its scale are drawn each for itself, and add up",
    ),
    "of one mind: rankings and pairs": Family(
        attack=_one(groups.asked_in_groups(groups.orders)), allowed=0.02, why=_HIGH_NOISE
    ),
    "of one mind: a new idea among pairs": Family(
        attack=_one(groups.asked_in_groups(groups.new_idea)), allowed=0.02, why=_HIGH_NOISE
    ),
    "of one mind: a page for some": Family(attack=_one(groups.conditional), allowed=0.01),
    "of one mind: the same in three waves": Family(
        attack=_one(groups.repeats(3)), allowed=0.15, why=_BEYOND
    ),
    "of one mind: the same asked twice in one survey": Family(
        attack=_one(groups.twice), allowed=0.12, why=_BEYOND
    ),
    "of one mind: an office, its building, and both": Family(
        attack=_one(groups.remainders), allowed=0.1, why=_BEYOND
    ),
    "of one mind: all who were asked": Family(
        attack=_one(groups.audience),
        allowed=0.02,
        why=_HIGH_NOISE,
    ),
    "of one mind: with and without a school": Family(
        attack=_one(groups.two_audiences), allowed=0.2, why=_BEYOND
    ),
    "of one mind: a school after the last look": Family(
        attack=_one(groups.late_school), allowed=0.12, why=_BEYOND
    ),
    "of one mind: all answered, or nearly nobody": Family(
        attack=_one(groups.taking_part),
        allowed=0.15,
        why="how many answered is told; it is no answer",
    ),
    "comments": Family(attack=_one(comments.attack)),
}

DISTRICTS: Mapping[str, Family] = {
    "ten buildings": Family(
        attack=_district, allowed=1 / 30, why="a building that is lopsided anyway", each=2, plain=8
    ),
    "ten buildings that vary widely": Family(
        attack=partial(_district, wide=True), allowed=2 / 30, why="the same", each=2, plain=8
    ),
    "63 buildings, ten of one mind": Family(
        attack=_example, allowed=1 / 30, why="the same", each=10, plain=8
    ),
}

FAMILIES: Mapping[str, Family] = {**GROUPS, **DISTRICTS}
