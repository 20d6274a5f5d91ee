"""An assessment from its beginning to its end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from bot.cards import card_of
from core.people import Platform
from core.words import Words
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    Applies,
    HandOverSafeguards,
    HandsOver,
    KeepAnswer,
)
from governance.controls.answer_messages import (
    HandedOver,
    NothingLeft,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.answering import CONFIRMED, CONFIRMED_MEANWHILE
from governance.controls.commands import ShowPractices, ShowSafeguard
from governance.controls.messages import SafeguardsAsked
from governance.controls.model import (
    LONGEST_EVIDENCE,
    AnswerState,
    AssessmentState,
    Dimension,
    Framework,
)
from governance.controls.running_commands import (
    CloseAssessment,
    ConfirmControl,
    DropAssessment,
    NameOwners,
    OpenAssessment,
    ReviewNext,
    ReviewSafeguard,
    ShowClosing,
    ShowControlReview,
    ShowOpening,
    ShowRun,
    Verdict,
    WriteAssessment,
)
from governance.controls.running_messages import (
    ClosingView,
    ControlReview,
    OpeningView,
    OwnerFinished,
    OwnersForm,
    Reviewed,
    RunView,
)
from governance.controls.starting import CLOSED, NOT_A_DRAFT
from governance.duties.commands import TendDuties
from governance.duties.model import Duty
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.refusals import GONE
from scheduler.ports import Sent
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, ledger_of
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import audited, leave, rows
from tests.governance.announcements.test_editing import shown
from tests.governance.controls.assessed import (
    DUE,
    answer,
    begun,
    brought_in,
    carried,
    opened,
    review,
    row,
)
from tests.governance.controls.frameworks import SMALL
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

STALE = "more than a year ago"


async def mornings(town: Hall, days: int) -> None:
    for _ in range(days):
        town.clock.moved += timedelta(days=1)
        await town.core.dispatch.by_itself(TendDuties())


async def duty(town: Hall, ask: UUID | None, email: str) -> Duty:
    assert ask is not None
    who = await person(town.core, email)
    found = await town.core.store.read(lambda tx: tx.duty("assess", ask, who.id))
    assert found is not None
    return found


def refused(message: object) -> str:
    assert isinstance(message, Refused), message
    return message.why.why


# -- from the beginning to the end ---------------------------------------------------------------


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
    assert await composed(town, "assess", ask, await person(town.core, OFFICE)) is None

    form = await town.ask(TEACHER, AnswerNext(assessment_id=which))
    assert isinstance(form, FormView)
    assert carried(form).number == "1.1"
    done = await town.ask(TEACHER, answer(which, "1.1"))
    assert isinstance(done, SafeguardDone)
    assert (done.next, done.left) == ("1.2", 1)
    assert not await rows(town, "assess-done")
    no = answer(which, "1.2", applies=Applies.NO, why_not="There are no locks.")
    done = await town.ask(TEACHER, no)
    assert (done.next, done.left) == ("", 0)
    kept = await row(town, which, "1.2")
    assert kept.answer.scores == {}, "what does not apply has no score"
    assert isinstance(await town.ask(TEACHER, AnswerNext(assessment_id=which)), NothingLeft)
    assert set(await rows(town, "assess-done")) == {ISO}
    told = await composed(town, "assess-done", ask, await person(town.core, ISO))
    assert isinstance(told, OwnerFinished)
    assert told.numbers == ("1.1", "1.2")
    mine = await duty(town, ask, TEACHER)
    assert mine.done_at is not None

    view = await town.ask(ISO, ShowRun(assessment_id=which))
    ((control, waits),) = view.to_confirm
    assert (control.number, waits) == ("1", ("1.1", "1.2"))
    after = await review(town, which, "1.1", Verdict.CONFIRM)
    assert isinstance(after, Reviewed)
    assert (after.next, after.left) == ("1.2", 1)
    kept = await row(town, which, "1.1")
    assert kept.state is AnswerState.CONFIRMED
    assert kept.confirmed_by == (await person(town.core, ISO)).id


async def test_who_does_not_answer_is_reminded_and_who_did_is_not(town: Hall) -> None:
    which = await opened(town)
    await town.ask(OFFICE, answer(which, "2.1"))
    await mornings(town, 30)
    assert set(await rows(town, "assess-again")) == {TEACHER}


async def test_what_nobody_owns_is_the_isos_once_that_was_said(town: Hall) -> None:
    which = await begun(town, owners=f"2.1 {OFFICE}")
    view = await town.ask(ISO, OpenAssessment(assessment_id=which, unowned=0))
    assert isinstance(view, OpeningView), "it is said first"
    assert view.unowned == ("1.1", "1.2")
    assert not await rows(town, "assess")
    await town.ask(ISO, OpenAssessment(assessment_id=which, unowned=2))
    assert set(await rows(town, "assess")) == {ISO, OFFICE}
    assert (await row(town, which, "1.2")).owner == (await person(town.core, ISO)).id


async def test_a_closed_assessment_says_what_was_missing_and_never_changes(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    await review(town, which, "1.1", Verdict.CONFIRM)
    await town.ask(OFFICE, answer(which, "2.1"))
    said = await town.ask(ISO, ShowClosing(assessment_id=which))
    assert isinstance(said, ClosingView)
    assert (said.unassessed, said.unconfirmed) == (("1.2",), ("2.1",))
    again = await town.ask(ISO, CloseAssessment(assessment_id=which, left=1))
    assert isinstance(again, ClosingView), "another number than was said closes nothing"
    closed = await town.ask(ISO, CloseAssessment(assessment_id=which, left=2))
    assert closed.assessment.state is AssessmentState.CLOSED
    ask = (await row(town, which, "1.2")).ask
    left = await duty(town, ask, TEACHER)
    assert left.let_go_at is not None, "nobody is asked anymore"
    await mornings(town, 40)
    assert not await rows(town, "assess-again")
    for who, command in (
        (TEACHER, answer(which, "1.2")),
        (TEACHER, HandOverSafeguards(assessment_id=which, number="1.2", to=OFFICE)),
        (ISO, NameOwners(assessment_id=which, owners=f"1.2 {OFFICE}")),
        (ISO, ConfirmControl(assessment_id=which, control="2", seen=10**14)),
        (ISO, ReviewSafeguard(assessment_id=which, number="2.1", seen=0)),
        (ISO, CloseAssessment(assessment_id=which, left=2)),
    ):
        assert refused(await town.ask(who, command)) == CLOSED
    assert refused(await town.ask(ISO, DropAssessment(assessment_id=which))) == NOT_A_DRAFT
    kept = await town.ask(TEACHER, ShowSafeguard(assessment_id=which, number="1.1"))
    assert isinstance(kept, SafeguardView), "its owner still sees it"
    assert not kept.answers


async def test_a_draft_can_be_edited_and_deleted(town: Hall) -> None:
    which = await begun(town)
    edited = WriteAssessment(
        framework="small",
        assessment_id=which,
        name="Spring",
        group="g2",
        controls=("1",),
        due=date(2026, 11, 9),
    )
    view = await town.ask(ISO, edited)
    assert isinstance(view, RunView)
    assert (view.assessment.name, view.total) == ("Spring", 3)
    assert (await row(town, which, "1.1")).owner == (await person(town.core, TEACHER)).id
    assert (await row(town, which, "1.1")).due == date(2026, 11, 9)
    assert view.unowned == ("1.10",)
    assert (
        refused(await town.ask(TEACHER, ShowSafeguard(assessment_id=which, number="1.1"))) == GONE
    )
    await town.ask(ISO, DropAssessment(assessment_id=which))
    assert refused(await town.ask(ISO, ShowRun(assessment_id=which))) == GONE


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"due": None}, "due"),
        ({"due": date(2026, 10, 5)}, "due"),
        ({"due": date(2026, 10, 10)}, "due"),  # a Saturday
        ({"group": "g3"}, "group"),
        ({"controls": ("3",)}, "controls"),
        ({"version": "9"}, "version"),
        ({"committee": "nobody"}, "committee"),
    ],
)
async def test_a_form_says_what_does_not_fit(
    town: Hall, wrong: dict[str, object], key: str
) -> None:
    await brought_in(town)
    given: dict[str, object] = {"name": "Winter", "group": "g1", "due": DUE} | wrong
    command = WriteAssessment(framework="small", assessment_id=uuid4(), **given)  # type: ignore[arg-type]
    form = await town.ask(ISO, command)
    assert isinstance(form, FormView)
    assert set(form.unfit) == {key}
    assert not await town.core.store.read(lambda tx: tx.assessments())


# -- naming owners -------------------------------------------------------------------------------


async def test_lines_and_files_name_owners_and_later_lines_win(town: Hall) -> None:
    which = await begun(town, owners="")
    text = (
        "\ufeffsafeguard,owner,due\n"
        f"1,{CHAIR.upper()}\n"
        "\n# the rest\n"
        f'"1.2";"{TEACHER}";11/5/2026\n'
        f"SC 2.1 {OFFICE} 2026-11-04\r\n"
    )
    view = await town.ask(ISO, NameOwners(assessment_id=which, owners=text))
    assert isinstance(view, RunView), view
    assert view.unowned == ()
    found = {n: await row(town, which, n) for n in ("1.1", "1.2", "2.1")}
    owners = [(await person(town.core, one)).id for one in (CHAIR, TEACHER, OFFICE)]
    assert [one.owner for one in found.values()] == owners
    assert [one.due for one in found.values()] == [DUE, date(2026, 11, 5), date(2026, 11, 4)]


async def test_a_full_name_names_an_owner_too(town: Hall) -> None:
    which = await begun(town, owners="")
    teacher, office = await person(town.core, TEACHER), await person(town.core, OFFICE)
    text = f"1.1,{teacher.name.upper()},2026-11-05\n2.1 {office.name}"
    view = await town.ask(ISO, NameOwners(assessment_id=which, owners=text))
    assert isinstance(view, RunView), view
    found = [await row(town, which, n) for n in ("1.1", "2.1")]
    assert [one.owner for one in found] == [teacher.id, office.id]
    assert [one.due for one in found] == [date(2026, 11, 5), DUE]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1.1 Nobody Atall", "has the name"),
        ("1.1 2026-11-05", "write a number and an address"),
        ("1.1", "write a number and an address"),
        ("4.99 {teacher}", "is not in this assessment"),
        ("1.10 {teacher}", "is not in this assessment"),
        ("1.1 nobody@example.org", "nobody on the staff roster"),
        ("1.1 {teacher} 2026-10-01", "within the next two years"),
        ("1.1 {teacher} 2026-11-07", "within the next two years"),
        ("1.1 {teacher} tomorrow", "write the due date like"),
        ("1.1 {teacher} 2026-11-09 and", "write the due date like"),
        ("<script> {teacher}", "is not in this assessment"),
        ("", "at least one line"),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_is_lost(town: Hall, line: str, why: str) -> None:
    which = await begun(town)
    said = line.format(teacher=TEACHER)
    text = f"# first\n2.1 {TEACHER}\n{said}" if line else ""
    form = await town.ask(ISO, NameOwners(assessment_id=which, owners=text))
    assert isinstance(form, OwnersForm)
    assert form.owners == text
    assert why in form.unfit["owners"].why
    if line:
        assert form.unfit["owners"].values["line"] == 3
    assert (await row(town, which, "2.1")).owner == (await person(town.core, OFFICE)).id


async def test_somebody_who_left_can_own_nothing_and_their_own_has_no_owner(town: Hall) -> None:
    which = await opened(town)
    ask = (await row(town, which, "2.1")).ask
    await leave(town, OFFICE)
    await mornings(town, 1)
    gone = await duty(town, ask, OFFICE)
    assert gone.let_go_at is not None
    view = await town.ask(ISO, ShowRun(assessment_id=which))
    assert view.unowned == ("2.1",)
    form = await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.1 {OFFICE}"))
    assert "no longer" in form.unfit["owners"].why
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"2.1 {CHAIR}"))
    assert set(await rows(town, "assess")) == {TEACHER, OFFICE, CHAIR}


async def test_a_new_owner_is_asked_and_the_old_one_let_go(town: Hall) -> None:
    which = await opened(town)
    ask = (await row(town, which, "2.1")).ask
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"2.1 {CHAIR}"))
    old, new = await duty(town, ask, OFFICE), await row(town, which, "2.1")
    assert old.let_go_at is not None
    assert new.ask != ask
    theirs = await duty(town, new.ask, CHAIR)
    assert theirs.open


async def test_what_gets_another_day_is_asked_for_though_that_days_request_is_done(
    town: Hall,
) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2.1 {OFFICE}")
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.2 {TEACHER} 2026-11-16"))
    await town.ask(TEACHER, answer(which, "1.1"))
    assert (await duty(town, (await row(town, which, "1.1")).ask, TEACHER)).done_at is not None
    town.clock.moved += timedelta(days=1)
    await town.ask(ISO, NameOwners(assessment_id=which, owners=f"1.2 {TEACHER} {DUE}"))
    moved = await row(town, which, "1.2")
    assert moved.due == DUE
    assert (await duty(town, moved.ask, TEACHER)).open
    await mornings(town, 30)
    assert set(await rows(town, "assess-again")) == {TEACHER, OFFICE}


async def test_somebody_on_leave_is_asked_when_they_are_back(town: Hall) -> None:
    which = await begun(town)
    who = await person(town.core, OFFICE)
    away = (date(2026, 10, 1), date(2026, 10, 9))
    await town.core.store.write(lambda tx: tx.put_leave(who.id, away))
    await town.ask(ISO, OpenAssessment(assessment_id=which, unowned=0))
    assert set(await rows(town, "assess")) == {TEACHER}
    await mornings(town, 7)
    assert set(await rows(town, "assess")) == {TEACHER, OFFICE}


# -- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "keys"),
    [
        ({"applies": None}, {"applies"}),
        ({"applies": Applies.NO}, {"why_not"}),
        ({"policy": "", "reported": "6"}, {"policy", "reported"}),
        ({"automated": "0"}, {"automated"}),
        ({"evidence": "x" * (LONGEST_EVIDENCE + 1)}, {"evidence"}),
        ({"next_step": "x" * 100_000}, {"next_step"}),
    ],
)
async def test_an_answer_that_does_not_fit_is_shown_again_whole(
    town: Hall, wrong: dict[str, object], keys: set[str]
) -> None:
    which = await opened(town)
    command = replace(answer(which, "1.1"), **wrong)  # type: ignore[arg-type]
    form = await town.ask(TEACHER, command)
    assert isinstance(form, FormView)
    assert set(form.unfit) == keys
    assert {one: form.values[one.value] for one in Dimension} == command.scores
    assert form.values["evidence"] == command.evidence
    assert (await row(town, which, "1.1")).state is AnswerState.OPEN


async def test_personal_data_is_asked_about_before_it_is_kept(town: Hall) -> None:
    which = await opened(town)
    said = answer(which, "1.1", evidence="Call 701-555-0142 for it.")
    said = replace(said, put_back=replace(said.put_back, seen=""))
    form = await town.ask(TEACHER, said)
    assert isinstance(form, FormView)
    assert form.doubt is not None
    assert form.values["evidence"] == "Call 701-555-0142 for it."
    kept = replace(said, put_back=replace(said.put_back, seen=form.doubt.seen))
    assert isinstance(await town.ask(TEACHER, kept), SafeguardDone)
    assert "0142" not in (await row(town, which, "1.1")).answer.evidence


async def test_a_link_is_no_name_and_a_phone_number_in_one_is_still_asked_about(
    town: Hall,
) -> None:
    which = await opened(town)
    said = answer(which, "1.1", evidence="https://wiki.example.org/list is the list.")
    said = replace(said, put_back=replace(said.put_back, seen=""))
    assert isinstance(await town.ask(TEACHER, said), SafeguardDone)
    kept = await row(town, which, "1.1")
    assert kept.answer.evidence == "https://wiki.example.org/list is the list."
    phone = replace(said, evidence="https://wiki.example.org/?q=701-555-0142 ⟦0⟧⟦7⟧")
    form = await town.ask(TEACHER, phone)
    assert isinstance(form, FormView)
    assert form.doubt is not None


async def test_a_confirmed_answer_stays_until_it_is_sent_back(town: Hall) -> None:
    which = await opened(town)
    await town.ask(OFFICE, answer(which, "2.1"))
    await review(town, which, "2.1", Verdict.CONFIRM)
    late = await town.ask(OFFICE, answer(which, "2.1", score=5))
    assert isinstance(late, FormView)
    assert late.unfit["applies"].why == CONFIRMED_MEANWHILE
    assert late.values["policy"] == "5", "what was chosen is still there"
    form = Open(of=AnswerSafeguard(assessment_id=which, number="2.1"))
    assert refused(await town.ask(OFFICE, form)) == CONFIRMED
    first = (await row(town, which, "2.1")).ask
    without = await review(town, which, "2.1", Verdict.SEND_BACK)
    assert isinstance(without, FormView)
    assert set(without.unfit) == {"word"}
    back = await review(town, which, "2.1", Verdict.SEND_BACK, "Where is the list?")
    assert isinstance(back, Reviewed)
    kept = await row(town, which, "2.1")
    assert kept.state is AnswerState.SENT_BACK
    assert kept.confirmed_at is None
    assert kept.ask is not None
    assert kept.ask != first, "it is asked anew"
    told = await composed(town, "assess", kept.ask, await person(town.core, OFFICE))
    assert isinstance(told, SafeguardsAsked)
    assert told.sent_back == ("2.1",)
    shown = await town.ask(OFFICE, form)
    assert "Where is the list?" in str(card_of(shown, Words()).parts)
    assert isinstance(await town.ask(OFFICE, answer(which, "2.1")), SafeguardDone)
    assert (await row(town, which, "2.1")).answer.word == ""


async def test_the_press_of_a_request_opens_what_that_request_asks_for(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.2"))
    await review(town, which, "1.2", Verdict.SEND_BACK, "Where is the list?")
    first, back = (await row(town, which, "1.1")).ask, (await row(town, which, "1.2")).ask
    form = await town.ask(TEACHER, AnswerNext(assessment_id=which, ask=back))
    assert carried(form).number == "1.2"
    form = await town.ask(TEACHER, AnswerNext(assessment_id=which, ask=first))
    assert carried(form).number == "1.1"
    form = await town.ask(TEACHER, AnswerNext(assessment_id=which))
    assert carried(form).number == "1.2", "what was sent back comes first"


async def test_a_request_lists_what_still_waits(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    ask = (await row(town, which, "1.1")).ask
    assert ask is not None
    told = await composed(town, "assess", ask, await person(town.core, TEACHER))
    assert isinstance(told, SafeguardsAsked)
    assert (told.numbers, told.done) == (("1.2",), 1)
    await town.ask(TEACHER, answer(which, "1.2"))
    await review(town, which, "1.1", Verdict.CONFIRM)
    iso = await person(town.core, ISO)
    finished = await composed(town, "assess-done", ask, iso)
    assert isinstance(finished, OwnerFinished)
    assert (finished.numbers, finished.assessed, finished.in_all) == (("1.2",), 2, 1)


async def test_home_says_as_many_answers_wait_as_the_page_of_the_assessment(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    arrived = update(delivery).where(delivery.c.kind == "assess-done").values(state="sent")
    await town.core.store.write(lambda tx: tx.connection.execute(arrived))
    name = (await person(town.core, TEACHER)).name
    async with browser(town, ISO) as page:
        home = (await page.get("/")).text
        assert f"{name} has assessed 2 safeguards<" in home, "these are all that wait"
        await town.ask(OFFICE, answer(which, "2.1"))
        home = (await page.get("/")).text
        assert f"{name} has assessed 2 safeguards · 3 answers wait for you to confirm" in home
        assert "Confirm 3 answers" in (await page.get(f"/practices/{which}")).text


async def test_a_message_in_a_chat_says_what_is_left_of_its_request(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    assert not await rows(town, "assess-now"), "what was not sent says so when it is"
    in_chat = {"state": "sent", "platform": Platform.TEAMS, "reference": "1"}
    sent = update(delivery).where(delivery.c.kind == "assess").values(in_chat)
    await town.core.store.write(lambda tx: tx.connection.execute(sent))
    ask = (await row(town, which, "1.2")).ask
    assert ask is not None
    over = HandOverSafeguards(assessment_id=which, number="1.2", to=CHAIR)
    await town.ask(TEACHER, over)
    (drawn,) = (await rows(town, "assess-now")).items()
    assert (drawn[0], drawn[1].reference) == (TEACHER, "1"), "others have no other message"
    told = await shown(town, ask, "assess-now", TEACHER)
    assert (told.numbers, told.done) == ((), 1)
    assert await shown(town, ask, "assess", TEACHER) is None, "it is not sent anymore"

    await town.ask(OFFICE, answer(which, "2.1"))
    assert set(await rows(town, "assess-now")) == {TEACHER, OFFICE}


async def test_a_message_on_its_way_when_all_was_answered_says_so(town: Hall) -> None:
    which = await opened(town)
    in_chat = {"platform": Platform.TEAMS, "lane": "teams:T1", "conversation": "a:1"}
    sent = update(delivery).where(delivery.c.kind == "assess").values(in_chat)
    await town.core.store.write(lambda tx: tx.connection.execute(sent))
    ledger = ledger_of(town)
    claimed = await ledger.claim("teams:T1", town.clock(), 4, 60)
    assert len(claimed) == 2
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    assert not await rows(town, "assess-now"), "nobody knows yet that it was sent"
    await ledger.record([(one, Sent(reference="1")) for one in claimed], town.clock())
    assert set(await rows(town, "assess-now")) == {TEACHER}


async def test_the_press_after_an_owner_finished_opens_one_of_theirs(town: Hall) -> None:
    which = await opened(town, owners=f"1 {TEACHER}\n2.1 {OFFICE}")
    for who, number in ((TEACHER, "1.1"), (TEACHER, "1.2"), (OFFICE, "2.1")):
        await town.ask(who, answer(which, number))
    ask = (await row(town, which, "2.1")).ask
    form = await town.ask(ISO, ReviewNext(assessment_id=which, ask=ask))
    assert isinstance(form, FormView)
    assert carried(form).number == "2.1"
    form = await town.ask(ISO, ReviewNext(assessment_id=which))
    assert carried(form).number == "1.1"


async def test_several_sent_back_on_a_day_are_one_message_and_those_of_another_day_another(
    town: Hall,
) -> None:
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    for number in ("1.1", "1.2"):
        await review(town, which, number, Verdict.SEND_BACK, "Prove it.")
    first, second = await row(town, which, "1.1"), await row(town, which, "1.2")
    assert first.ask == second.ask
    await town.ask(TEACHER, answer(which, "1.1"))
    town.clock.moved += timedelta(days=1)
    await review(town, which, "1.1", Verdict.SEND_BACK, "Still not.")
    third = await row(town, which, "1.1")
    assert third.ask != second.ask
    again = await duty(town, third.ask, TEACHER)
    assert again.open


async def test_the_iso_confirms_what_they_saw(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    form = await town.ask(ISO, ShowControlReview(assessment_id=which, control="1"))
    assert isinstance(form, ControlReview)
    town.clock.moved += timedelta(minutes=1)
    await town.ask(TEACHER, answer(which, "1.2"))
    left = await town.ask(ISO, ConfirmControl(assessment_id=which, control="1", seen=form.seen))
    assert [one.row.number for one, _ in left.answers] == ["1.2"]
    assert (await row(town, which, "1.1")).state is AnswerState.CONFIRMED
    old = ReviewSafeguard(
        assessment_id=which, number="1.2", seen=form.seen, verdict=Verdict.CONFIRM
    )
    shown = await town.ask(ISO, old)
    assert isinstance(shown, FormView)
    assert "changed" in shown.unfit["verdict"].why
    assert (await row(town, which, "1.2")).state is AnswerState.DONE


# -- handing over --------------------------------------------------------------------------------


async def test_an_owner_hands_one_or_all_over(town: Hall) -> None:
    which = await opened(town)
    ask = (await row(town, which, "1.1")).ask
    one = HandOverSafeguards(assessment_id=which, number="1.1", to=f" {CHAIR.upper()} ")
    handed = await town.ask(TEACHER, one)
    assert isinstance(handed, HandedOver)
    assert handed.numbers == ("1.1",)
    assert refused(await town.ask(TEACHER, answer(which, "1.1"))) == GONE
    assert (await duty(town, ask, TEACHER)).open, "of 1.2 they still are"
    new = await row(town, which, "1.1")
    assert (await duty(town, new.ask, CHAIR)).open
    assert set(await rows(town, "assess")) == {TEACHER, OFFICE, CHAIR}
    view = await town.ask(ISO, ShowRun(assessment_id=which))
    teacher = await person(town.core, TEACHER)
    handed_by = [one.handed_by for one in view.owners if one.waiting == ((new.due, ("1.1",)),)]
    assert handed_by == [(teacher.name,)]
    office = await person(town.core, OFFICE)
    back = HandOverSafeguards(
        assessment_id=which, number="1.1", to=office.name.upper(), which=HandsOver.ALL
    )
    assert (await town.ask(CHAIR, back)).name == office.name
    assert isinstance(await town.ask(OFFICE, answer(which, "1.1")), SafeguardDone)


@pytest.mark.parametrize("to", ["", TEACHER, "nobody@example.org", "Nobody Atall", "<b>"])
async def test_nobody_gets_what_cannot_be_handed_to_them(town: Hall, to: str) -> None:
    which = await opened(town)
    form = await town.ask(TEACHER, HandOverSafeguards(assessment_id=which, number="1.1", to=to))
    assert isinstance(form, FormView)
    assert set(form.unfit) == {"to"}
    assert (await row(town, which, "1.1")).owner == (await person(town.core, TEACHER)).id


# -- next year -----------------------------------------------------------------------------------


async def closed(town: Hall) -> UUID:
    """Every safeguard but "2.1" answered and confirmed, then closed."""
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number, evidence=f"Proof of {number}"))
        await review(town, which, number, Verdict.CONFIRM)
    view = await town.ask(ISO, CloseAssessment(assessment_id=which, left=1))
    assert view.assessment.state is AssessmentState.CLOSED
    return which


async def test_the_next_one_starts_from_the_last_and_marks_what_is_old(town: Hall) -> None:
    last = await closed(town)
    town.clock.moved += timedelta(days=370)
    form = await town.ask(ISO, Open(of=WriteAssessment(framework="small")))
    assert "from “Winter”" in str(card_of(form, Words()).form)
    due = date(2027, 11, 9)
    which = await opened(town, name="Next", owners="", due=due, from_last=True)
    taken = await row(town, which, "1.1")
    assert taken.state is AnswerState.OPEN, "nothing is confirmed silently"
    assert taken.confirmed_by is None
    assert taken.answer.evidence == "Proof of 1.1"
    assert taken.answered_at == (await row(town, last, "1.1")).answered_at
    form = await town.ask(TEACHER, AnswerNext(assessment_id=which))
    assert STALE in str(card_of(form, Words()).parts)
    assert (form.values["policy"], form.values["applies"]) == ("3", Applies.YES)
    keeps = KeepAnswer(assessment_id=which, number="1.1", seen=carried(form).seen)
    done = await town.ask(TEACHER, keeps)
    assert isinstance(done, SafeguardDone)
    assert (done.next, done.left) == ("1.2", 1)
    kept = await row(town, which, "1.1")
    assert kept.state is AnswerState.DONE
    assert kept.answered_at is not None
    assert taken.answered_at is not None
    assert kept.answered_at > taken.answered_at
    assert isinstance(await town.ask(TEACHER, keeps), Refused), "pressed twice"
    empty = KeepAnswer(assessment_id=which, number="2.1", seen=0)
    assert isinstance(await town.ask(OFFICE, empty), Refused), "nothing was taken over"
    view = await town.ask(TEACHER, ShowSafeguard(assessment_id=which, number="1.1"))
    assert [one.assessment.id for one in view.earlier] == [last]


async def test_what_is_not_a_year_old_is_not_marked(town: Hall) -> None:
    await closed(town)
    town.clock.moved += timedelta(days=360)
    which = await opened(town, name="Next", owners="", due=date(2027, 11, 9), from_last=True)
    form = await town.ask(TEACHER, AnswerNext(assessment_id=which))
    assert STALE not in str(card_of(form, Words()).parts)


async def test_another_version_finds_its_answers_by_their_old_numbers(town: Hall) -> None:
    """In version 3, "1.1" is new, "1.2" was "1.1", and "1.3" was "1.2"."""
    last = await closed(town)
    first = SMALL.controls[0]
    one, two, _ = first.safeguards
    three = replace(
        SMALL,
        version="3",
        controls=(
            replace(
                first,
                safeguards=(replace(one), replace(two), replace(two, number="1.3")),
            ),
            SMALL.controls[1],
        ),
        renumbered={"1.2": "1.1", "1.3": "1.2"},
    )
    town.clock.moved += timedelta(days=30)
    await put(town, three)
    which = uuid4()
    given = WriteAssessment(
        framework="small",
        assessment_id=which,
        name="Spring",
        version="3",
        group="g1",
        due=date(2027, 1, 15),
        from_last=True,
    )
    assert isinstance(await town.ask(ISO, given), RunView)
    found = {n: (await row(town, which, n)).answer.evidence for n in ("1.1", "1.2", "1.3", "2.1")}
    assert found == {"1.1": "", "1.2": "Proof of 1.1", "1.3": "Proof of 1.2", "2.1": ""}
    view = await town.ask(CTO, ShowSafeguard(assessment_id=which, number="1.3"))
    assert [e.row.answer.evidence for e in view.earlier if e.assessment.id == last] == [
        "Proof of 1.2"
    ]


async def put(town: Hall, framework: Framework) -> None:
    await town.core.store.write(lambda tx: tx.put_framework(framework, None, town.clock()))


# -- who sees what -------------------------------------------------------------------------------


async def test_who_read_an_answer_is_in_the_audit_and_no_score_is(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1", evidence="A weak spot in the cellar"))
    before = await audited(town)
    await town.ask(CTO, ShowSafeguard(assessment_id=which, number="1.1"))
    await town.ask(ISO, ShowControlReview(assessment_id=which, control="1"))
    await review(town, which, "1.1", Verdict.SEND_BACK, "Not proven, see the cellar")
    told = (await audited(town))[len(before) :]
    assert [one for one in told if "read" in one] == [
        "Practices read: SC 1.1",
        "Practices read: SC 1",
        "Practices read: SC 1.1",
    ]
    assert "cellar" not in " ".join(await audited(town))


async def test_the_list_has_ones_own_and_for_others_nothing(town: Hall) -> None:
    which = await opened(town)
    mine = await town.ask(TEACHER, ShowPractices())
    assert [one.number for _, _, lines in mine.own for one in lines] == ["1.1", "1.2"]
    assert not mine.all
    others = await town.ask(CHAIR, ShowPractices())
    assert (others.own, others.all) == ((), ())
    assert [one.id for one, _ in (await town.ask(ISO, ShowPractices())).all] == [which]
    for command in (
        AnswerNext(assessment_id=which),
        ShowSafeguard(assessment_id=which, number="1.1"),
        ShowOpening(assessment_id=which),
    ):
        assert isinstance(await town.ask(CHAIR, command), Refused)


async def test_home_says_which_assessment_asks(town: Hall) -> None:
    await opened(town, name="Spring")
    async with browser(town, TEACHER) as client:
        page = (await client.get("/")).text
    (line,) = re.findall(r"<summary>.*?Please assess.*?</summary>", page)
    assert "Spring" in line
