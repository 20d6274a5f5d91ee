"""The attacker of a whole district, in which not every way to have answered can be tried.

They know the roster, how many answered in each finest group, and what their own four answered
(four friends, or four whom a hostile author put on the roster). From every released figure of every
table, exact or coded, a linear program finds the least and the most of a group that can have given
an answer; beside it worlds are drawn that agree with all figures, and what is true in most of them
is believed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from surveys.codes import spans_of

from surveys.ports import OpenResponse
from surveys.results import ShareResult, WaveResults
from surveys.tabulating import Atom, ScoreQuestion, items, planned_cells
from tests.attacks.privacy import places
from tests.attacks.privacy.gates import Gate
from tests.attacks.privacy.replaying import SURE, Tally

STEPS = 60_000
"""Worlds that are walked through. The walk begins at the true one: where it does not get far from
it, the attacker is taken to be surer than they could be. Who would be sure walks on."""

FURTHER = 10
"""How many times as far."""

STRIDES = (1, 1, 1, 1, 1, 2, 4, 16)
"""How many say otherwise in a step: one by one, a group of a hundred would hardly be left."""


@dataclass(frozen=True, kw_only=True)
class District:
    """Who answered what: of each finest group, how many gave each answer; and of how many of them
    the attacker knows it."""

    question: ScoreQuestion
    plan: Sequence[tuple[places.Dimension, ...]]
    said: Mapping[Atom, Sequence[int]]
    friends: Mapping[Atom, Sequence[int]]

    @property
    def atoms(self) -> list[Atom]:
        return sorted(self.said)

    def responses(self) -> list[OpenResponse]:
        keys = [item.key for item in items(self.question)]
        return [
            OpenResponse(
                answers={"q": int(key) if key.isdigit() else key},
                role=a[0],
                level=a[1],
                building=a[2],
            )
            for a, counts in self.said.items()
            for key, count in zip(keys, counts, strict=True)
            for _ in range(count)
        ]


def district_of(chance: random.Random) -> District:
    """Six to ten buildings, each of a mind of its own; one where all said the same, one of the
    attacker's with one stranger in it."""
    place = places.real_place(chance, chance.randint(6, 10))
    question, parts = chance.choice(
        [(places.yes_or_no(), 2), (places.scale(2), 2), (places.scale(5), 5)]
    )
    people = dict(place.people)
    own: Atom = chance.choice(("teacher", "office")), "middle", "zz"
    if chance.random() < 0.6:
        people[own] = 5
    said: dict[Atom, list[int]] = {}
    unanimous = chance.choice(sorted({atom[2] for atom in people}))
    one_mind = chance.randrange(parts)
    base = [chance.gammavariate(2, 1) for _ in range(parts)]
    for building in sorted({atom[2] for atom in people}):
        shares = [chance.gammavariate(3 * b / sum(base) + 0.05, 1) for b in base]
        for atom in sorted(people):
            if atom[2] == building:
                drawn = Counter(chance.choices(range(parts), shares, k=people[atom]))
                all_one = [people[atom] if i == one_mind else 0 for i in range(parts)]
                mixed = [drawn[i] for i in range(parts)]
                said[atom] = all_one if building == unanimous else mixed
    friends: dict[Atom, list[int]] = {}
    for atom in [own] * (own in people) or chance.sample(sorted(people), k=2):
        known = min(4 if atom == own else 2, people[atom] - 1)
        whose = [i for i, count in enumerate(said[atom]) for _ in range(count)]
        told = Counter(chance.sample(whose, k=known))
        friends[atom] = [told[i] for i in range(parts)]
    plan = chance.choice((place.plan, places.EVERY_TABLE))
    return District(question=question, plan=plan, said=said, friends=friends)


@dataclass(frozen=True, kw_only=True)
class Known:
    """One released figure: of these finest groups together, so many gave an answer."""

    atoms: Sequence[int]
    item: int
    least: int
    most: int


def figures(district: District, results: WaveResults) -> Iterator[Known]:
    """What is read off the tables; a code means every count that it is said of."""
    at = {atom: place for place, atom in enumerate(district.atoms)}
    for table in results.tables:
        inside = {cell.group: cell.atoms for cell in planned_cells(table.plan, district.atoms)}
        for cell in table.cells:
            for result in cell.questions:
                if isinstance(result, ShareResult):
                    atoms = [at[atom] for atom in sorted(inside[cell.group])]
                    for item, share in enumerate(result.shares):
                        least, most = _meant(share.count, share.coded, result.n, len(result.shares))
                        yield Known(atoms=atoms, item=item, least=least, most=most)


