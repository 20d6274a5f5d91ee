"""Who has not read an announcement, and reminding them: from the press to what is queued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import RecallAnnouncement
from governance.announcements.commands import AcknowledgeAnnouncement, WriteAnnouncement
from governance.messages import Notice, Refused
from governance.read_reminders.commands import RemindUnread, ShowUnread
from governance.read_reminders.handlers import READ_REMINDER
from governance.read_reminders.messages import ReadReminder, Unread
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_campaigning import ALL, audited, became, leave, rows, sent
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def read_by_some(town: Hall) -> UUID:
    """An announcement that three of four people got, of whom one has read it."""
    announcement = await sent(town)
    for email in (TEACHER, OFFICE, CHAIR):
        await became(town, email, state="sent")
    await became(town, ISO, state="failed")
    read = await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    assert isinstance(read, Notice)
    return announcement


async def remind(town: Hall, announcement: UUID) -> Unread:
    """Press, and let the clock look."""
    found = await town.ask(CTO, RemindUnread(announcement_id=announcement))
    await town.core.dispatch.keep_time()
    assert isinstance(found, Unread)
    return found


async def test_counts_are_by_building_and_of_those_who_got_it(town: Hall) -> None:
    announcement = await read_by_some(town)
    found = await town.ask(CTO, ShowUnread(announcement_id=announcement))
    assert isinstance(found, Unread)
    assert (found.unread, found.people) == (2, 3)
    counts = [one.unread for one in found.buildings]
    assert counts == sorted(counts, reverse=True)
    assert found.may_remind
    assert found.reminded_at is None
    await leave(town, OFFICE)
    found = await town.ask(CTO, ShowUnread(announcement_id=announcement))
    assert (found.unread, found.people) == (1, 2), "who has left is not counted"


async def test_who_has_not_read_it_is_reminded_once_a_day(town: Hall) -> None:
    announcement = await read_by_some(town)
    found = await remind(town, announcement)
    assert found.reminded_at is not None
    assert not found.may_remind
    assert set(await rows(town, READ_REMINDER)) == {OFFICE, CHAIR}
    message = await composed(town, READ_REMINDER, announcement)
    assert isinstance(message, ReadReminder)
    first = {row.id for row in (await rows(town, READ_REMINDER)).values()}
    again = await remind(town, announcement)
    assert not again.may_remind
    assert {row.id for row in (await rows(town, READ_REMINDER)).values()} == first
    assert [what for what in await audited(town) if "remind" in what] == ["reminded to read: 2"]
    town.clock.forward(hours=24)
    await became(town, OFFICE, kind=READ_REMINDER, state="sent")
    await town.ask(OFFICE, AcknowledgeAnnouncement(announcement_id=announcement))
    tomorrow = await remind(town, announcement)
    assert (tomorrow.unread, tomorrow.may_remind) == (1, False)
    new = [row for row in (await rows(town, READ_REMINDER)).values() if row.id not in first]
    assert len(new) == 1, "only the chair, who has still not read it"


async def test_who_reads_it_first_gets_no_reminder(town: Hall) -> None:
    """Quiet hours may hold a reminder for a night."""
    announcement = await read_by_some(town)
    await remind(town, announcement)
    await town.ask(CHAIR, AcknowledgeAnnouncement(announcement_id=announcement))
    states = {email: row.state for email, row in (await rows(town, READ_REMINDER)).items()}
    assert states == {OFFICE: "queued", CHAIR: "recalled"}


async def test_what_was_taken_back_or_asks_nothing_reminds_nobody(town: Hall) -> None:
    announcement = await read_by_some(town)
    await town.ask(CTO, RemindUnread(announcement_id=announcement))
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    await town.core.dispatch.keep_time()
    assert await rows(town, READ_REMINDER) == {}, "it was taken back before the clock looked"
    draft = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=draft, **by_name(WORDS)))
    for subject in (announcement, draft, uuid4()):
        for command in (ShowUnread, RemindUnread):
            assert isinstance(await town.ask(CTO, command(announcement_id=subject)), Refused)


async def test_only_the_office_sees_who_has_not_read_it(town: Hall) -> None:
    announcement = await read_by_some(town)
    for email in (one for one in ALL if one != CTO):
        for command in (ShowUnread, RemindUnread):
            found = await town.ask(email, command(announcement_id=announcement))
            assert isinstance(found, Refused)
    await town.core.dispatch.keep_time()
    assert await rows(town, READ_REMINDER) == {}
