"""Several people at once, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from governance.controls.answer_commands import HandOverSafeguards
from governance.controls.answer_messages import HandedOver, SafeguardDone
from governance.controls.model import AnswerState, AssessmentState
from governance.controls.running_commands import CloseAssessment
from governance.controls.running_messages import RunView
from governance.messages import Refused
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import rows
from tests.governance.controls.assessed import answer, opened, row
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, person
from tests.postgres import migrated_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgresql":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def test_the_last_two_answers_of_an_owner_at_once_end_the_request(town: Hall) -> None:
    which = await opened(town)
    done = await asyncio.gather(
        *(town.ask(TEACHER, answer(which, number)) for number in ("1.1", "1.2")),
        town.ask(OFFICE, answer(which, "2.1")),
    )
    assert all(isinstance(one, SafeguardDone) for one in done)
    first, other = await row(town, which, "1.1"), await row(town, which, "2.1")
    for one, email in ((first, TEACHER), (other, OFFICE)):
        who, ask = await person(town.core, email), one.ask
        assert ask is not None
        duty = await town.core.store.read(
            lambda tx, ask=ask, who=who: tx.duty("assess", ask, who.id)
        )
        assert duty is not None
        assert duty.done_at is not None, email
    assert set(await rows(town, "assess-done")) == {ISO}


async def test_an_answer_and_the_closing_at_once_leave_a_whole_assessment(town: Hall) -> None:
    which = await opened(town)
    said, closed = await asyncio.gather(
        town.ask(TEACHER, answer(which, "1.1")),
        town.ask(ISO, CloseAssessment(assessment_id=which, left=3)),
    )
    kept = await row(town, which, "1.1")
    assert isinstance(closed, RunView), closed
    assert closed.assessment.state is AssessmentState.CLOSED
    answered = isinstance(said, SafeguardDone)
    assert answered or isinstance(said, Refused)
    assert (kept.state is AnswerState.DONE) == answered


async def test_an_answer_and_a_handing_over_at_once_are_one_after_the_other(town: Hall) -> None:
    which = await opened(town)
    said, handed = await asyncio.gather(
        town.ask(TEACHER, answer(which, "1.1")),
        town.ask(TEACHER, HandOverSafeguards(assessment_id=which, number="1.1", to=CHAIR)),
    )
    kept, chair = await row(town, which, "1.1"), await person(town.core, CHAIR)
    if isinstance(handed, HandedOver):
        assert kept.owner == chair.id
        assert isinstance(said, Refused)
        assert kept.state is AnswerState.OPEN
    else:
        assert isinstance(handed, Refused)
        assert isinstance(said, SafeguardDone)
        assert kept.owner != chair.id