def _meant(count: int | None, words: str | None, n: int, answers: int) -> tuple[int, int]:
    if count is not None:
        return count, count
    return _counts_of(words or "", n, answers == 2)


@cache
def _counts_of(words: str, n: int, two: bool) -> tuple[int, int]:
    said = [
        count
        for count in range(n + 1)
        for told in ([], ["other"])
        for both in ((True,) if two else (True, False))
        if spans_of({"this": count, "other": 0}, n, told, both)["this"].words == words
    ]
    return min(said), max(said)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """That one of some finest groups, not a friend, gave an answer."""

    atoms: Sequence[int]
    item: int


def claims(district: District) -> list[Claim]:
    """Whoever is named is of one finest group."""
    return [
        Claim(atoms=[i], item=item)
        for i in range(len(district.atoms))
        for item in range(len(items(district.question)))
    ]


def attack(gate: Gate, seed: int) -> Tally:
    """One district: does a bound, or the worlds that agree with all figures, tell of anybody?"""
    chance = random.Random(f"whole {seed}")  # noqa: S311 - an attempt is repeatable
    district = district_of(chance)
    results = gate(places.wave_of(district.question, district.plan), district.responses())
    surest, best = _surest(district, results, chance, STEPS)
    if best is not None and surest > SURE:
        surest, best = _surest(district, results, chance, FURTHER * STEPS)
    success = best is not None and surest > SURE and _is_true(district, best, chance)
    where = "" if best is None else f"{[district.atoms[i] for i in best.atoms]} answer {best.item}"
    return Tally(
        attempts=1,
        successes=int(success),
        surest=surest,
        example=f"{surest:.3f} {where}: {district}" if success else "",
    )


def _surest(
    district: District, results: WaveResults, chance: random.Random, steps: int
) -> tuple[float, Claim | None]:
    """What the attacker is surest about of all that the district's result does not tell."""
    told = list(figures(district, results))
    parts = len(items(district.question))
    whole = [sum(counts[i] for counts in district.said.values()) for i in range(parts)]
    surest, best = 0.0, None
    believed = walked(district, told, chance, steps)
    alone = walked(district, list(figures(district, _only_whole(results))), chance, steps)
    bounds = Bounds(district, told)
    for claim in claims(district):
        if whole[claim.item] > SURE * sum(whole):
            continue
        unknown, known = _unknown(district, claim)
        if not unknown:
            continue
        sure = float(sum(believed[i, claim.item] for i in claim.atoms) - known) / unknown
        before = float(sum(alone[i, claim.item] for i in claim.atoms) - known) / unknown
        if before > SURE - 0.01:  # the walk's own error
            continue
        if sure > 0.8:  # else the least is not so much either
            sure = max(sure, (bounds.least(claim) - known) / unknown)
        if sure > surest:
            surest, best = sure, claim
    return surest, best


def _only_whole(results: WaveResults) -> WaveResults:
    return replace(results, tables=tuple(t for t in results.tables if not t.plan.by))


def _unknown(district: District, claim: Claim) -> tuple[int, int]:
    """How many of a claim's people are no friends, and how many friends gave its answer."""
    unknown = known = 0
    for i in claim.atoms:
        atom = district.atoms[i]
        friends = district.friends.get(atom, ())
        unknown += sum(district.said[atom]) - sum(friends)
        known += friends[claim.item] if friends else 0
    return unknown, known


def _is_true(district: District, claim: Claim, chance: random.Random) -> bool:
    unknown, known = _unknown(district, claim)
    held = sum(district.said[district.atoms[i]][claim.item] for i in claim.atoms) - known
    return chance.random() * unknown < held


