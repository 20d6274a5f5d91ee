"""The kinds of attackers, each attempt a function of its seed.

To play one again: ``python -m tests.attacks.privacy KIND SEED``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.attacks.privacy import places, replaying, watching
from tests.attacks.privacy.gates import Gate, ours
from tests.attacks.privacy.replaying import Case, Tally

FRIENDS = 4

PER_PLACE = 20
"""Attempts in each small district, which differ in how it answered."""


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """``run`` attacks a gate from a seed, ``attempts`` times a seed."""

    run: Callable[[Gate, int], Tally]
    attempts: int = PER_PLACE


def _replay(friends: int, most: int, *, hostile: bool = False) -> Callable[[Gate, int], Tally]:
    def run(gate: Gate, seed: int) -> Tally:
        chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
        question, parts = chance.choice(
            [
                (places.yes_or_no(), 2),
                (places.ticked(), 2),
                (places.scale(2), 2),
                (places.scale(3), 3),
            ]
        )
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
        "who knows who answered last": Attacker(run=_watch),
    }


def _watch(gate: Gate, seed: int) -> Tally:
    """The plain gate tells live what it tells at last."""
    live, counted = (
        (watching.half_of, lambda n: n // 2) if gate is ours else (watching.all_of, lambda n: n)
    )
    tallies = [watching.watch(live, counted, PER_PLACE * seed + i) for i in range(PER_PLACE)]
    return Tally(
        attempts=len(tallies),
        successes=sum(tally.successes for tally in tallies),
        surest=max(tally.surest for tally in tallies),
        example=next((tally.example for tally in tallies if tally.successes), ""),
    )
