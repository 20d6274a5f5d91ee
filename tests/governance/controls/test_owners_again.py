"""Other owners are named while an assessment is open and some of it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from governance.controls.answer_commands import KeepAnswer, ShowAnswerForm
from governance.controls.answer_messages import AnswerForm, SafeguardDone, SafeguardView
from governance.controls.commands import ShowSafeguard
from governance.controls.model import AnswerState
from governance.controls.running_commands import NameOwners, Verdict
from governance.controls.running_messages import OwnersForm, RunView
from governance.messages import Refused
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import rows
from tests.governance.controls.assessed import answer, opened, review, row
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_a_controls_line_leaves_alone_what_is_answered(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    await town.ask(TEACHER, answer(which, "1.1"))
    teacher, office = await person(town.core, TEACHER), await person(town.core, OFFICE)
    named = NameOwners(assessment_id=which, owners=f"1 {OFFICE}")
    assert isinstance(await town.ask(ISO, named), RunView)
    done = await row(town, which, "1.1")
    assert (done.owner, done.state) == (teacher.id, AnswerState.DONE)
    assert (await row(town, which, "1.2")).owner == office.id
    shows = ShowSafeguard(assessment_id=which, number="1.1")
    assert isinstance(await town.ask(TEACHER, shows), SafeguardView)
    assert isinstance(await town.ask(OFFICE, shows), Refused)
    assert isinstance(await town.ask(OFFICE, answer(which, "1.1", 5)), Refused)

    await town.ask(OFFICE, answer(which, "1.2"))
    form = await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1 {CHAIR}"))
    assert isinstance(form, OwnersForm)
    assert "all of {said} is answered" in form.unfit["owners"].why


@pytest.mark.parametrize("confirmed", [False, True])
async def test_an_answered_one_named_by_its_number_is_asked_again(
    town: Hall, confirmed: bool
) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    await town.ask(TEACHER, answer(which, "1.1", 2, evidence="The procedure"))
    if confirmed:
        await review(town, which, "1.1", Verdict.CONFIRM)
    teacher, chair = await person(town.core, TEACHER), await person(town.core, CHAIR)
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.1 {CHAIR}"))
    again = await row(town, which, "1.1")
    assert (again.owner, again.state) == (chair.id, AnswerState.OPEN)
    assert (again.answered_by, again.confirmed_by) == (teacher.id, None)
    assert again.taken_over
    assert CHAIR in await rows(town, "assess")
    form = await town.ask(CHAIR, ShowAnswerForm(assessment_id=which, number="1.1"))
    assert isinstance(form, AnswerForm)
    assert (form.policy, form.evidence) == ("2", "The procedure")
    keeps = KeepAnswer(assessment_id=which, number="1.1", seen=form.seen)
    assert isinstance(await town.ask(CHAIR, keeps), SafeguardDone)
    kept = await row(town, which, "1.1")
    assert (kept.state, kept.answered_by) == (AnswerState.DONE, chair.id)


async def test_the_same_owner_again_changes_nothing(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    await town.ask(TEACHER, answer(which, "1.1"))
    before = await row(town, which, "1.1")
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.1 {TEACHER}"))
    assert await row(town, which, "1.1") == before
