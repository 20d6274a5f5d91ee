"""A survey that was asked, answered and closed in the town, with committees that get its tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from bot.conversation import Speaker
from core.people import Audience, Person, Platform
from governance.access import Source
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey
from surveys.messages import Answered
from surveys.survey import Dimension, PlannedTable
from tests.attacks.hall import Hall
from tests.journeys.town import example

HOSTILE = (
    '=HYPERLINK("http://evil.example","see")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\u200b=1+1",
    "＝1",
    '"; DROP',
    "two\nlines, and a comma",
)
"""Comments that a spreadsheet would do something with."""


async def asked(town: Hall, staff: int, *, committees: tuple[str, ...] = ("network",)) -> UUID:
    """A pulse to ``staff`` people, whose tables two committees' members may see."""
    pulse = next(s for s in example().surveys if s.key == "weekly-pulse")
    people = list(await town.core.store.read(lambda tx: tx.people_of(Audience())))[:staff]
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=replace(
            pulse,
            tables=(PlannedTable(), PlannedTable(by=(Dimension.ROLE,))),
            committees=committees,
        ),
        audience=Audience(people=frozenset(one.email for one in people)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        despite_limit="These people are asked one survey after another.",
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    for place, one in enumerate(people):
        await _answer(town, command.wave_id, one, place)
    return command.wave_id


async def closed(town: Hall, staff: int = 60) -> UUID:
    wave = await asked(town, staff)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    return wave


async def _answer(town: Hall, wave: UUID, who: Person, place: int) -> None:
    note = HOSTILE[place % len(HOSTILE)]
    answers = {"week": str(1 + place % 5), "help": "yes" if place % 3 else "no", "note": note}
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    reply = await town.core.dispatch.handle(
        speaker, AnswerPage(wave_id=wave, page=0, answers=answers)
    )
    assert isinstance(reply.message, Answered), reply.message
