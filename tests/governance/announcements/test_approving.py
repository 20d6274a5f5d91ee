"""Urgent announcements: one person asks, another decides, and nobody is woken by one alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.cards import card_of
from bot.operator.loading import load
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.announcements.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    Settlement,
)
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    CheckResend,
    ResumeCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.checked import state_of
from governance.announcements.commands import (
    ApproveAnnouncement,
    DeclineAnnouncement,
    SendAnnouncement,
    SendUrgent,
    ShowApproval,
    WriteAnnouncement,
)
from governance.announcements.model import Announcement, AnnouncementState
from governance.committees.model import Office, Officer
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import ShowDesk, ShowInbox
from governance.messages import (
    AnnouncementDrafted,
    Notice,
    Progress,
    Refused,
    ResendCheck,
)
from governance.views import DeskView, InboxView
from scheduler.lanes import DEFAULT_BUDGETS
from storage.holding import ANNOUNCED, URGENT
from storage.ledger import LedgerStore
from storage.ledger_tables import audit, delivery
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person, small_roster
from tests.postgres import migrated_database

APPROVER = "cormac.ashgrove@schools.example.org"
CTO_DEPUTY = "delphine.okoro@schools.example.org"
TO = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def draft(town: Hall, **words: str) -> UUID:
    announcement = uuid4()
    command = WriteAnnouncement(
        announcement_id=announcement, **by_name({**WORDS, **words}), audience=TO
    )
    assert isinstance(await town.ask(CTO, command), AnnouncementDrafted)
    return announcement


async def waiting(town: Hall, by: str = CTO) -> UUID:
    """Somebody asked to send a draft as urgent."""
    announcement = await draft(town)
    asked = await town.ask(by, SendAnnouncement(announcement_id=announcement, urgent=True))
    assert isinstance(asked, Progress), asked
    return announcement


async def stored(town: Hall, announcement: UUID) -> Announcement:
    found = await town.core.store.read(lambda tx: tx.announcement(announcement))
    assert found is not None
    return found


async def approve(town: Hall, email: str, announcement: UUID, request: int | None = None) -> Any:
    if request is None:
        request = (await stored(town, announcement)).request
    return await town.ask(email, ApproveAnnouncement(announcement_id=announcement, request=request))


async def decline(town: Hall, email: str, announcement: UUID, why: str) -> Any:
    request = (await stored(town, announcement)).request
    no = DeclineAnnouncement(announcement_id=announcement, request=request, why=why)
    return await town.ask(email, no)


async def queued(town: Hall, kind: str) -> list[Any]:
    wanted = select(delivery).where(delivery.c.kind == kind)
    return await town.core.store.read(lambda tx: list(tx.connection.execute(wanted).all()))


async def audited(town: Hall) -> list[tuple[UUID | None, str]]:
    wanted = select(audit.c.who, audit.c.what).order_by(audit.c.number)
    found = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return [(who, what) for who, what in found if "urgent" in what]


async def inbox(town: Hall, email: str) -> list[Any]:
    view = await town.ask(email, ShowInbox(earlier=True))
    assert isinstance(view, InboxView)
    return [entry.message for entry in view.entries]


async def words_of(refused: Any) -> str:
    assert isinstance(refused, Refused), refused
    return refused.why.why


# -- asking --------------------------------------------------------------------------------------


async def test_the_form_says_whom_it_reaches_who_has_to_agree_and_whom_to_call(town: Hall) -> None:
    announcement = await draft(town)
    checked = state_of(await stored(town, announcement))
    opens = Open(of=SendUrgent(announcement_id=announcement, checked=checked))
    form = await town.ask(CTO, opens)
    assert isinstance(form, FormView)
    said = str(card_of(form, Words()).parts)
    assert "It reaches 3 people." in said
    assert "Web: everyone has it within" in said
    assert "Cormac Ashgrove, Anders Holmquist or Philippa Dunmore" in said
    assert "402-555-0111" in said
    assert await queued(town, "approval") == [], "looking asks nobody"


async def test_asking_sends_nothing_to_staff_and_an_alarm_to_each_approver(town: Hall) -> None:
    announcement = await waiting(town)
    found = await stored(town, announcement)
    asker = await person(town.core, CTO)
    assert (found.state, found.urgent) == (AnnouncementState.WAITING, True)
    assert (found.asked_by, found.asked_at) == (asker.id, found.asked_at)
    assert await queued(town, "notice") == []
    asked = await queued(town, "approval")
    assert len(asked) == 3
    assert {row.priority for row in asked} == {URGENT}
    request = next(m for m in await inbox(town, APPROVER) if isinstance(m, ApprovalAsked))
    assert request.change.what.default == WORDS["what"]
    assert (request.asked_by, request.reach.people) == ("Ramona Castellanos", 3)
    assert await audited(town) == [(asker.id, "urgent announcement asked for")]


async def test_pressing_twice_asks_once_and_it_cannot_be_changed_or_sent_meanwhile(
    town: Hall,
) -> None:
    announcement = await waiting(town)
    urgent = SendAnnouncement(announcement_id=announcement, urgent=True)
    assert isinstance(await town.ask(CTO_DEPUTY, urgent), Progress)
    assert len(await queued(town, "approval")) == 3
    assert (await stored(town, announcement)).asked_by == (await person(town.core, CTO)).id
    for command in (
        SendAnnouncement(announcement_id=announcement),
        WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=TO),
        Open(of=WriteAnnouncement(announcement_id=announcement)),
    ):
        assert isinstance(await town.ask(CTO, command), Refused)
    assert await queued(town, "notice") == []


async def test_a_time_and_urgent_do_not_go_together(town: Hall) -> None:
    announcement, later = await draft(town), town.clock() + timedelta(hours=3)
    urgent = SendAnnouncement(announcement_id=announcement, at=later, urgent=True)
    back = await town.ask(CTO, urgent)
    assert isinstance(back, Rejected)
    assert "as soon as they are approved" in back.unfit["at"].why
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    urgent = replace(urgent, at=None)
    assert "is scheduled" in await words_of(await town.ask(CTO, urgent))


async def test_the_operator_is_no_second_person_and_not_the_first(town: Hall) -> None:
    announcement = await draft(town)
    urgent = SendAnnouncement(announcement_id=announcement, urgent=True)
    reply = await town.core.dispatch.by_itself(urgent, Source.OPERATOR)
    assert "takes two people" in await words_of(reply.message)
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT


# -- approving -----------------------------------------------------------------------------------


async def test_a_yes_sends_it_at_once_before_everything_else_and_says_who_said_it(
    town: Hall,
) -> None:
    announcement = await waiting(town)
    ended = await approve(town, APPROVER, announcement)
    assert isinstance(ended, ApprovalSettled)
    assert (ended.settlement, ended.by) == (Settlement.APPROVED, "Cormac Ashgrove")
    notices = await queued(town, "notice")
    assert len(notices) == 3
    assert {(row.priority, row.held_until) for row in notices} == {(URGENT, None)}
    progress = await town.ask(CTO, ShowProgress(announcement_id=announcement))
    assert isinstance(progress, Progress)
    assert progress.approval is not None
    assert progress.approval.asked_by == "Ramona Castellanos"
    assert progress.approval.approved_by == "Cormac Ashgrove"
    teacher = next(m for m in await inbox(town, TEACHER) if isinstance(m, Notice))
    assert teacher.urgent
    approver = await person(town.core, APPROVER)
    assert (approver.id, "urgent announcement approved for 3") in await audited(town)
    told = await queued(town, "approval-approved")
    assert [(row.person_id, row.priority) for row in told] == [
        ((await person(town.core, CTO)).id, URGENT)
    ]
    assert not [m for m in await inbox(town, ISO) if isinstance(m, ApprovalAsked)]


async def test_approving_twice_sends_once_and_the_second_hears_who_was_first(town: Hall) -> None:
    announcement = await waiting(town)
    request = (await stored(town, announcement)).request
    answers = await asyncio.gather(
        *(approve(town, who, announcement, request) for who in (APPROVER, ISO, APPROVER, ISO))
    )
    assert all(isinstance(one, ApprovalSettled) for one in answers)
    assert len({one.by for one in answers}) == 1, "all hear of the one who was first"
    assert len(await queued(town, "notice")) == 3
    assert len(await queued(town, "approval-approved")) == 1
    approved = [what for _, what in await audited(town) if "approved" in what]
    assert approved == ["urgent announcement approved for 3"]


async def test_a_yes_and_a_no_at_once_are_one_decision(town: Hall) -> None:
    announcement = await waiting(town)
    request = (await stored(town, announcement)).request
    no = DeclineAnnouncement(announcement_id=announcement, request=request, why="Not now.")
    yes, refused = await asyncio.gather(
        approve(town, APPROVER, announcement, request), town.ask(ISO, no)
    )
    if isinstance(refused, FormView):
        assert (yes.settlement, refused.values["why"]) == (Settlement.APPROVED, "Not now.")
    else:
        assert (yes.settlement, yes.by) == (refused.settlement, refused.by)
    sent = len(await queued(town, "notice"))
    assert sent == (3 if yes.settlement is Settlement.APPROVED else 0)


async def test_who_asked_never_approves_their_own_not_as_a_deputy_either(town: Hall) -> None:
    await appoint(town, CTO_DEPUTY, (CTO, APPROVER))
    announcement = await waiting(town)
    form_for = (await stored(town, announcement)).request
    assert "You asked for this yourself" in await words_of(
        await approve(town, CTO, announcement, form_for)
    )
    no = DeclineAnnouncement(announcement_id=announcement, request=form_for, why="No.")
    assert "You asked for this yourself" in await words_of(await town.ask(CTO, no))
    asked = {row.person_id for row in await queued(town, "approval")}
    assert (await person(town.core, CTO)).id not in asked
    ended = await approve(town, CTO_DEPUTY, announcement)
    assert ended.settlement is Settlement.APPROVED, "their own deputy is a second person"


async def test_where_nobody_else_may_approve_it_is_not_even_asked(town: Hall) -> None:
    await appoint(town, CTO, ())
    announcement = await draft(town)
    checked = state_of(await stored(town, announcement))
    form = Open(of=SendUrgent(announcement_id=announcement, checked=checked))
    assert "you are the only one who can" in await words_of(await town.ask(CTO, form))
    urgent = SendAnnouncement(announcement_id=announcement, urgent=True)
    assert "you are the only one who can" in await words_of(await town.ask(CTO, urgent))
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT


async def test_the_iso_and_deputies_stand_in_where_no_approver_is_named(town: Hall) -> None:
    await appoint(town, None, ())
    announcement = await waiting(town)
    assert len(await queued(town, "approval")) == 2
    assert "named to approve" in await words_of(await approve(town, APPROVER, announcement))
    ended = await approve(town, ISO, announcement)
    assert ended.settlement is Settlement.APPROVED


async def test_who_lost_the_office_since_may_not_decide_nor_read_it(town: Hall) -> None:
    announcement = await waiting(town)
    await appoint(town, ISO, ())
    request = (await stored(town, announcement)).request
    for command in (
        ShowApproval(announcement_id=announcement),
        ApproveAnnouncement(announcement_id=announcement, request=request),
        Open(of=DeclineAnnouncement(announcement_id=announcement, request=request)),
    ):
        assert "named to approve" in await words_of(await town.ask(APPROVER, command))
    assert not [m for m in await inbox(town, APPROVER) if isinstance(m, ApprovalAsked)]
    assert (await stored(town, announcement)).state is AnnouncementState.WAITING


async def appoint(town: Hall, approver: str | None, deputies: tuple[str, ...]) -> None:
    """Load the district with somebody else (None: nobody) to approve what is urgent."""
    district = example().district
    kept = [one for one in district.officers if one.office is not Office.ANNOUNCEMENT_APPROVER]
    if approver is not None:
        office = Office.ANNOUNCEMENT_APPROVER
        kept.append(Officer(office=office, person=approver, deputies=deputies))
    now_set = (await town.core.store.read(lambda tx: tx.district())).announcements
    changed = replace(district, officers=tuple(kept), announcements=now_set, calendar=None)
    loaded = replace(example(), district=changed, roster=small_roster(5))
    now = town.clock()
    await load(town.core.store, loaded, now, apply=True)


# -- declining, withdrawing, lapsing ---------------------------------------------------------------


async def test_a_no_wants_a_reason_and_brings_the_draft_back_with_it(town: Hall) -> None:
    announcement = await waiting(town)
    old = await town.ask(ISO, Open(of=DeclineAnnouncement(announcement_id=announcement, request=0)))
    assert isinstance(old, ApprovalAsked), "a button that named no request shows what is asked now"
    no = DeclineAnnouncement(announcement_id=announcement, request=old.request)
    form = await town.ask(ISO, Open(of=no))
    assert isinstance(form, FormView)
    for empty in ("", " \x00 ", "x" * 501):
        back = await decline(town, ISO, announcement, empty)
        assert isinstance(back, FormView)
        assert set(back.unfit) == {"why"}
    ended = await decline(town, ISO, announcement, "The pipes can wait until Monday.")
    assert (ended.settlement, ended.by) == (Settlement.DECLINED, "Anders Holmquist")
    found = await stored(town, announcement)
    assert (found.state, found.urgent) == (AnnouncementState.DRAFT, False)
    told = next(m for m in await inbox(town, CTO) if isinstance(m, ApprovalSettled))
    assert (told.why, told.to_asker) == ("The pipes can wait until Monday.", True)
    form = await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=announcement)))
    assert isinstance(form, FormView)
    assert "Declined: The pipes can wait until Monday." in str(card_of(form, Words()).parts)
    desk = await town.ask(CTO, ShowDesk())
    assert isinstance(desk, DeskView)
    line = next(one for one in desk.announcements if one.announcement.id == announcement)
    assert line.announcement.declined_why == "The pipes can wait until Monday."
    decider = (await person(town.core, ISO)).id
    assert (decider, "urgent announcement declined") in await audited(town)
    assert await queued(town, "notice") == []


async def test_what_was_declined_can_be_sent_like_any_other_and_waits_like_any_other(
    town: Hall,
) -> None:
    announcement = await waiting(town)
    await decline(town, ISO, announcement, "It can wait.")
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    notices = await queued(town, "notice")
    assert {row.priority for row in notices} == {ANNOUNCED}
    late = await approve(town, APPROVER, announcement)
    assert (late.settlement, late.by) == (Settlement.DECLINED, "Anders Holmquist")
    assert late.at is not None, "and when"
    assert {row.priority for row in await queued(town, "notice")} == {ANNOUNCED}
    teacher = next(m for m in await inbox(town, TEACHER) if isinstance(m, Notice))
    assert not teacher.urgent


async def test_a_withdrawn_request_is_a_draft_and_nobody_can_approve_it(town: Hall) -> None:
    announcement = await waiting(town)
    request = (await stored(town, announcement)).request
    back = await town.ask(CTO, StopCampaign(subject=announcement))
    assert isinstance(back, AnnouncementDrafted)
    assert back.announcement.state is AnnouncementState.DRAFT
    assert not [m for m in await inbox(town, APPROVER) if isinstance(m, ApprovalAsked)]
    for command in (
        ApproveAnnouncement(announcement_id=announcement, request=request),
        DeclineAnnouncement(announcement_id=announcement, request=request),
        ShowApproval(announcement_id=announcement),
        Open(of=DeclineAnnouncement(announcement_id=announcement, request=request)),
    ):
        ended = await town.ask(APPROVER, command)
        assert isinstance(ended, ApprovalSettled)
        assert ended.settlement is Settlement.WITHDRAWN
    no = DeclineAnnouncement(announcement_id=announcement, request=request, why="Not now.")
    late = await town.ask(APPROVER, no)
    assert isinstance(late, FormView), "nothing that was typed is dropped"
    assert (late.values["why"], set(late.unfit)) == ("Not now.", {"why"})
    assert await queued(town, "notice") == []
    assert "urgent announcement withdrawn" in [what for _, what in await audited(town)]


async def test_a_yes_to_what_was_asked_before_is_none_to_what_was_written_since(
    town: Hall,
) -> None:
    announcement = await waiting(town)
    old = (await stored(town, announcement)).request
    await town.ask(CTO, StopCampaign(subject=announcement))
    other = WriteAnnouncement(
        announcement_id=announcement, **by_name({**WORDS, "what": "Something else."}), audience=TO
    )
    await town.ask(CTO, other)
    town.clock.forward(seconds=1)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, urgent=True))
    assert len(await queued(town, "approval")) == 6, "everybody is asked again"
    refused = await approve(town, APPROVER, announcement, old)
    assert "newest request" in await words_of(refused)
    assert (await approve(town, APPROVER, announcement)).settlement is Settlement.APPROVED


async def test_nobody_decides_for_a_day_and_it_lapses_with_a_word_to_who_asked(town: Hall) -> None:
    announcement = await waiting(town)
    town.clock.forward(hours=23, minutes=59)
    await town.core.dispatch.keep_time()
    assert (await stored(town, announcement)).state is AnnouncementState.WAITING
    town.clock.forward(minutes=2)
    await town.core.dispatch.keep_time()
    await town.core.dispatch.keep_time()
    found = await stored(town, announcement)
    assert (found.state, found.urgent) == (AnnouncementState.DRAFT, False)
    (told,) = await queued(town, "approval-lapsed")
    assert told.priority != URGENT, "it can wait for the morning"
    heard = next(m for m in await inbox(town, CTO) if isinstance(m, ApprovalSettled))
    assert heard.settlement is Settlement.LAPSED
    late = await approve(town, APPROVER, announcement)
    assert late.settlement is Settlement.LAPSED
    assert await queued(town, "notice") == []
    assert (None, "urgent announcement lapsed") in await audited(town)


async def test_a_yes_a_day_later_is_late_also_where_the_clock_stood(town: Hall) -> None:
    announcement = await waiting(town)
    town.clock.forward(hours=24, seconds=1)
    late = await approve(town, APPROVER, announcement)
    assert late.settlement is Settlement.LAPSED
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT
    assert await queued(town, "notice") == []


async def test_asked_again_it_waits_a_day_from_then(town: Hall) -> None:
    announcement = await waiting(town)
    town.clock.forward(hours=20)
    await town.ask(CTO, StopCampaign(subject=announcement))
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, urgent=True))
    town.clock.forward(hours=5)
    await town.core.dispatch.keep_time()
    assert (await stored(town, announcement)).state is AnnouncementState.WAITING
    town.clock.forward(hours=20)
    await town.core.dispatch.keep_time()
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT


# -- afterwards ------------------------------------------------------------------------------------


async def test_a_yes_wakes_people_for_a_day_and_not_for_ever(town: Hall) -> None:
    announcement = await waiting(town)
    await approve(town, APPROVER, announcement)
    for hours, priority in ((1, URGENT), (24, ANNOUNCED)):
        town.clock.forward(hours=hours)
        await town.ask(CTO, StopCampaign(subject=announcement))
        form = await town.ask(CTO, CheckResend(announcement_id=announcement))
        assert isinstance(form, ResendCheck)
        assert form.missed.wakes is (priority == URGENT), "before it is sent again, it says so"
        await town.ask(CTO, ResumeCampaign(subject=announcement))
        assert {row.priority for row in await queued(town, "notice")} == {priority}


async def test_what_waited_for_its_platform_for_a_day_wakes_nobody_then(town: Hall) -> None:
    ledger = LedgerStore(town.core.store, DEFAULT_BUDGETS, locale="en", timezone="UTC")
    await approve(town, APPROVER, await waiting(town))
    for hours, priority in ((23, URGENT), (2, ANNOUNCED)):
        town.clock.forward(hours=hours)
        await ledger.tidy(town.clock())
        assert {row.priority for row in await queued(town, "notice")} == {priority}
