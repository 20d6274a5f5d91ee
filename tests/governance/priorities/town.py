"""A town in which staff compare pairs and add ideas."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from core.people import Audience
from governance.access import Source
from governance.priorities.commands import AddIdea
from governance.priorities.messages import IdeaReceived
from surveys.commands import LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.ports import Response
from surveys.priorities.commands import BeginPairs, ComparePair, Verdict
from surveys.priorities.messages import Comparing, Stage
from surveys.priorities.model import Idea, Ideas
from surveys.questions import Choice, Pair, Pairwise
from surveys.survey import Page
from tests.attacks.hall import Hall
from tests.bot.samples.priority import FIRST
from tests.journeys.town import CHAIR, OFFICE, TEACHER, example, person

DAYS = 4


async def launched(town: Hall, *emails: str, pages: tuple[Page, ...] = ()) -> UUID:
    survey = next(s for s in example().surveys if s.key == "weekly-pulse")
    wave = uuid4()
    command = LaunchSurvey(
        wave_id=wave,
        survey=replace(survey, pages=pages or (Page(questions=(FIRST,)),)),
        audience=Audience(people=frozenset(emails or (TEACHER, OFFICE, CHAIR))),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        despite_limit="A test",
    )
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, WaveLaunched), reply.message
    return wave


async def pair(town: Hall, wave: UUID, who: str = TEACHER, page: int = 0) -> Pair:
    """The pair in front of somebody."""
    shown = await town.ask(who, BeginPairs(wave_id=wave, page=page))
    return sides(shown)


def sides(shown: object) -> Pair:
    assert isinstance(shown, Comparing), shown
    assert shown.stage is Stage.PAIR, shown.stage
    assert shown.pair is not None
    one, other = shown.pair
    return one.key, other.key


def says(wave: UUID, shown: Pair, verdict: Verdict = Verdict.ONE, page: int = 0) -> ComparePair:
    return ComparePair(wave_id=wave, page=page, one=shown[0], other=shown[1], verdict=verdict)


async def compares(
    town: Hall, wave: UUID, who: str = TEACHER, verdict: Verdict = Verdict.ONE
) -> Any:
    """Somebody compares all of their pairs: what they are shown in the end."""
    shown: Any = await town.ask(who, BeginPairs(wave_id=wave, page=0))
    while isinstance(shown, Comparing):
        shown = await town.ask(who, says(wave, sides(shown), verdict))
    return shown


async def kept(town: Hall, wave: UUID, who: str = TEACHER) -> Any:
    """Their response: what they answered to pairs is a row of strings."""
    someone = await person(town.core, who)
    found = await town.core.store.read(lambda tx: tx.response(wave, someone.id))
    return found or Response(answers={}, complete=False)


async def adds(town: Hall, wave: UUID, text: str, who: str = TEACHER) -> Idea:
    """Somebody adds an idea. Nothing says whose it is: it is the one that was not there before."""
    before = {one.id for one in await ideas(town, wave)}
    said = await town.ask(who, AddIdea(wave_id=wave, page=0, text=text))
    assert isinstance(said, IdeaReceived), said
    (new,) = [one for one in await ideas(town, wave) if one.id not in before]
    return new


async def ideas(town: Hall, wave: UUID) -> list[Idea]:
    return list(await town.core.store.read(lambda tx: tx.ideas(wave)))


async def choices(town: Hall, wave: UUID) -> tuple[Choice, ...]:
    found = await town.core.store.read(lambda tx: tx.wave(wave))
    assert found is not None
    question = next(one for one in found.survey.questions if one.key == FIRST.key)
    assert isinstance(question, Pairwise)
    return question.choices


def taking(**changed: Any) -> Pairwise:
    ideas = Ideas(moderator=CHAIR, days=DAYS)
    return replace(FIRST, **{"ideas": ideas, **changed})
