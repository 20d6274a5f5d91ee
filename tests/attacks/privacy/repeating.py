"""The attacker who keeps the first wave's results when a second continues it, and knows who came,
who left and who moved between the two.

The worst case is played, in which everybody else says the same again: what the second has more than
the first is what those few said. All ways to have answered both are tried.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from uuid import UUID

from surveys.ports import Moved, OpenResponse
from surveys.release import final_results
from surveys.results import WaveResults
from surveys.setting_beside import Known
from surveys.survey import Wave
from surveys.tabulating import Atom, atom_of
from surveys.trending import Earlier
from tests.attacks.privacy import places
from tests.attacks.privacy.gates import Gate, ours
from tests.attacks.privacy.profiling import ROUNDING
from tests.attacks.privacy.replaying import SURE, Tally, weight_of
from tests.surveys.store import NOON

WavesSeen = tuple[WaveResults, WaveResults]

Said = tuple[int, ...]
"""Of each crowd, how many said "a"; all others said "b"."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """People who answered in the same place then and now (None: not at all)."""

    then: Atom | None
    now: Atom | None
    people: int


def crowds_of(chance: random.Random, people: Mapping[Atom, int]) -> list[Crowd]:
    """Those who stayed, and one to three each who came, left or moved."""
    found = [Crowd(then=atom, now=atom, people=n) for atom, n in sorted(people.items())]
    atoms = sorted(people)
    for how in chance.sample(("came", "left", "moved"), k=chance.choice((1, 1, 2))):
        atom, n = chance.choice(atoms), chance.choice((1, 1, 2, 3))
        match how:
            case "came":
                found.append(Crowd(then=None, now=atom, people=n))
            case "left":
                found.append(Crowd(then=atom, now=None, people=n))
            case _ if len(atoms) > 1:
                there, here = chance.sample(atoms, k=2)
                found.append(Crowd(then=there, now=here, people=n))
    return found


def _responses(placed: Sequence[tuple[Atom | None, int, int]]) -> list[OpenResponse]:
    return [
        OpenResponse(answers={"q": answer}, role=atom[0], level=atom[1], building=atom[2])
        for atom, people, a in placed
        if atom is not None
        for answer in ["a"] * a + ["b"] * (people - a)
    ]


def _both(gate: Gate, waves: tuple[Wave, Wave], crowds: Sequence[Crowd], said: Said) -> WavesSeen:
    first_said = _responses([(c.then, c.people, a) for c, a in zip(crowds, said, strict=True)])
    then_said = _responses([(c.now, c.people, a) for c, a in zip(crowds, said, strict=True)])
    first = gate(waves[0], first_said)
    if gate is not ours:
        return first, gate(waves[1], then_said)
    moved: dict[Moved, int] = defaultdict(int)
    for crowd in crowds:
        moved[crowd.then, crowd.now] += crowd.people
    known = Known(earlier=[Earlier(survey=waves[0].survey, results=first, moved=moved)])
    asked = Counter(map(atom_of, then_said))
    return first, final_results(waves[1], then_said, asked, len(then_said), str, NOON, known)


def _alone(seen: WavesSeen) -> str:
    return repr([t.cells[0] for results in seen for t in results.tables if not t.plan.by])


def watch(gate: Gate, seed: int, most: int, attempts: int) -> Tally:
    """One district twice; ``attempts`` ways in which it may have answered."""
    chance = random.Random(f"again {seed}")  # noqa: S311 - an attempt is repeatable
    while True:
        place = places.small_place(chance, most)
        crowds = crowds_of(chance, place.people)
        if prod(crowd.people + 1 for crowd in crowds) <= most:
            break
    wave = places.wave_of(places.yes_or_no(), place.plan)
    waves = wave, replace(wave, id=UUID(int=2), continues=wave.id)
    strength = chance.choice((0, 0.5, 1.0, 3.0))
    everything = list(product(*(range(crowd.people + 1) for crowd in crowds)))
    weights = [
        weight_of(tuple((a, c.people - a) for a, c in zip(said, crowds, strict=True)), strength)
        for said in everything
    ]
    pages = []
    for said in everything:
        seen = _both(gate, waves, crowds, said)
        pages.append((repr(seen), _alone(seen)))
    believed = [_beliefs([page[i] for page in pages], everything, weights, crowds) for i in (0, 1)]
    successes, surest = 0, 0.0
    example = ""
    for at in chance.choices(range(len(everything)), weights, k=attempts):
        page, whole = pages[at]
        claims = [
            (yes if answer else 1 - yes, place_, answer)
            for place_, (yes, before) in enumerate(
                zip(believed[0][page], believed[1][whole], strict=True)
            )
            for answer in (True, False)
            if (before if answer else 1 - before) <= SURE
        ]
        probability, who, answer = max(claims, default=(0.0, 0, True))
        surest = max(surest, probability)
        n, a = crowds[who].people, everything[at][who]
        if probability > SURE + ROUNDING and chance.random() * n < (a if answer else n - a):
            successes += 1
            example = example or f"{probability:.3f} of {crowds[who]}: {everything[at]} of {crowds}"
    return Tally(attempts=attempts, successes=successes, surest=surest, example=example)


def _beliefs(
    pages: Sequence[str],
    everything: Sequence[Said],
    weights: Sequence[float],
    crowds: Sequence[Crowd],
) -> Mapping[str, list[float]]:
    """By page, of each crowd the probability that one of it said "a"."""
    total: dict[str, float] = defaultdict(float)
    held: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(crowds))
    for page, said, likely in zip(pages, everything, weights, strict=True):
        total[page] += likely
        for place, (a, crowd) in enumerate(zip(said, crowds, strict=True)):
            held[page][place] += likely * a / crowd.people
    return {page: [one / total[page] for one in sums] for page, sums in held.items()}
