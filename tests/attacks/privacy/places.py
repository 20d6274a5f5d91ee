"""Where the attacked work: made-up rosters, from a two-person office to a whole district."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from surveys.people import Audience
from surveys.questions import Choice, Scale, SeveralChoice, SingleChoice
from surveys.survey import Dimension, Page, PlannedTable, Survey, Wave, WaveState
from surveys.tabulating import Atom, ScoreQuestion
from surveys.words import text
from tests.surveys.store import NOON, WEEK

ROLE, LEVEL, BUILDING = Dimension.ROLE, Dimension.LEVEL, Dimension.BUILDING

EVERY_TABLE = ((LEVEL,), (ROLE,), (BUILDING,), (ROLE, LEVEL), (ROLE, BUILDING), (LEVEL, BUILDING))
"""What a hostile author would plan."""

PLANS: tuple[tuple[tuple[Dimension, ...], ...], ...] = (
    ((LEVEL,),),
    ((BUILDING,),),
    ((LEVEL,), (ROLE,)),
    ((LEVEL,), (BUILDING,)),
    ((LEVEL,), (ROLE,), (BUILDING,), (ROLE, LEVEL)),
    EVERY_TABLE,
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who answered, by finest group, and what is planned."""

    people: dict[Atom, int]
    plan: tuple[tuple[Dimension, ...], ...]

    @property
    def atoms(self) -> list[Atom]:
        return sorted(self.people)

    @property
    def size(self) -> int:
        return sum(self.people.values())


def wave_of(
    question: ScoreQuestion, plan: Sequence[tuple[Dimension, ...]], number: int = 1
) -> Wave:
    survey = Survey(
        key="attacked",
        title=text("Attacked"),
        asked_by=text("A hostile author"),
        purpose=text("To learn what one person said."),
        pages=(Page(questions=(question,)),),
        tables=tuple(PlannedTable(by=by) for by in ((), *plan)),
    )
    return Wave(
        id=UUID(int=number),
        survey=survey,
        audience=Audience(),
        opens_at=NOON,
        closes_at=NOON + WEEK,
        state=WaveState.OPEN,
    )


def _choices(n: int) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=text(key.upper())) for key in "abcdefghij"[:n])


def yes_or_no() -> SingleChoice:
    return SingleChoice(key="q", prompt=text("For or against?"), choices=_choices(2))


def ticked() -> SeveralChoice:
    return SeveralChoice(key="q", prompt=text("Which?"), choices=_choices(1), required=False)


def scale(points: int) -> Scale:
    return Scale(
        key="q", prompt=text("How much?"), points=points, labels={1: text("No"), points: text("Y")}
    )


SMALL_SHAPES: tuple[dict[Atom, str], ...] = (
    # A letter is a size: s 1-4, m 5-9, l 10-24.
    {("teacher", "high", "north"): "l", ("teacher", "middle", "east"): "l"},
    {("teacher", "high", "north"): "m", ("teacher", "middle", "east"): "l"},
    {("teacher", "high", "north"): "l", ("office", "high", "north"): "s"},
    {
        ("teacher", "high", "north"): "l",
        ("teacher", "high", "south"): "m",
        ("office", "middle", "east"): "m",
    },
    {
        ("teacher", "high", "north"): "m",
        ("office", "high", "north"): "s",
        ("teacher", "middle", "east"): "m",
        ("office", "middle", "east"): "s",
    },
)
"""Small districts: two levels; a school and its two-person office; two schools of one level."""

_SIZES = {"s": (1, 4), "m": (5, 9), "l": (10, 24)}


def small_place(chance: random.Random, most_worlds: int, outcomes: int = 2) -> Place:
    """A district so small that every way in which it may have answered can be tried."""
    while True:
        shape = chance.choice(SMALL_SHAPES)
        people = {atom: chance.randint(*_SIZES[size]) for atom, size in shape.items()}
        worlds = 1
        for n in people.values():
            worlds *= n + 1 if outcomes == 2 else (n + 1) * (n + 2) // 2
        if worlds <= most_worlds and sum(people.values()) >= 5:
            return Place(people=people, plan=chance.choice(PLANS))


def real_place(chance: random.Random, buildings: int, plan: int | None = None) -> Place:
    """A district of so many buildings: schools of 20 to 170 teachers with offices of one or two,
    a few support staff, one administrator; those who answered are 30% to 70% of them."""
    people: dict[Atom, int] = {}
    for number in range(buildings):
        level = ("elementary", "elementary", "middle", "high", "district")[number % 5]
        name = f"b{number:02}"
        size = chance.choice((12, 25, 40, 60, 170)) if buildings < 20 else chance.randint(60, 280)
        turnout = chance.uniform(0.3, 0.7)
        staff = {
            "teacher": size,
            "office": chance.choice((1, 2, 2, 4)),
            "support": chance.choice((0, 1, 3, 9)),
            "administrator": chance.choice((1, 1, 2)),
        }
        for role, n in staff.items():
            answered = sum(chance.random() < turnout for _ in range(n))
            if answered:
                people[role, level, name] = answered
    return Place(people=people, plan=PLANS[plan] if plan is not None else chance.choice(PLANS))
