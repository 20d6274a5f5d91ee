"""The kinds of attackers, each attempt a function of its seed.

To play one again: ``python -m tests.attacks.privacy KIND SEED``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from surveys.tabulating import ScoreQuestion
from tests.attacks.privacy import bounding, kinds, places, profiling, repeating, replaying, watching
from tests.attacks.privacy.gates import Gate, ours
from tests.attacks.privacy.replaying import Case, Tally

FRIENDS = 4

_SIZES = {"s": (1, 4), "m": (5, 9), "l": (10, 30)}
"""Of groups who answer in two ways: larger ones can be tried than of those who answer in many."""

PER_PLACE = 20
"""Attempts in each small district, which differ in how it answered."""


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """``run`` attacks a gate from a seed, ``times``; one in ``every`` seeds is tried."""

    run: Callable[[Gate, int], Tally]
    every: int = 1
    times: int = PER_PLACE

    def attempts(self, seeds: int) -> int:
        return len(range(0, seeds, self.every)) * self.times


def _replay(friends: int, most: int, *, hostile: bool = False) -> Callable[[Gate, int], Tally]:
    def run(gate: Gate, seed: int) -> Tally:
        chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
        asked: list[tuple[ScoreQuestion, int]] = [
            (places.yes_or_no(), 2),
            (places.ticked(), 2),
            (places.scale(2), 2),
            (places.scale(3), 3),
        ]
        question, parts = chance.choice(asked)
        place = places.small_place(chance, most, parts)
        if hostile:
            place = places.Place(people=place.people, plan=places.EVERY_TABLE)
        known = replaying.friends_in(chance, place, parts, friends) if friends else {}
        case = Case(
            place=place,
            question=question,
            friends=known,
            strength=chance.choice((0, 0.5, 1.0, 3.0)),
        )
        return replaying.attack(case, gate, chance, PER_PLACE)

    return run


def attackers(most: int) -> Mapping[str, Attacker]:
    """By name. ``most``: ways to have answered of the largest district that is tried."""
    return {
        "who knows the program": Attacker(run=_replay(0, most)),
        "two chairs who answered, too": Attacker(run=_replay(2, most)),
        "four who tell each other": Attacker(run=_replay(FRIENDS, most)),
        "an author with four invented people and every table": Attacker(
            run=_replay(FRIENDS, most, hostile=True)
        ),
        "who knows who answered last": Attacker(run=_watch(watching.half_of)),
        "the same, who asked the same forty times": Attacker(
            run=_watch(watching.half_of_forty), every=5
        ),
        "who knows who changed an answer": Attacker(run=_watch_change),
        "who keeps the first of two waves": Attacker(
            run=lambda gate, seed: repeating.watch(gate, seed, most, PER_PLACE), every=4
        ),
        "who knows a whole district's roster": Attacker(run=bounding.attack, every=3, times=1),
        **{f"asked: {name}": Attacker(run=_ask(name, most), every=15) for name in kinds.KINDS},
    }


def _ask(name: str, most: int) -> Callable[[Gate, int], Tally]:
    """None, two or four friends; a plan of any number of tables."""

    def run(gate: Gate, seed: int) -> Tally:
        chance = random.Random(f"{name} {seed}")  # noqa: S311 - an attempt is repeatable
        kind = kinds.KINDS[name](chance)
        while True:
            shape = chance.choice(places.SMALL_SHAPES)
            people = {atom: chance.randint(*_SIZES[size]) for atom, size in shape.items()}
            situation = profiling.situation_of(chance, kind, people, chance.choice((0, 2, 4)))
            if profiling.few_enough(situation, most):
                break
        wave = kinds.wave_of(kind, chance.choice(places.PLANS))
        return profiling.attack(situation, wave, gate, chance, PER_PLACE)

    return run


def _watch(live: watching.Live) -> Callable[[Gate, int], Tally]:
    """The plain gate tells live what it tells at last."""

    def run(gate: Gate, seed: int) -> Tally:
        looked, counted = (
            (live, lambda n: n // 2) if gate is ours else (watching.all_of, lambda n: n)
        )
        tallies = [watching.watch(looked, counted, PER_PLACE * seed + i) for i in range(PER_PLACE)]
        return together(tallies)

    return run


def _watch_change(gate: Gate, seed: int) -> Tally:
    """Ours tells nothing new before ten more have answered; the plain gate does at once."""
    half: Callable[[int], int] = (lambda n: n // 2) if gate is ours else (lambda n: n)
    live, more = (watching.half_of, 10) if gate is ours else (watching.all_of, 0)
    seeds = range(PER_PLACE * seed, PER_PLACE * (seed + 1))
    return together([watching.watch_change(live, half, more, one) for one in seeds])


def together(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        attempts=sum(tally.attempts for tally in tallies),
        successes=sum(tally.successes for tally in tallies),
        surest=max(tally.surest for tally in tallies),
        example=next((tally.example for tally in tallies if tally.successes), ""),
    )
