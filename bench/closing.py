"""A large survey, answered by the whole district, whose closing is measured: twenty questions, and
tables by building and role, so that the gate has hundreds of small groups to look at."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import update

from bot.core import Core
from governance.access import Source
from storage.tables import participation
from storage.transaction import Transaction
from surveys.commands import CloseWave, LaunchSurvey
from surveys.disclosure import expected
from surveys.people import Audience, Person
from surveys.ports import Response
from surveys.questions import Answer, Choice, Question, Scale, SeveralChoice, SingleChoice
from surveys.survey import Dimension, Page, Participation, PlannedTable, Survey
from surveys.words import text

QUESTIONS = 20
_SKIPPED = 0.02
"""Of the answers: then who answered differs from question to question, and each is suppressed by
itself."""

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
class Closed:
    """A wave that was closed: how many had answered, in how many buildings; seconds until it was
    released and sealed, and how long somebody's write waited for it."""

    wave_id: UUID
    people: int
    buildings: int
    seconds: float
    waited: float


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
    survey, wave_id = large_survey(), uuid4()
    command = LaunchSurvey(
        wave_id=wave_id,
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=core.now() + timedelta(days=4),
        despite_limit="To measure it.",
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    everybody = await core.store.read(lambda tx: list(tx.people_of(Audience())))
    people = everybody[: max(100, round(share * len(everybody)))]
    await core.store.write(lambda tx: _answer(tx, wave_id, survey, people))
    seconds, waited = await close(core, wave_id)
    return Closed(
        wave_id=wave_id,
        people=len(people),
        buildings=len({one.building for one in people}),
        seconds=seconds,
        waited=waited,
    )


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


async def close(core: Core, wave_id: UUID) -> tuple[float, float]:
    """Seconds until a wave is closed and sealed, and how long somebody's write waited for it."""
    begun = time.perf_counter()
    closing = asyncio.create_task(
        core.dispatch.by_itself(CloseWave(wave_id=wave_id), Source.OPERATOR)
    )
    await asyncio.sleep(0.01)
    asked = time.perf_counter()
    await core.store.write(lambda tx: tx.first_time(f"{wave_id} meanwhile", core.now()))
    waited = time.perf_counter() - asked
    await closing
    return time.perf_counter() - begun, waited
