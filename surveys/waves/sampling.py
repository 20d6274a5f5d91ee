"""Asking a part of an audience: by lot, or each time another group of it.

Who is drawn follows from a seed and from a person's place in the roster, and from nothing else:
the same seed draws the same people from the same roster, in any process, years later. Each person's
lot is SHA-256 of the seed and their roster id, and the smallest lots are drawn: with a seed that
nobody chose this is a simple random sample without replacement (within a stratum, where there are
some). Having been drawn is participation: it is shown to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from secrets import randbits
from typing import assert_never

from core.people import Person

SEED_BITS = 53
"""As many as a number of JSON holds in every language."""

FEWEST_GROUPS, MOST_GROUPS = 2, 52
"""Of a rotation: at most one for each week of a year."""

Stratum = tuple[str, str, str]
"""Role, level and building."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A random sample: ``people`` of the audience, or a ``share`` of it (above 0, up to 1).

    ``stratified``: each role × level × building gets its proportional share of the places.
    ``seed`` None: one is drawn when the wave is launched.
    """

    people: int | None = None
    share: float | None = None
    stratified: bool = True
    seed: int | None = None

    def size(self, audience: int) -> int:
        """How many are drawn of so many: at least one, at most all."""
        wanted = self.people if self.people is not None else _rounded(self.share or 0, audience)
        return min(max(wanted, 1), audience)


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """Everybody belongs to one of ``groups`` for good, and the one whose ``turn`` it is (from 0)
    is asked: after ``groups`` waves everybody was asked once. Who joins or leaves moves nobody
    else. ``seed`` is the same in all waves that rotate together."""

    groups: int
    turn: int = 0
    seed: int | None = None

    def next(self) -> Rotation:
        return replace(self, turn=(self.turn + 1) % self.groups)


Selection = Sample | Rotation


def part_of(selection: Selection | None, audience: int) -> float:
    """The share (0..1) of so many people that a launch asks, as its plan tells: 1 for all."""
    match selection:
        case None:
            return 1
        case Sample():
            return selection.size(audience) / audience if audience else 1
        case Rotation():
            return 1 / selection.groups
        case _:
            assert_never(selection)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a panel was frozen from: how many of the audience there were in each stratum, and how
    many were skipped because they had been asked often enough. ``spared_by_lot``: who they are
    may depend on an earlier wave's lot; ``by_lot``: who is in the panel does, or on this wave's."""

    strata: tuple[tuple[str, str, str, int], ...]
    spared: int = 0
    spared_by_lot: bool = False
    by_lot: bool = False

    @property
    def population(self) -> Mapping[Stratum, int]:
        return {(role, level, building): n for role, level, building, n in self.strata}

    @property
    def people(self) -> int:
        return sum(n for *_, n in self.strata)


def frame_of(
    sizes: Mapping[Stratum, int],
    *,
    spared: int = 0,
    spared_by_lot: bool = False,
    by_lot: bool = False,
) -> Frame:
    """``sizes``: how many people of the audience each stratum has."""
    strata = tuple((*stratum, n) for stratum, n in sorted(sizes.items()))
    return Frame(strata=strata, spared=spared, spared_by_lot=spared_by_lot, by_lot=by_lot)


def sizes_of(people: Iterable[Person]) -> Counter[Stratum]:
    return Counter(map(stratum_of, people))


def stratum_of(person: Person) -> Stratum:
    return person.role.value, person.level.value, person.building


def seeded(selection: Selection | None) -> Selection | None:
    """With a seed that nobody chose, where it has none."""
    if selection is None or selection.seed is not None:
        return selection
    return replace(selection, seed=randbits(SEED_BITS))


def expected(selection: Selection | None, people: int) -> int:
    """How many a wave asks of so many whom it may ask. Only a draw can tell how many people are in
    a group of a rotation: this is its usual size."""
    match selection:
        case None:
            return people
        case Sample():
            return selection.size(people)
        case Rotation():
            return people // selection.groups
        case _:
            assert_never(selection)


def select(selection: Selection | None, people: Sequence[Person]) -> list[Person]:
    """Whom a wave asks of those whom it may ask, in the order given. A seed must be there."""
    match selection:
        case None:
            return list(people)
        case Rotation(groups=groups, turn=turn):
            return [one for one in people if _lot(selection, one) % groups == turn % groups]
        case Sample():
            drawn = {one.id for one in _sampled(selection, people)}
            return [one for one in people if one.id in drawn]
        case _:
            assert_never(selection)


def allocate(places: int, sizes: Mapping[Stratum, int]) -> dict[Stratum, int]:
    """Places for each stratum in proportion to its size, by largest remainder (Hamilton): every
    stratum gets its quota rounded down or up, never more than it has, and together they are
    exactly ``places`` (at most all). Equal remainders: the larger stratum first, then by name."""
    total = sum(sizes.values())
    if not total:
        return {}
    places = min(places, total)
    quotas = {key: Fraction(places * size, total) for key, size in sizes.items()}
    given = {key: int(quota) for key, quota in quotas.items()}
    order = sorted(sizes, key=lambda key: (given[key] - quotas[key], -sizes[key], key))
    for key in order[: places - sum(given.values())]:
        given[key] += 1
    return given


def _sampled(sample: Sample, people: Sequence[Person]) -> list[Person]:
    strata: dict[Stratum, list[Person]] = defaultdict(list)
    for one in people:
        strata[stratum_of(one) if sample.stratified else ("", "", "")].append(one)
    places = allocate(sample.size(len(people)), {key: len(held) for key, held in strata.items()})
    return [
        one
        for key, held in strata.items()
        for one in sorted(held, key=lambda person: _lot(sample, person))[: places[key]]
    ]


def _lot(selection: Selection, person: Person) -> int:
    return int.from_bytes(sha256(f"{selection.seed}/{person.sourced_id}".encode()).digest())


def _rounded(share: float, audience: int) -> int:
    """Half a person is a person: 10% of 5 is 1."""
    return int(Fraction(str(share)) * audience + Fraction(1, 2))
