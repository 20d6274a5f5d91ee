"""An assessment from its beginning to its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from governance.controls.answer_commands import AnswerNext, Applies
from governance.controls.answer_messages import AnswerForm, NothingLeft, SafeguardDone
from governance.controls.messages import SafeguardsAsked
from governance.controls.model import AnswerState
from governance.controls.running_commands import (
    OpenAssessment,
    ShowRun,
    Verdict,
)
from governance.controls.running_messages import (
    OwnerFinished,
    Reviewed,
)
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import rows
from tests.governance.controls.assessed import answer, begun, review, row
from tests.governance.test_composing import composed
from tests.journeys.town import ISO, OFFICE, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_owners_are_asked_once_each_and_the_iso_confirms(town: Hall) -> None:
    which = await begun(town)
    assert not await rows(town, "assess"), "nobody is asked about a draft"
    view = await town.ask(ISO, OpenAssessment(assessment_id=which, unowned=0))
    assert view.asked == 2
    assert set(await rows(town, "assess")) == {TEACHER, OFFICE}
    ask = (await row(town, which, "1.1")).ask
    assert ask is not None
    assert ask == (await row(town, which, "1.2")).ask
    told = await composed(town, "assess", ask, await person(town.core, TEACHER))
    assert isinstance(told, SafeguardsAsked)
    assert told.numbers == ("1.1", "1.2")

    form = await town.ask(TEACHER, AnswerNext(assessment_id=which))
    assert isinstance(form, AnswerForm)
    assert form.row.number == "1.1"
    done = await town.ask(TEACHER, answer(which, "1.1"))
    assert isinstance(done, SafeguardDone)
    assert (done.next, done.left) == ("1.2", 1)
    assert not await rows(town, "assess-done")
    no = answer(which, "1.2", applies=Applies.NO, why_not="There are no locks.")
    done = await town.ask(TEACHER, no)
    assert (done.next, done.left) == ("", 0)
    assert isinstance(await town.ask(TEACHER, AnswerNext(assessment_id=which)), NothingLeft)
    assert set(await rows(town, "assess-done")) == {ISO}
    told = await composed(town, "assess-done", ask, await person(town.core, ISO))
    assert isinstance(told, OwnerFinished)
    assert told.numbers == ("1.1", "1.2")

    view = await town.ask(ISO, ShowRun(assessment_id=which))
    ((control, waits),) = view.to_confirm
    assert (control.number, waits) == ("1", ("1.1", "1.2"))
    after = await review(town, which, "1.1", Verdict.CONFIRM)
    assert isinstance(after, Reviewed)
    assert (after.next, after.left) == ("1.2", 1)
    kept = await row(town, which, "1.1")
    assert kept.state is AnswerState.CONFIRMED
    assert kept.confirmed_by == (await person(town.core, ISO)).id
