"""A change's messages to many wait for a second person, and those to everyone for a typed word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience, Role
from governance.announcements.approval_messages import EditAsked
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import EditAnnouncement, StopCampaign
from governance.announcements.commands import (
    ApproveAnnouncement,
    ApproveEdit,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.forms import words_of
from governance.announcements.model import AnnouncementState
from governance.changes.commands import PlanMessage, ScheduleMessages, ShowSequence
from governance.changes.messages import SequenceView
from governance.changes.model import FIXED, ChangeStep, Phase
from governance.messages import Refused
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS as NEWS
from tests.governance.announcements.test_approving import APPROVER, appoint
from tests.governance.announcements.test_guarding import sent, settings, stored
from tests.governance.changes.test_process import (
    DAY,
    TEACHERS,
    approved,
    drafted,
    messages,
    take,
    written,
)
from tests.governance.changes.test_process import WORDS as CHANGE
from tests.journeys.town import CHAIR, CTO, ISO


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        await settings(found, approve_above=2)
        yield found


async def test_each_message_to_many_goes_out_once_a_second_person_approved_it(town: Hall) -> None:
    change = await approved(town, audience=TEACHERS)
    there = await messages(town, change)
    assert {one.state for one in there.values()} == {AnnouncementState.WAITING}
    heads_up = there[Phase.HEADS_UP]
    assert heads_up.send_at is not None
    yes = ApproveAnnouncement(announcement_id=heads_up.id, request=heads_up.request)
    await town.ask(APPROVER, yes)
    assert (await stored(town, heads_up.id)).state is AnnouncementState.SCHEDULED
    town.clock.forward(days=60)
    await town.core.dispatch.keep_time()
    assert {row.subject for row in await sent(town)} == {heads_up.id}, (
        "the others were not approved"
    )


async def test_what_waits_moves_with_the_day_and_is_asked_for_again(town: Hall) -> None:
    change = await approved(town, audience=TEACHERS)
    before = await messages(town, change)
    later = DAY.replace(day=DAY.day + 7)
    await take(town, CTO, change, ChangeStep.MOVED, "The vendor is late.", day=later)
    after = await messages(town, change)
    for phase, one in after.items():
        assert one.state is AnnouncementState.WAITING
        assert one.send_at > before[phase].send_at  # type: ignore[operator]
    old = before[Phase.LIVE]
    assert not await sent(town)
    await town.ask(APPROVER, ApproveAnnouncement(announcement_id=old.id, request=1))
    assert (await stored(town, old.id)).state is AnnouncementState.WAITING


async def test_to_everyone_no_change_schedules_anything_by_itself(town: Hall) -> None:
    change = await approved(town, audience=Audience())
    await town.ask(CTO, ScheduleMessages(change_id=change))
    there = await messages(town, change)
    assert {one.state for one in there.values()} == {AnnouncementState.DRAFT}
    view = await town.ask(CTO, ShowSequence(change_id=change))
    assert isinstance(view, SequenceView)
    assert all(one.everyone for one in view.lines)
    town.clock.forward(days=60)
    await town.core.dispatch.keep_time()
    assert await sent(town) == []
    plain = SendAnnouncement(announcement_id=there[Phase.LIVE].id, everyone="everyone")
    await town.ask(CTO, plain)
    assert (await stored(town, there[Phase.LIVE].id)).state is AnnouncementState.WAITING


async def test_no_message_of_a_change_goes_out_before_the_change_is_approved(town: Hall) -> None:
    change = await drafted(town, audience=TEACHERS)
    one = (await messages(town, change))[Phase.HEADS_UP]
    plain = SendAnnouncement(announcement_id=one.id, everyone="everyone")
    assert isinstance(await town.ask(CTO, plain), Refused)
    assert (await stored(town, one.id)).state is AnnouncementState.DRAFT


async def test_a_withdrawn_change_takes_back_what_waits_without_a_time(town: Hall) -> None:
    change = await approved(town, audience=TEACHERS)
    one = (await messages(town, change))[Phase.LIVE]
    await town.ask(CTO, StopCampaign(subject=one.id))
    await town.ask(CTO, SendAnnouncement(announcement_id=one.id))
    waiting = await stored(town, one.id)
    assert (waiting.state, waiting.send_at) == (AnnouncementState.WAITING, None)
    await take(town, CTO, change, ChangeStep.WITHDRAWN, "The vendor went away.")
    yes = ApproveAnnouncement(announcement_id=one.id, request=waiting.request)
    await town.ask(APPROVER, yes)
    assert (await stored(town, one.id)).state is AnnouncementState.DRAFT
    assert await sent(town) == []


async def test_who_proposed_a_change_approves_none_of_its_messages(town: Hall) -> None:
    await appoint(town, CTO, (ISO,))
    await settings(town, approve_above=2)
    change = await approved(town, audience=TEACHERS)
    one = (await messages(town, change))[Phase.LIVE]
    yes = ApproveAnnouncement(announcement_id=one.id, request=one.request)
    assert isinstance(await town.ask(CTO, yes), Refused)


async def plan(town: Hall, who: str, change: UUID, phase: Phase) -> UUID:
    """Somebody has a message go to other people."""
    one = (await messages(town, change))[phase]
    days = "" if phase in FIXED else "5"
    to = Audience(roles=frozenset({Role.TEACHER, Role.SUPPORT}))
    ids = {"change_id": change, "announcement_id": one.id}
    done = await town.ask(who, PlanMessage(**ids, days=days, at="09:00", audience=to))
    assert isinstance(done, SequenceView), done
    return one.id


async def say_yes(town: Hall, who: str, announcement: UUID) -> AnnouncementState:
    found = await stored(town, announcement)
    yes = ApproveAnnouncement(announcement_id=announcement, request=found.request)
    refused = isinstance(await town.ask(who, yes), Refused)
    after = (await stored(town, announcement)).state
    assert refused is (after is AnnouncementState.WAITING)
    return after


async def test_who_puts_an_edited_message_on_the_clock_again_does_not_approve_it(
    town: Hall,
) -> None:
    await appoint(town, ISO, (CHAIR,))
    change = await approved(town, audience=TEACHERS, owner=ISO)
    one = (await messages(town, change))[Phase.LIVE]
    await town.ask(CTO, StopCampaign(subject=one.id))
    await plan(town, CTO, change, Phase.LIVE)
    await town.ask(ISO, ScheduleMessages(change_id=change))
    assert await say_yes(town, ISO, one.id) is AnnouncementState.WAITING
    assert await say_yes(town, CHAIR, one.id) is AnnouncementState.SCHEDULED


async def test_who_last_wrote_a_message_does_not_approve_it(town: Hall) -> None:
    await appoint(town, ISO, (CHAIR,))
    change = await drafted(town, audience=TEACHERS, owner=ISO)
    planned = await plan(town, ISO, change, Phase.LIVE)
    await take(town, CTO, change, ChangeStep.PROPOSED)
    await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    assert await say_yes(town, ISO, planned) is AnnouncementState.WAITING
    assert await say_yes(town, CHAIR, planned) is AnnouncementState.SCHEDULED


async def test_who_last_wrote_the_words_of_a_change_approves_no_message_of_it(town: Hall) -> None:
    await appoint(town, ISO, (CHAIR,))
    change = await drafted(town, audience=TEACHERS, owner=ISO)
    words = {**CHANGE, "what": "You sign in with a key."}
    await town.ask(ISO, written(change, words=words, audience=TEACHERS, owner=ISO))
    await take(town, CTO, change, ChangeStep.PROPOSED)
    await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    one = (await messages(town, change))[Phase.LIVE]
    assert one.change.what.default == "You sign in with a key."
    assert await say_yes(town, ISO, one.id) is AnnouncementState.WAITING


async def test_a_message_whose_day_was_rewritten_is_not_moved_by_itself(town: Hall) -> None:
    await settings(town, approve_above=1000)
    change = await approved(town, audience=TEACHERS)
    one = (await messages(town, change))[Phase.LIVE]
    await town.ask(CTO, StopCampaign(subject=one.id))
    words = {**words_of(one.change), "when": "Monday, November 9, at seven"}
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=one.id, **by_name(words), audience=TEACHERS)
    )
    await town.ask(CTO, ScheduleMessages(change_id=change))
    assert (await stored(town, one.id)).state is AnnouncementState.SCHEDULED
    await take(town, CTO, change, ChangeStep.MOVED, "Late.", day=DAY.replace(day=16))
    there = await messages(town, change)
    assert there[Phase.LIVE].state is AnnouncementState.DRAFT
    assert there[Phase.FOLLOW_UP].state is AnnouncementState.SCHEDULED


async def test_what_everyone_has_is_edited_with_the_typed_word_and_a_second_yes(town: Hall) -> None:
    announcement = uuid4()
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=announcement, **by_name(NEWS), audience=Audience())
    )
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, everyone="everyone"))
    request = (await stored(town, announcement)).request
    await town.ask(APPROVER, ApproveAnnouncement(announcement_id=announcement, request=request))
    words = {**NEWS, "what": "Something else."}
    edit = EditAnnouncement(announcement_id=announcement, **by_name(words))
    assert set((await town.ask(CTO, edit)).unfit) == {"everyone"}
    assert (await stored(town, announcement)).edited_at is None
    waits = await town.ask(CTO, replace(edit, everyone="todos"))
    assert isinstance(waits, EditAsked)
    assert (await stored(town, announcement)).edited_at is None
    number = waits.request.number
    await town.ask(APPROVER, ApproveEdit(announcement_id=announcement, request=number))
    assert (await stored(town, announcement)).edited_at is not None
