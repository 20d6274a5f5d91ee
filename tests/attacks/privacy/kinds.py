"""Surveys of every kind of question, and few ways to answer each: what the attacker knows of how
people answer, who has seen the district's result (it shows which answers nobody gave), and takes
some questions to go together.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from surveys.barriers import ELEMENTS
from surveys.people import Audience
from surveys.questions import (
    Answer,
    Choice,
    Date,
    Matrix,
    Number,
    Other,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey, Wave, WaveState
from surveys.words import text
from tests.surveys.store import NOON, WEEK

Profile = Mapping[str, Answer]
"""All that one person answers."""

LABELS: Final = {1: text("No"), 5: text("Yes")}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is asked; the ways to answer of most people, and of those who leave something out or
    stop halfway (empty: nobody does)."""

    pages: tuple[Page, ...]
    profiles: Sequence[Profile]
    fewer: Sequence[Profile] = ()
    adkar: tuple[str, ...] = ()


def wave_of(kind: Kind, plan: Sequence[tuple[Dimension, ...]], number: int = 1) -> Wave:
    survey = Survey(
        key="attacked",
        title=text("Attacked"),
        asked_by=text("A hostile author"),
        purpose=text("To learn what one person said."),
        pages=kind.pages,
        tables=tuple(PlannedTable(by=by) for by in ((), *plan)),
        adkar=kind.adkar,
    )
    return Wave(
        id=number_id(number),
        survey=survey,
        audience=Audience(),
        opens_at=NOON,
        closes_at=NOON + WEEK,
        state=WaveState.OPEN,
    )


def number_id(number: int) -> UUID:
    return UUID(int=number)


def choices(keys: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=text(key.upper())) for key in keys)


def _some(chance: random.Random, ways: Sequence[Profile]) -> Sequence[Profile]:
    """Two of the ways, or three: more cannot be tried one by one."""
    return chance.sample(ways, k=min(len(ways), chance.choice((2, 2, 3))))


def _one(question: Question, answers: Sequence[Answer], chance: random.Random) -> Kind:
    ways = [{question.key: answer} for answer in answers]
    return Kind(pages=(Page(questions=(question,)),), profiles=_some(chance, ways))


def boxes(chance: random.Random) -> Kind:
    question = SeveralChoice(
        key="q", prompt=text("Which?"), choices=choices("abcd"), required=False
    )
    return _one(question, [("a",), ("b",), ("a", "b"), ("a", "b", "c"), ("c", "d"), ()], chance)


def something_else(chance: random.Random) -> Kind:
    question = SingleChoice(key="q", prompt=text("Which?"), choices=choices("ab"), other=Other())
    ways = [{"q": "a"}, {"q": "b"}, {"q": "other", "q.other": "A third."}]
    return Kind(pages=(Page(questions=(question,)),), profiles=[ways[2], *_some(chance, ways[:2])])


def number(chance: random.Random) -> Kind:
    question = Number(key="q", prompt=text("How many hours?"), minimum=0, maximum=60)
    return _one(question, [0, 1, 2, 10, 60], chance)


def month(chance: random.Random) -> Kind:
    question = Date(
        key="q", prompt=text("Since when?"), minimum=date(2026, 1, 1), maximum=date(2026, 6, 30)
    )
    return _one(question, ["2026-01-07", "2026-03-02", "2026-06-30"], chance)


def ranking(chance: random.Random) -> Kind:
    question = Ranking(key="q", prompt=text("What first?"), choices=choices("abc"), top=3)
    ways: list[Answer] = [("a", "b", "c"), ("b", "a", "c"), ("c", "b", "a"), ("a",), ("b", "c")]
    return _one(question, ways, chance)


def pairs(chance: random.Random) -> Kind:
    question = Pairwise(key="q", prompt=text("Which of two?"), choices=choices("ab"), pairs=1)
    return _one(question, [("a>b",), ("b>a",), ("a=b",)], chance)


def promoters(chance: random.Random) -> Kind:
    ends = {0: text("Never"), 10: text("Certainly")}
    question = Scale(
        key="q", prompt=text("Would you?"), points=11, lowest=0, enps=True, labels=ends
    )
    return _one(question, [0, 3, 7, 9, 10], chance)


def statements(chance: random.Random) -> Kind:
    """Whoever says it of one says much the same of the other."""
    question = Matrix(
        key="m",
        prompt=text("How far do you agree?"),
        statements=(Statement(key="a", label=text("A")), Statement(key="b", label=text("B"))),
        labels=LABELS,
    )
    ways: list[Profile] = [{"m.a": a, "m.b": b} for a, b in ((1, 1), (2, 1), (4, 5), (5, 5))]
    return Kind(pages=(Page(questions=(question,)),), profiles=_some(chance, ways))


def adkar(chance: random.Random) -> Kind:
    keys = [element.key for element in ELEMENTS]
    scales = tuple(Scale(key=key, prompt=text(key), labels=LABELS) for key in keys)
    rated = ((5, 5, 5, 5, 5), (5, 4, 2, 2, 1), (2, 4, 4, 2, 1), (4, 3, 4, 4, 4))
    ways: list[Profile] = [dict(zip(keys, points, strict=True)) for points in rated]
    return Kind(pages=(Page(questions=scales),), profiles=_some(chance, ways), adkar=tuple(keys))


def optional(chance: random.Random) -> Kind:
    question = SingleChoice(
        key="q", prompt=text("For or against?"), choices=choices("ab"), required=False
    )
    ways: list[Profile] = [{"q": "a"}, {"q": "b"}, {}]
    return Kind(pages=(Page(questions=(question,)),), profiles=ways)


def asked_further(chance: random.Random) -> Kind:
    """A second page for those who said "a"."""
    first = SingleChoice(key="q", prompt=text("For or against?"), choices=choices("ab"))
    second = SingleChoice(key="r", prompt=text("Why?"), choices=choices("xy"))
    pages = (
        Page(questions=(first,)),
        Page(questions=(second,), show_if=Condition(question="q", any_of=("a",))),
    )
    return Kind(pages=pages, profiles=[{"q": "b"}, {"q": "a", "r": "x"}, {"q": "a", "r": "y"}])


def stopped(chance: random.Random) -> Kind:
    """Two questions that everybody answers alike; it is known who stopped after the first."""
    asked = [
        SingleChoice(key=key, prompt=text(f"For or against {key}?"), choices=choices("ab"))
        for key in "qr"
    ]
    return Kind(
        pages=tuple(Page(questions=(one,)) for one in asked),
        profiles=[{"q": "a", "r": "a"}, {"q": "b", "r": "b"}],
        fewer=[{"q": "a"}, {"q": "b"}],
    )


KINDS: Final[Mapping[str, Callable[[random.Random], Kind]]] = {
    "many boxes": boxes,
    "something else": something_else,
    "a number": number,
    "a day by month": month,
    "a ranking": ranking,
    "pairs": pairs,
    "net promoters": promoters,
    "statements that go together": statements,
    "ADKAR's barriers": adkar,
    "an optional question": optional,
    "a page that depends on an answer": asked_further,
    "who stopped halfway is known": stopped,
}
