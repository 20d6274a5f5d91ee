"""A change's messages to many wait for a second person, and those to everyone for a typed word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.people import Audience
from governance.announcements.commands import ApproveAnnouncement, SendAnnouncement
from governance.announcements.model import AnnouncementState
from governance.changes.commands import ScheduleMessages, ShowSequence
from governance.changes.messages import SequenceView
from governance.changes.model import ChangeStep, Phase
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_approving import APPROVER
from tests.governance.announcements.test_guarding import sent, settings, stored
from tests.governance.changes.test_process import DAY, TEACHERS, approved, messages, take
from tests.journeys.town import CTO


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
