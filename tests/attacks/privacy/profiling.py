"""The attacker who knows the program, against surveys of every kind.

As in ``replaying``, all ways in which a small district may have answered are tried on the gate;
here people answer whole surveys, and all that is released is looked at, also what stands beside the
tables.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from surveys.ports import Disposed, OpenResponse
from surveys.questions import Answer
from surveys.release import final_results
from surveys.results import WaveResults
from surveys.setting_beside import Known
from surveys.survey import Participation, Wave
from surveys.tabulating import Atom, atom_of
from tests.attacks.privacy.gates import Gate, ours
from tests.attacks.privacy.kinds import Kind, Profile
from tests.attacks.privacy.replaying import SURE, Counts, Tally, World, splits, weight_of
from tests.surveys.store import NOON

ROUNDING = 1e-9
"""What adding up in another order changes."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """People of one group whom the attacker cannot tell apart: of whom nothing is known but the
    ways in which they may have answered."""

    atom: Atom
    people: int
    profiles: Sequence[Profile]

    @cached_property
    def claims(self) -> Mapping[tuple[str, Answer], Sequence[bool]]:
        """What could be said of one of them, and in which of the ways it is true."""
        every = {claim for profile in self.profiles for claim in _claims(profile)}
        return {
            claim: [claim in set(_claims(profile)) for profile in self.profiles]
            for claim in sorted(every, key=repr)
        }


def _claims(profile: Profile) -> Iterator[tuple[str, Answer]]:
    """Answers, whole; and each box that was ticked."""
    for key, answer in profile.items():
        if not key.endswith(".other"):
            yield key, answer
            if isinstance(answer, tuple):
                yield from ((f"{key} has", one) for one in answer)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A small district, what is asked, and what the attacker's friends in it answered."""

    kind: Kind
    crowds: Sequence[Crowd]
    friends: Sequence[tuple[Atom, Profile]]
    strength: float
    """How alike people of a group are taken to be, as in ``replaying.Case``."""

    def worlds(self) -> Iterator[World]:
        yield from product(*(splits(c.people, len(c.profiles)) for c in self.crowds))

    def responses(self, world: World) -> list[OpenResponse]:
        found = [_response(atom, profile) for atom, profile in self.friends]
        for crowd, counts in zip(self.crowds, world, strict=True):
            for profile, n in zip(crowd.profiles, counts, strict=True):
                found += [_response(crowd.atom, profile)] * n
        return found


def _response(atom: Atom, profile: Profile) -> OpenResponse:
    role, level, building = atom
    return OpenResponse(answers=profile, role=role, level=level, building=building)


def with_all_beside(wave: Wave, responses: Sequence[OpenResponse]) -> WaveResults:
    """Our gate with rates, make-up, weights and comparisons: all that is ever released."""
    asked = Counter(map(atom_of, responses))
    disposed = [
        Disposed(
            role=role,
            level=level,
            building=building,
            became=Participation.ANSWERED,
            reached=True,
            left=False,
            people=n,
        )
        for (role, level, building), n in asked.items()
    ]
    known = Known(disposed=disposed)
    return final_results(wave, responses, asked, len(responses), str, NOON, known)


class Beliefs:
    """The posterior over a set of worlds: of each crowd, how likely each claim is of one of it."""

    def __init__(self) -> None:
        self.total = 0.0
        self.worlds: list[tuple[float, World]] = []

    def add(self, likely: float, world: World) -> None:
        self.total += likely
        self.worlds.append((likely, world))

    def of(self, place: int, true: Sequence[bool]) -> float:
        held = 0.0
        for likely, world in self.worlds:
            counts = world[place]
            held += likely * _how_many(counts, true) / sum(counts)
        return held / self.total


def _how_many(counts: Counts, true: Sequence[bool]) -> int:
    return sum(n for n, holds in zip(counts, true, strict=True) if holds)


def attack(
    situation: Situation, wave: Wave, gate: Gate, chance: random.Random, attempts: int
) -> Tally:
    """``attempts`` districts drawn from the prior; in each the attacker names whom they are surest
    about, where the district's own result does not make them so."""
    gate = with_all_beside if gate is ours else gate
    everything = list(situation.worlds())
    weights = [weight_of(world, situation.strength) for world in everything]
    seen: dict[str, Beliefs] = defaultdict(Beliefs)
    alone: dict[str, Beliefs] = defaultdict(Beliefs)
    pages = []
    for world, likely in zip(everything, weights, strict=True):
        results = gate(wave, situation.responses(world))
        page, whole = repr(results), _whole(results)
        pages.append((page, whole))
        seen[page].add(likely, world)
        alone[whole].add(likely, world)
    surest, successes, example = 0.0, 0, ""
    for at in chance.choices(range(len(everything)), weights, k=attempts):
        page, whole = pages[at]
        claim = _surest(situation, seen[page], alone[whole])
        if claim is None:
            continue
        probability, place, what, true = claim
        surest = max(surest, probability)
        counts = everything[at][place]
        if probability > SURE + ROUNDING and chance.random() * sum(counts) < _how_many(
            counts, true
        ):
            successes += 1
            example = example or (
                f"{probability:.3f} {what} of {situation.crowds[place]}: {everything[at]} of "
                f"{[(c.atom, c.people) for c in situation.crowds]}, friends {situation.friends}, "
                f"plan {[table.by for table in wave.survey.tables]}"
            )
    return Tally(attempts=attempts, successes=successes, surest=surest, example=example)


def _whole(results: WaveResults) -> str:
    """The district's own result of every question, which is published in any case."""
    return repr([t.cells[0].questions for t in results.tables if not t.plan.by])


def _surest(
    situation: Situation, belief: Beliefs, before: Beliefs
) -> tuple[float, int, tuple[str, Answer], Sequence[bool]] | None:
    found = [
        (belief.of(place, true), place, what, true)
        for place, crowd in enumerate(situation.crowds)
        if crowd.people
        for what, true in crowd.claims.items()
        if before.of(place, true) <= SURE
    ]
    return max(found, key=lambda claim: claim[0], default=None)


def situation_of(
    chance: random.Random, kind: Kind, people: Mapping[Atom, int], friends: int
) -> Situation:
    """People of each group; some, where the kind has them, are known to have left out something;
    up to ``friends`` of one group tell the attacker what they answered."""
    left = dict(people)
    told: list[tuple[Atom, Profile]] = []
    if friends:
        atom = chance.choice(sorted(left))
        for _ in range(min(friends, left[atom] - 1)):
            told.append((atom, chance.choice(kind.profiles)))
            left[atom] -= 1
    crowds = []
    fewer = chance.choice(sorted(left)) if kind.fewer else None
    for atom, n in sorted(left.items()):
        some = min(chance.randint(1, 4), n - 1) if atom == fewer else 0
        crowds.append(Crowd(atom=atom, people=n - some, profiles=kind.profiles))
        if some:
            crowds.append(Crowd(atom=atom, people=some, profiles=kind.fewer))
    return Situation(
        kind=kind,
        crowds=[crowd for crowd in crowds if crowd.people],
        friends=told,
        strength=chance.choice((0, 0.5, 1.0, 3.0)),
    )


def few_enough(situation: Situation, most: int) -> bool:
    """Whether all of it can be tried."""
    worlds = 1
    for crowd in situation.crowds:
        worlds *= len(splits(crowd.people, len(crowd.profiles)))
    return worlds <= most
