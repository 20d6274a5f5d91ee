"""Choices in an order of one's own: the same wherever and whenever somebody is asked, and no part
of what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.jobs.composing import composing
from core.people import Audience, Platform
from core.text import text
from governance.access import Source
from governance.composing import compose
from scheduler.ports import Claimed
from surveys.commands import AnswerPage, LaunchSurvey, ShowPage
from surveys.messages import Answered, Invitation, QuestionPage
from surveys.questions import Choice, Question, SeveralChoice
from surveys.survey import Page, Survey
from tests.attacks.hall import Hall, hall
from tests.journeys.town import OFFICE, TEACHER, person

KEYS = "abcdefgh"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=30) as found:
        yield found


async def launch(town: Hall) -> UUID:
    asked = SeveralChoice(
        key="needs",
        prompt=text("What do you need?"),
        choices=tuple(Choice(key=key, label=text(key.upper())) for key in KEYS),
        random_order=True,
    )
    survey = Survey(
        key="needs",
        title=text("Needs"),
        asked_by=text("Computing Services"),
        purpose=text("To plan."),
        pages=(Page(questions=(asked,)),),
    )
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command.wave_id


def order(questions: tuple[Question, ...]) -> str:
    (question,) = questions
    assert isinstance(question, SeveralChoice)
    return "".join(choice.key for choice in question.choices)


async def invited(town: Hall, wave: UUID, kind: str, people: list[UUID]) -> list[str]:
    """The orders in which a batch of messages goes out."""
    batch = [
        Claimed(
            delivery_id=uuid4(),
            lane="slack",
            kind=kind,
            subject=wave,
            recipient=f"person:{one}",
            platform=Platform.SLACK,
            workspace="T1",
            conversation="D1",
            service_url=None,
            locale="en",
            timezone="America/Chicago",
            attempts=0,
        )
        for one in people
    ]
    found = []
    for message in await composing(town.core)(batch):
        assert isinstance(message, Invitation)
        found.append(order(message.inline))
    return found


async def test_one_order_in_the_invitation_its_reminder_the_form_and_the_inbox(town: Hall) -> None:
    wave = await launch(town)
    people = [(await person(town.core, who)).id for who in (TEACHER, OFFICE)]
    people += [uuid4() for _ in range(30)]
    orders = await invited(town, wave, "invitation", people)
    mine = orders[0]
    assert {"".join(sorted(one)) for one in orders} == {KEYS}
    # Eight orders for eight choices: two people share one as often as once in eight times.
    assert len(set(orders)) > 1, "not everybody of this town sees one order"
    assert await invited(town, wave, "reminder", people) == orders
    page = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert isinstance(page, QuestionPage)
    assert order(page.questions) == mine
    reader = await person(town.core, TEACHER)
    moment = town.clock()
    listed = await town.core.store.read(
        lambda tx: compose(tx, "invitation", wave, reader, None, moment)
    )
    assert isinstance(listed, Invitation)
    assert order(listed.inline) == mine, "in the inbox and on the home tab"


async def test_what_is_kept_tells_nothing_of_the_order(town: Hall) -> None:
    wave = await launch(town)
    page = await town.ask(TEACHER, ShowPage(wave_id=wave))
    shown = tuple(order(page.questions))
    given = AnswerPage(wave_id=wave, page=0, answers={"needs": shown[:4]})
    assert isinstance(await town.ask(TEACHER, given), Answered)
    (kept,) = await town.core.store.read(lambda tx: tx.open_responses(wave))
    assert kept.answers == {"needs": tuple(sorted(shown[:4]))}
    again = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert order(again.questions) == "".join(shown)
