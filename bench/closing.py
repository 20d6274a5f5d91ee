"""A large survey, answered by the whole district, whose closing is measured: twenty questions, and
tables by building and role, so that there are hundreds of small groups to look at. Meanwhile people
answer another survey."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import update

from bot.app.core import Core
from bot.conversation import Speaker
from core.people import Audience, Person, Platform
from core.text import text
from governance.access import Source
from storage.tables import participation
from storage.transaction import Transaction
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey
from surveys.disclosure import expected
from surveys.messages import Answered
from surveys.ports import Response
from surveys.questions import Answer, Choice, Question, Scale, SeveralChoice, SingleChoice
from surveys.survey import Dimension, Page, Participation, PlannedTable, Survey

from .district import approve

QUESTIONS = 20
_SKIPPED = 0.02
"""Of the answers: then who answered differs from question to question."""

MOST_SECONDS = 3.0
MOST_WAITED = 0.25

_WEIGHTS = {SingleChoice: (5, 3, 2, 1), SeveralChoice: (0.6, 0.4, 0.2, 0.1)}

# All tables at once are more than a launch offers: this is how long the worst takes.
expected.MOST_OFF = float("inf")

_TABLES = (
    (),
    (Dimension.ROLE,),
    (Dimension.LEVEL,),
    (Dimension.BUILDING,),
    (Dimension.ROLE, Dimension.LEVEL),
    (Dimension.BUILDING, Dimension.ROLE),
)


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds until a wave was closed, and the longest that one of so many ``others`` waited."""

    seconds: float
    waited: float
    others: int


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A wave that was closed: how many had answered, in how many buildings."""

    wave_id: UUID
    people: int
    buildings: int
    took: Took


def large_survey() -> Survey:
    """Scales and choices in turn."""
    return Survey(
        key="large",
        title=text("A large survey"),
        asked_by=text("Computing Services"),
        purpose=text("To see how long its closing takes."),
        pages=(Page(questions=tuple(map(_question, range(QUESTIONS)))),),
        tables=tuple(PlannedTable(by=by) for by in _TABLES),
    )


_OTHER = Survey(
    key="other",
    title=text("Another survey"),
    asked_by=text("Computing Services"),
    purpose=text("To be answered meanwhile."),
    pages=(Page(questions=(Scale(key="other", prompt=text("How is it?")),)),),
)
_OTHERS = 100


def _question(number: int) -> Question:
    key, prompt = f"q{number}", text(f"Question {number}?")
    choices = tuple(Choice(key=f"c{n}", label=text(f"Choice {n}")) for n in range(4))
    match number % 4:
        case 2:
            return SingleChoice(key=key, prompt=prompt, choices=choices)
        case 3:
            return SeveralChoice(key=key, prompt=prompt, choices=choices)
        case _:
            return Scale(key=key, prompt=prompt)


async def close_large(core: Core, share: float) -> Closed:
    """Asks everybody, has a share of them answer, and closes."""
    survey = large_survey()
    wave_id = await _launched(core, survey)
    everybody = await core.store.read(lambda tx: list(tx.people_of(Audience())))
    people = everybody[: max(100, round(share * len(everybody)))]
    await core.store.write(lambda tx: _answer(tx, wave_id, survey, people))
    return Closed(
        wave_id=wave_id,
        people=len(people),
        buildings=len({one.building for one in people}),
        took=await close(core, wave_id),
    )


async def _launched(core: Core, survey: Survey) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=core.now() + timedelta(days=4),
        despite_limit="To measure it.",
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    await approve(core)
    return command.wave_id


def _answer(tx: Transaction, wave_id: UUID, survey: Survey, people: Sequence[Person]) -> None:
    rng = Random(6)  # noqa: S311
    mood = {building: rng.gauss(0, 1) for building in sorted({one.building for one in people})}
    for one in people:
        given = {
            question.key: _answered(question, rng, mood[one.building])
            for question in survey.questions
            if rng.random() > _SKIPPED
        }
        tx.put_response(wave_id, one, Response(answers=given, complete=True))
    became = {"state": Participation.ANSWERED}
    mine = participation.c.wave_id == wave_id, participation.c.person_id.in_([p.id for p in people])
    tx.connection.execute(update(participation).where(*mine).values(became))


def _answered(question: Question, rng: Random, mood: float) -> Answer:
    match question:
        case Scale():
            return min(5, max(1, round(rng.gauss(3 + 0.6 * mood, 1.1))))
        case SingleChoice(choices=choices):
            return rng.choices([one.key for one in choices], _WEIGHTS[SingleChoice])[0]
        case SeveralChoice(choices=choices):
            chances = zip(choices, _WEIGHTS[SeveralChoice], strict=True)
            return tuple(one.key for one, p in chances if rng.random() < p) or (choices[0].key,)
        case _:
            raise TypeError(type(question).__name__)


async def close(core: Core, wave_id: UUID) -> Took:
    """Close a wave while others answer another survey, one after the other."""
    other = await _launched(core, _OTHER)
    people = await core.store.read(lambda tx: tx.some_waiting(other, _OTHERS))
    begun = time.perf_counter()
    closing = asyncio.create_task(
        core.dispatch.by_itself(CloseWave(wave_id=wave_id), Source.OPERATOR)
    )
    waited = []
    for one in itertools.cycle(people):
        asked = time.perf_counter()
        speaker = Speaker(platform=Platform.WEB, person=one)
        given = AnswerPage(wave_id=other, page=0, answers={"other": "4"})
        reply = await core.dispatch.handle(speaker, given)
        waited.append(time.perf_counter() - asked)
        assert isinstance(reply.message, Answered)
        if closing.done():
            break
    await closing
    return Took(seconds=time.perf_counter() - begun, waited=max(waited), others=len(waited))