class Bounds:
    """The linear program: one variable for each finest group and answer."""

    def __init__(self, district: District, told: Sequence[Known]) -> None:
        atoms, parts = district.atoms, len(items(district.question))
        self._parts, size = parts, len(atoms) * parts
        equal, sums = [], []
        above, limits = [], []
        for place, atom in enumerate(atoms):
            row = np.zeros(size)
            row[place * parts : (place + 1) * parts] = 1
            equal.append(row)
            sums.append(sum(district.said[atom]))
        for one in told:
            row = np.zeros(size)
            row[[i * parts + one.item for i in one.atoms]] = 1
            if one.least == one.most:
                equal.append(row)
                sums.append(one.least)
            else:
                above += [row, -row]
                limits += [one.most, -one.least]
        self._equal, self._sums = np.array(equal), np.array(sums)
        self._above = np.array(above) if above else None
        self._limits = np.array(limits) if limits else None
        self._size = size
        self._free = [
            (district.friends.get(atom, [0] * parts)[item], None)
            for atom in atoms
            for item in range(parts)
        ]

    def least(self, claim: Claim) -> float:
        """The fewest of a claim's people who can have given its answer."""
        aim = np.zeros(self._size)
        aim[[i * self._parts + claim.item for i in claim.atoms]] = 1
        found = linprog(
            aim, self._above, self._limits, self._equal, self._sums, self._free, method="highs"
        )
        assert found.status == 0, found.message
        return float(found.fun)


def walked(
    district: District, told: Sequence[Known], chance: random.Random, steps: int
) -> np.ndarray:
    """How many of each finest group gave each answer, on the average of the worlds that agree with
    all figures; every share of a group is held to be as likely (a Metropolis walk, one number at a
    time: in lists, which are faster at that than arrays)."""
    atoms, parts = district.atoms, len(items(district.question))
    now = [list(district.said[atom]) for atom in atoms]
    friends = [list(district.friends.get(atom, [0] * parts)) for atom in atoms]
    of: dict[tuple[int, int], list[int]] = {}
    sums, least, most = [], [], []
    for number, one in enumerate(told):
        sums.append(sum(now[i][one.item] for i in one.atoms))
        least.append(one.least)
        most.append(one.most)
        for i in one.atoms:
            of.setdefault((i, one.item), []).append(number)
    total = np.zeros((len(atoms), parts), dtype=np.int64)
    rectangles = _rectangles(atoms)
    alike = [
        (i, j)
        for i, one in enumerate(atoms)
        for j, other in enumerate(atoms)
        if i < j and (one[2] == other[2] or one[:2] == other[:2])
    ]
    pairs = alike * 2 + list(combinations(range(len(atoms)), 2))
    for step in range(steps):
        moved = _step(chance, pairs, rectangles, parts, len(atoms))
        if all(now[i][k] + by >= friends[i][k] for i, k, by in moved):
            change: dict[int, int] = {}
            for i, k, by in moved:
                for number in of.get((i, k), ()):
                    change[number] = change.get(number, 0) + by
            if all(least[f] <= sums[f] + by <= most[f] for f, by in change.items()):
                for i, k, by in moved:
                    now[i][k] += by
                for number, by in change.items():
                    sums[number] += by
        if step % 20 == 0:
            total += now
    return total * 20 / steps


def _rectangles(atoms: Sequence[Atom]) -> list[tuple[int, int, int, int]]:
    """Four groups at the corners of a rectangle of roles and buildings."""
    at = {(role, building): i for i, (role, _, building) in enumerate(atoms)}
    roles, buildings = sorted({a[0] for a in atoms}), sorted({a[2] for a in atoms})
    return [
        (at[r, b], at[s, b], at[r, c], at[s, c])
        for i, r in enumerate(roles)
        for s in roles[i + 1 :]
        for j, b in enumerate(buildings)
        for c in buildings[j + 1 :]
        if {(r, b), (s, b), (r, c), (s, c)} <= at.keys()
    ]


def _step(
    chance: random.Random,
    pairs: Sequence[tuple[int, int]],
    rectangles: Sequence[tuple[int, int, int, int]],
    parts: int,
    atoms: int,
) -> list[tuple[int, int, int]]:
    """A move: in one group some said otherwise; or two exchange; or four, round a rectangle."""
    one, other = chance.randrange(parts), chance.randrange(parts - 1)
    if other == one:
        other = parts - 1
    how = chance.random()
    if how < 0.2 or atoms < 2:
        where: Sequence[tuple[int, int]] = [(chance.randrange(atoms), 1)]
    elif how < 0.7 or not rectangles:
        i, j = chance.choice(pairs)
        where = [(i, 1), (j, -1)]
    else:
        a, b, c, d = chance.choice(rectangles)
        where = [(a, 1), (b, -1), (c, -1), (d, 1)]
    by = chance.choice(STRIDES)
    return [(i, k, sign * part) for i, sign in where for k, part in ((one, by), (other, -by))]
