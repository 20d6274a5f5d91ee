"""Other owners are named while an assessment is open and some of it is answered."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.people import Role
from governance.controls.answer_commands import (
    AnswerSafeguard,
    HandOverSafeguards,
    HandsOver,
    KeepAnswer,
)
from governance.controls.answer_messages import (
    HandedOver,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.commands import ShowSafeguard
from governance.controls.model import AnswerState
from governance.controls.running_commands import NameOwners, Verdict
from governance.controls.running_messages import OwnersForm, RunView, SafeguardsHandedOver
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from storage.ledger_tables import delivery
from storage.tables import person as people
from tests.attacks.hall import Hall
from tests.governance.announcements.test_campaigning import audited, rows
from tests.governance.controls.assessed import answer, carried, opened, review, row
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, person


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
    form = await town.ask(CHAIR, Open(of=AnswerSafeguard(assessment_id=which, number="1.1")))
    assert isinstance(form, FormView)
    assert (form.values["policy"], form.values["evidence"]) == ("2", "The procedure")
    keeps = KeepAnswer(assessment_id=which, number="1.1", seen=carried(form).seen)
    assert isinstance(await town.ask(CHAIR, keeps), SafeguardDone)
    kept = await row(town, which, "1.1")
    assert (kept.state, kept.answered_by) == (AnswerState.DONE, chair.id)


async def test_the_same_owner_again_changes_nothing(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    await town.ask(TEACHER, answer(which, "1.1"))
    before = await row(town, which, "1.1")
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.1 {TEACHER}"))
    assert await row(town, which, "1.1") == before


# -- handed over by their owners -----------------------------------------------------------------


async def test_the_iso_hears_who_handed_over_what_and_no_score(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    everything = HandOverSafeguards(
        assessment_id=which, number="1.1", to=CHAIR, which=HandsOver.ALL
    )
    assert isinstance(await town.ask(TEACHER, everything), HandedOver)
    assert set(await rows(town, "assess-handed")) == {ISO}
    chair, teacher = await person(town.core, CHAIR), await person(town.core, TEACHER)
    ask = (await row(town, which, "1.1")).ask
    assert ask is not None
    told = await composed(town, "assess-handed", ask, await person(town.core, ISO))
    assert isinstance(told, SafeguardsHandedOver)
    assert (told.by, told.to, told.numbers) == ((teacher.name,), chair.name, ("1.1", "1.2"))
    assert await composed(town, "assess-handed", ask, chair) is None
    lines = [one for one in await audited(town) if "handed over" in one]
    assert lines == [f"safeguards handed over to {chair.id}: SC 1.1, 1.2"]

    again = HandOverSafeguards(assessment_id=which, number="2.1", to=CHAIR)
    assert isinstance(await town.ask(OFFICE, again), HandedOver)
    each = select(func.count()).select_from(delivery).where(delivery.c.kind == "assess-handed")
    assert await town.core.store.read(lambda tx: tx.connection.execute(each).scalar()) == 2


async def test_what_the_iso_hands_over_or_gets_is_no_news_to_them(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {ISO}")
    await town.ask(ISO, HandOverSafeguards(assessment_id=which, number="2.1", to=CHAIR))
    await town.ask(TEACHER, HandOverSafeguards(assessment_id=which, number="1.1", to=ISO))
    assert not await rows(town, "assess-handed")


@pytest.mark.parametrize("role", [Role.BOARD, Role.STUDENT])
async def test_neither_a_board_member_nor_a_student_gets_a_safeguard(
    town: Hall, role: Role
) -> None:
    which = await opened(town)
    chair = await person(town.core, CHAIR)
    becomes = people.update().where(people.c.id == chair.id).values(role=role)
    await town.core.store.write(lambda tx: tx.connection.execute(becomes).rowcount)
    form = await town.ask(TEACHER, HandOverSafeguards(assessment_id=which, number="1.1", to=CHAIR))
    assert isinstance(form, FormView)
    assert set(form.unfit) == {"to"}


async def test_a_first_line_that_names_a_control_in_words_is_not_taken_for_a_header(
    town: Hall,
) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    typed = f"Control 1 Naomi Whitehorse\n2.1 {CHAIR}"
    form = await town.ask(ISO, NameOwners(assessment_id=which, owners=typed))
    assert isinstance(form, OwnersForm)
    assert form.unfit["owners"].values["line"] == 1
    header = f"Number,Owner,Due\n2.1,{CHAIR}"
    assert isinstance(await town.ask(ISO, NameOwners(assessment_id=which, owners=header)), RunView)
