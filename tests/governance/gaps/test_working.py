"""A gap becomes work: drafts and tickets that say nothing of it, and each knows the gap."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.app.dispatch import Dispatch
from bot.cards import card_of, has_card
from bot.conversation import Reply, Speaker
from core.commands import Command
from core.words import Words
from governance.announcements.asked import by_name
from governance.announcements.commands import SendAnnouncement
from governance.changes.commands import ShowChange, TakeChangeStep, WriteChange
from governance.changes.messages import ChangeView
from governance.changes.model import ChangeState, ChangeStep
from governance.composing import compose
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.figure_commands import SetTarget
from governance.controls.running_commands import ReviewSafeguard
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.gaps.beginning import NO_DESK, PRACTICE_TICKET
from governance.gaps.commands import (
    BeginWork,
    CloseGap,
    SendTicket,
    ShowGap,
    ShowOrigins,
)
from governance.gaps.messages import GapView, Origins
from governance.gaps.model import GapChoice, WorkKind
from governance.help_desk.model import HandOverState, NoteHandOver, NoteTicket, Ticket
from governance.messages import AnnouncementDrafted, Refused
from governance.redaction.put_back import PutBack
from governance.refusals import ISO_AND_CTO, ISO_ONLY
from governance.rules.commands import ShowRule, TakeStep, WriteRule
from governance.rules.messages import DraftForm, RuleView
from governance.rules.model import RuleState, RuleStep
from storage.ledger_tables import delivery
from storage.tables import announcement
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.attacks.visiting import signed_in
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.gaps.towns import LATER, SECRETS, assessed, decided, deciding
from tests.journeys.running import running
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person, settle

DESK = {"help_desk_webhook": "https://desk.example.org/in", "help_desk_secret": "s" * 32}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5, **DESK) as found:
        yield found


@pytest.fixture
async def gap(town: Hall) -> UUID:
    return (await decided(town, await assessed(town.core))).gap_id


async def begun(town: Hall, gap: UUID, kind: WorkKind, who: str = ISO) -> Any:
    return await town.ask(who, BeginWork(gap_id=gap, kind=kind))


async def works(town: Hall, gap: UUID, who: str = ISO) -> dict[WorkKind, Any]:
    found = await town.ask(who, ShowGap(gap_id=gap))
    assert isinstance(found, GapView), found
    return {one.kind: one for one in found.works}


def says_nothing(shown: object) -> bool:
    """Neither the message nor what is drawn of it."""
    drawn = card_of(shown, Words("en")) if has_card(shown) else ""
    return not any(one in repr((shown, drawn)) for one in SECRETS)


async def test_a_gap_becomes_a_rule_draft_and_then_a_change_and_both_know_it(
    town: Hall, gap: UUID
) -> None:
    rule = await begun(town, gap, WorkKind.RULE)
    assert isinstance(rule, RuleView), rule
    assert (rule.rule.number, rule.rule.title.default) == ("SC 1.2", "Locks")
    assert rule.rule.state is RuleState.DRAFT
    assert says_nothing(rule)
    again = await begun(town, gap, WorkKind.RULE)
    assert again.rule.id == rule.rule.id
    form = await town.ask(ISO, TakeStep(rule_id=rule.rule.id, step=RuleStep.PROPOSED))
    assert isinstance(form, DraftForm)  # it has no text yet
    assert "text" in form.unfit
    kept = await town.ask(ISO, ShowRule(rule_id=rule.rule.id))
    assert kept.rule.state is RuleState.DRAFT
    written = await town.ask(
        ISO,
        WriteRule(
            rule_id=rule.rule.id, number="ITR 9", title="Locks", committee="network", text="# Lock"
        ),
    )
    assert isinstance(written, RuleView), written
    change = await begun(town, gap, WorkKind.CHANGE)
    assert isinstance(change, ChangeView), change
    assert change.record.words.what.default == "SC 1.2: Locks"
    assert change.writes
    assert says_nothing(change)
    shown = await works(town, gap)
    assert shown[WorkKind.RULE].rule is RuleState.DRAFT
    assert shown[WorkKind.CHANGE].change is ChangeState.DRAFT
    for subject in (rule.rule.id, change.record.id):
        for who in (ISO, CTO):
            origin = await town.ask(who, ShowOrigins(subject=subject))
            assert origin == Origins(gaps=((gap, "SC 1.2"),))
        for who in (TEACHER, CHAIR, OFFICE):
            refused = await town.ask(who, ShowOrigins(subject=subject))
            assert refused.why.why == ISO_AND_CTO  # whatever the subject is
            assert refused == await town.ask(who, ShowOrigins(subject=UUID(int=1)))


async def test_a_draft_is_read_by_nobody_else(town: Hall, gap: UUID) -> None:
    rule = await begun(town, gap, WorkKind.RULE)
    change = await begun(town, gap, WorkKind.CHANGE)
    for who in (CHAIR, OFFICE):
        assert isinstance(await town.ask(who, ShowRule(rule_id=rule.rule.id)), Refused)
        assert isinstance(await town.ask(who, ShowChange(change_id=change.record.id)), Refused)


async def test_an_announcement_and_a_lesson_go_to_nobody_by_mistake(town: Hall, gap: UUID) -> None:
    lesson = await begun(town, gap, WorkKind.LESSON)
    assert isinstance(lesson, AnnouncementDrafted), lesson
    assert lesson.announcement.lesson
    assert lesson.reach.people == 1
    assert len(lesson.lacks) == 2
    assert card_of(lesson, Words("en")).form is None  # nothing to send yet
    sends = SendAnnouncement(announcement_id=lesson.announcement.id)
    assert isinstance(await town.ask(ISO, sends), Rejected)
    # The ISO writes no announcements: the draft waits for the CTO's office.
    assert isinstance(await begun(town, gap, WorkKind.ANNOUNCEMENT), GapView)
    announced = await begun(town, gap, WorkKind.ANNOUNCEMENT, CTO)
    assert isinstance(announced, AnnouncementDrafted), announced
    assert announced.reach.people == 1
    assert announced.announcement.change.what.default == "SC 1.2: Locks"
    assert says_nothing((lesson, announced))
    shown = await works(town, gap, CTO)
    assert (shown[WorkKind.ANNOUNCEMENT].sent, shown[WorkKind.LESSON].sent) == (False, False)


async def test_a_change_is_proposed_only_when_its_form_would_take_it(town: Hall, gap: UUID) -> None:
    change = await begun(town, gap, WorkKind.CHANGE)
    proposes = TakeChangeStep(change_id=change.record.id, step=ChangeStep.PROPOSED)
    form = await town.ask(ISO, proposes)
    assert isinstance(form, FormView), form
    assert set(form.unfit) == {"why", "who", "action"}
    kept = await town.ask(ISO, ShowChange(change_id=change.record.id))
    assert kept.record.state is ChangeState.DRAFT
    words = {"title": "Locks", "what": "New locks", "why": "Doors", "who": "All", "action": "None"}
    written = await town.ask(
        ISO, WriteChange(change_id=change.record.id, **by_name(words), day=change.record.day)
    )
    assert isinstance(written, ChangeView), written
    proposed = await town.ask(ISO, proposes)
    assert isinstance(proposed, ChangeView), proposed
    assert proposed.record.state is ChangeState.PROPOSED


async def test_who_begins_what(town: Hall, gap: UUID) -> None:
    assert (await begun(town, gap, WorkKind.RULE, CTO)).why.why == ISO_ONLY
    for who in (TEACHER, CHAIR, OFFICE):
        for kind in (WorkKind.CHANGE, WorkKind.ANNOUNCEMENT, WorkKind.LESSON, WorkKind.TICKET):
            assert (await begun(town, gap, kind, who)).why.why == ISO_AND_CTO
        assert (await town.ask(who, SendTicket(gap_id=gap, words="Hi"))).why.why == ISO_ONLY
    begins = (await town.ask(CTO, ShowGap(gap_id=gap))).begins
    assert set(begins) == {WorkKind.CHANGE, WorkKind.ANNOUNCEMENT, WorkKind.LESSON}


async def test_a_change_tells_no_day_of_an_accepted_risk_and_no_owner(town: Hall) -> None:
    """Its owner reads a draft, and its committee a proposal."""
    winter = await assessed(town.core)
    cto, today = await person(town.core, CTO), town.clock().date()
    accepts = {"choice": GapChoice.ACCEPT, "accepted_by": str(cto.id), "number": "2.1"}
    transfers = {"choice": GapChoice.TRANSFER, "to": "An insurer", "number": "2.1"}
    for given, day in (({}, LATER), (accepts, today), (transfers, today)):
        gap = (await decided(town, winter, owner=OFFICE, **given)).gap_id
        change = await begun(town, gap, WorkKind.CHANGE)
        assert (change.record.day, change.record.owner) == (day, None)
        assert ("December" in change.record.words.when.default) == (day == LATER)
        refused = await town.ask(OFFICE, ShowChange(change_id=change.record.id))
        assert isinstance(refused, Refused)
        await town.ask(ISO, CloseGap(gap_id=gap, why="It is over"))


async def test_what_was_deleted_can_be_begun_again(town: Hall, gap: UUID) -> None:
    lesson = await begun(town, gap, WorkKind.LESSON)
    assert WorkKind.LESSON not in (await town.ask(ISO, ShowGap(gap_id=gap))).begins

    def delete(tx: Any) -> None:
        tx.connection.execute(announcement.delete())

    await town.core.store.write(delete)
    assert WorkKind.LESSON in (await town.ask(ISO, ShowGap(gap_id=gap))).begins
    again = await begun(town, gap, WorkKind.LESSON)
    assert isinstance(again, AnnouncementDrafted), again
    assert again.announcement.id == lesson.announcement.id


def test_nothing_that_is_typed_is_printed() -> None:
    one = UUID(int=1)
    said = "Legacy firewall stays"
    typed = (
        deciding(one, why=said, to=said, owner=said, administrator=said),
        CloseGap(gap_id=one, why=said),
        SendTicket(gap_id=one, words=said),
        SetTarget(assessment_id=one, score="4.25"),
        AnswerSafeguard(assessment_id=one, number="4.1", evidence=said, policy="4.25"),
        ReviewSafeguard(assessment_id=one, number="4.1", seen=0, word=said),
    )
    for command in typed:
        assert said not in repr(command)
        assert "4.25" not in repr(command)
        assert "accept" not in repr(command)


async def test_a_gap_whose_change_is_done_offers_to_be_closed(town: Hall, gap: UUID) -> None:
    change = await begun(town, gap, WorkKind.CHANGE)
    assert not (await works(town, gap))[WorkKind.CHANGE].done

    def finish(tx: Any) -> None:
        from dataclasses import replace

        record = tx.change(change.record.id)
        tx.put_change(replace(record, state=ChangeState.DONE))

    await town.core.store.write(finish)
    assert (await works(town, gap))[WorkKind.CHANGE].done
    assert (await town.ask(ISO, ShowGap(gap_id=gap))).closed_at is None  # a person closes


# -- the help desk -----------------------------------------------------------------------------


async def ticket_of(town: Hall) -> tuple[UUID, Ticket | None]:
    rows = select(delivery.c.subject).where(delivery.c.kind == PRACTICE_TICKET)
    found = await town.core.store.read(lambda tx: list(tx.connection.execute(rows).scalars()))
    (subject,) = set(found)
    made = await town.core.store.read(
        lambda tx: compose(tx, PRACTICE_TICKET, subject, None, None, town.clock())
    )
    return subject, made  # type: ignore[return-value]


async def test_the_help_desk_gets_the_isos_words_and_nothing_else(town: Hall, gap: UUID) -> None:
    assert isinstance(await town.ask(ISO, SendTicket(gap_id=gap)), FormView)
    said = "Please switch the old server off. Ask Naomi Whitehorse, 402-555-0134."
    doubt = await town.ask(ISO, SendTicket(gap_id=gap, words=said, put_back=PutBack(seen="")))
    assert isinstance(doubt, FormView)
    assert doubt.doubt
    sent = await town.ask(ISO, SendTicket(gap_id=gap, words=said))
    assert isinstance(sent, GapView)
    assert WorkKind.TICKET not in sent.begins
    await town.ask(ISO, SendTicket(gap_id=gap, words="Another one"))  # it went already
    subject, ticket = await ticket_of(town)
    assert isinstance(ticket, Ticket)
    iso = await person(town.core, ISO)
    assert (ticket.name, ticket.email) == (iso.name, ISO)
    assert ticket.redacted.startswith("Please switch the old server off.")
    assert "555" not in ticket.redacted
    assert says_nothing(ticket)
    assert "1.2" not in repr(ticket)
    await town.core.dispatch.by_itself(NoteHandOver(item_id=subject, state=HandOverState.SENT))
    assert (await works(town, gap))[WorkKind.TICKET].ticket is HandOverState.SENT
    await town.core.dispatch.by_itself(NoteTicket(item_id=subject, number="HD-77"))
    line = (await works(town, gap))[WorkKind.TICKET]
    assert (line.ticket, line.number) == (HandOverState.NUMBERED, "HD-77")


async def test_what_the_help_desk_did_not_take_is_sent_again(town: Hall, gap: UUID) -> None:
    await town.ask(ISO, SendTicket(gap_id=gap, words="Please switch it off"))
    subject, _ = await ticket_of(town)
    await town.core.dispatch.by_itself(NoteHandOver(item_id=subject, state=HandOverState.FAILED))
    assert WorkKind.TICKET in (await town.ask(ISO, ShowGap(gap_id=gap))).begins
    town.clock.forward(minutes=1)
    await town.ask(ISO, SendTicket(gap_id=gap, words="Please switch it off now"))
    _, ticket = await ticket_of(town)
    assert ticket is not None
    assert ticket.redacted == "Please switch it off now"


async def test_without_a_help_desk_there_is_no_ticket(tmp_path: Path) -> None:
    async with hall(tmp_path, staff=5) as town:
        view = await decided(town, await assessed(town.core))
        assert WorkKind.TICKET not in view.begins
        found = await town.ask(ISO, Open(of=SendTicket(gap_id=view.gap_id)))
        assert found.why.why == NO_DESK


# -- on the web --------------------------------------------------------------------------------


async def test_the_trip_on_the_web(tmp_path: Path) -> None:
    async with (
        running(tmp_path, settle(staff=5)) as service,
        signed_in(service, ISO) as iso,
        signed_in(service, CTO) as cto,
        signed_in(service, CHAIR) as chair,
        signed_in(service, TEACHER) as teacher,
    ):
        winter = await assessed(service.core)
        town = Hall(core=service.core, clock=None)  # type: ignore[arg-type]
        register = (await iso.get("/practices/tasks")).text
        assert "SC 1.2: Locks" in register
        by_day = service.core.now().date() + timedelta(days=60)
        gap = (await decided(town, winter, owner=OFFICE, by_day=by_day)).gap_id
        page = (await iso.get(f"/practices/tasks/{gap}")).text
        assert "Legacy firewall stays" in page
        rule = await pressed(iso, page, "Draft a rule")
        assert "Created for SC 1.2" in rule.text
        assert f'href="/practices/tasks/{gap}"' in rule.text
        page = (await iso.get(f"/practices/tasks/{gap}")).text
        assert "Rule: Draft" in page
        change = await pressed(iso, page, "Plan a change")
        assert "Created for SC 1.2" in change.text
        page = (await iso.get(f"/practices/tasks/{gap}")).text
        lesson = await pressed(iso, page, "Make a lesson")
        assert "Created for SC 1.2" in lesson.text
        assert "This lesson has no question yet." in lesson.text
        assert "Send now" not in lesson.text
        (edits,) = set(re.findall(r'href="([^"]+)">Change it<', lesson.text))
        form = (await iso.get(edits)).text
        (csrf,) = set(re.findall(r'name="csrf" value="([^"]+)"', form))
        (saves,) = re.findall(r'action="(/do/write-lesson[^"]+)"', form)
        typed = {
            "title": "Locks",
            "text": "Lock it.",
            "question": "Why?",
            "choice_1": "So",
            "choice_2": "No",
            "right": "1",
            "explanation": "Thieves.",
            "due": "2099-01-01",
        }
        far = await iso.post(saves, data={"csrf": csrf, **typed})
        assert far.status_code == 422
        typed["due"] = f"{service.core.now() + timedelta(days=30):%Y-%m-%d}"
        saved = await iso.post(saves, data={"csrf": csrf, **typed})
        assert saved.status_code == 303, saved.text
        lesson = await iso.get(saved.headers["location"])
        assert "Created for SC 1.2" in lesson.text
        assert "Send now" in lesson.text
        assert "1 person" not in lesson.text  # it is no longer addressed to its author
        for shown, button, lack in (
            (rule, "Propose it to the committee", "Write the text of the rule."),
            (change, "Propose it", "Fill in this field. People need it to act."),
        ):
            form = await posted(iso, shown.text, button)
            assert form.status_code == 422
            assert lack in form.text
            assert "Save draft" in form.text
        for where in (rule.url.path, change.url.path):
            assert "Created for SC 1.2" in (await cto.get(where)).text
            for somebody in (chair, teacher):
                shown = await somebody.get(where)
                assert "Created for" not in shown.text
                assert str(gap) not in shown.text
        for somebody in (chair, teacher):
            for path in (f"/practices/tasks/{gap}", "/practices/tasks"):
                shown = await somebody.get(path)
                assert shown.status_code == 403
                assert "firewall" not in shown.text
        moved = await iso.get("/practices/tasks/by/mend")  # links to it were sent
        assert moved.headers["location"] == "/practices/tasks?state=mend"
        fixed = await iso.get(moved.headers["location"])
        assert "SC 1.2: Locks" in fixed.text
        accepted = await iso.get("/practices/tasks?state=accept")
        assert "SC 1.2: Locks" not in accepted.text
        assert (await iso.get("/practices/tasks/by/nothing")).status_code == 404


async def test_only_the_two_offices_are_asked_for_what_a_page_was_created_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[type[Command]] = []
    handle = Dispatch.handle

    async def listening(self: Dispatch, speaker: Speaker, command: Command, **more: Any) -> Reply:
        heard.append(type(command))
        return await handle(self, speaker, command, **more)

    monkeypatch.setattr(Dispatch, "handle", listening)
    async with running(tmp_path, settle(staff=5)) as service:
        rule = await service.core.store.write(lambda tx: publish(tx, "ITR 9", service.core.now()))
        for who, asked in (
            (ISO, [ShowRule, ShowOrigins]),
            (CTO, [ShowRule, ShowOrigins]),
            (CHAIR, [ShowRule]),
            (TEACHER, [ShowRule]),
        ):
            async with signed_in(service, who) as client:
                heard.clear()
                assert (await client.get(f"/rules/{rule}")).status_code == 200
                assert heard == asked


async def pressed(client: Any, page: str, label: str) -> Any:
    """Press a button of a page, and go where it leads."""
    answer = await posted(client, page, label)
    assert answer.status_code == 303, answer.text
    return await client.get(answer.headers["location"])


async def posted(client: Any, page: str, label: str) -> Any:
    (action,) = re.findall(
        rf'<form[^>]*action="([^"]+)"[^>]*>(?:(?!</form>).)*{label}(?:(?!</form>).)*</form>',
        page,
        re.DOTALL,
    )
    (csrf,) = set(re.findall(r'name="csrf" value="([^"]+)"', page))
    return await client.post(action, data={"csrf": csrf})
