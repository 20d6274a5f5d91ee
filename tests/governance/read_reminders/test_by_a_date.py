"""An announcement to be confirmed by a date: who owes it, who is reminded, and the counts."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text, update

from bot.exports.acknowledged import acknowledged_csv
from core.people import Audience
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    RecallAnnouncement,
    ShowCampaign,
)
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    ShowAnnouncement,
    WriteAnnouncement,
)
from governance.duties.commands import TendDuties
from governance.forms.messages import FormView
from governance.messages import AnnouncementScheduled, Notice, Refused
from governance.read_reminders.commands import ExportAcknowledged, RemindUnread, ShowUnread
from governance.read_reminders.handlers import READ_REMINDER
from governance.read_reminders.messages import Acknowledged, AcknowledgedFile, ReadReminder
from governance.read_reminders.model import READ_BY
from governance.views import CampaignView
from storage.duties import asked_duty
from storage.ledger_tables import delivery
from storage.tables import acknowledgement
from storage.tables import person as person_table
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.acknowledgements.test_acknowledging import sending
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_campaigning import ALL, became, leave, rows
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

DUE = date(2026, 10, 16)
"""A Friday; the hall opens on Monday, October 5."""

AGAIN = f"{READ_BY}-again"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def sent(town: Hall, due: date = DUE, people: tuple[str, ...] = ALL) -> UUID:
    """An announcement that four people got, to be confirmed by a date."""
    announcement, audience = uuid4(), Audience(people=frozenset(people))
    written = WriteAnnouncement(
        announcement_id=announcement, **by_name(WORDS), audience=audience, due=due
    )
    await town.ask(CTO, written)
    assert isinstance(
        await town.ask(CTO, SendAnnouncement(announcement_id=announcement)), AnnouncementScheduled
    )
    for email in people:
        await became(town, email, state="sent")
    return announcement


async def mornings(town: Hall, count: int = 1) -> None:
    """So many days later, on each of which the clock looks."""
    for _ in range(count):
        town.clock.forward(hours=24)
        await town.core.dispatch.by_itself(TendDuties())
        await town.core.dispatch.keep_time()


async def press(town: Hall, email: str, announcement: UUID) -> Notice:
    found = await town.ask(email, AcknowledgeAnnouncement(announcement_id=announcement))
    assert isinstance(found, Notice)
    return found


async def counted(town: Hall, announcement: UUID, email: str = CTO) -> Acknowledged:
    found = await town.ask(email, ShowUnread(announcement_id=announcement))
    assert isinstance(found, Acknowledged), found
    return found


async def reminders(town: Hall) -> dict[str, int]:
    """How many reminders each person got."""
    wanted = (
        select(person_table.c.email, func.count())
        .join(delivery, delivery.c.person_id == person_table.c.id)
        .where(delivery.c.kind == AGAIN)
        .group_by(person_table.c.email)
    )
    found = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return {row[0]: row[1] for row in found}


async def test_a_reminder_goes_only_to_the_rest_and_three_times(town: Hall) -> None:
    announcement = await sent(town)
    assert await rows(town, READ_BY) == {}, "the announcement itself asks"
    await press(town, TEACHER, announcement)
    await mornings(town, 4)
    assert await reminders(town) == {}
    await mornings(town, 3)
    assert await reminders(town) == {OFFICE: 1, CHAIR: 1, ISO: 1}
    message = await sending(town, OFFICE, AGAIN, announcement)
    assert isinstance(message, ReadReminder)
    assert message.due == DUE
    await press(town, OFFICE, announcement)
    assert await sending(town, OFFICE, AGAIN, announcement) is None
    await mornings(town, 40)
    assert await reminders(town) == {OFFICE: 1, CHAIR: 3, ISO: 3}


async def test_a_press_counts_once_and_after_the_date_it_is_late(town: Hall) -> None:
    announcement = await sent(town)
    first = await press(town, TEACHER, announcement)
    assert (first.due, first.late) == (DUE, False)
    town.clock.forward(hours=24 * 12)  # Saturday the 17th
    again, late = await press(town, TEACHER, announcement), await press(town, CHAIR, announcement)
    assert again.acknowledged_at == first.acknowledged_at
    assert not again.late
    assert late.late
    found = await counted(town, announcement)
    assert (found.asked, found.done, found.late) == (4, 2, 1)


@pytest.mark.parametrize(("hours", "late"), [(5, False), (10, True)])
async def test_the_date_ends_by_the_districts_clock(town: Hall, hours: int, late: bool) -> None:
    """Monday 15:00 UTC is 8:00 in Pacific time; the due day ends there at 7:00 UTC of the next."""
    zone = (await town.core.store.read(lambda tx: tx.district())).timezone
    announcement = await sent(town, due=date(2026, 10, 5))
    town.clock.forward(hours=hours)
    local = town.clock().astimezone(ZoneInfo(zone)).date()
    assert (local > date(2026, 10, 5)) is (await press(town, TEACHER, announcement)).late


async def test_reading_it_is_not_confirming_it(town: Hall) -> None:
    announcement = await sent(town)
    await town.ask(TEACHER, ShowAnnouncement(announcement_id=announcement))
    assert (await counted(town, announcement)).done == 0


async def test_a_joiner_gets_it_in_its_own_campaign_and_a_leaver_owes_nothing(town: Hall) -> None:
    await leave(town, OFFICE)
    announcement = uuid4()
    written = WriteAnnouncement(
        announcement_id=announcement, **by_name(WORDS), audience=Audience(), due=DUE
    )
    await town.ask(CTO, written)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    before = (await counted(town, announcement)).asked
    back = update(person_table).where(person_table.c.email == OFFICE).values(active=True)
    await town.core.store.write(lambda tx: tx.connection.execute(back))
    await leave(town, TEACHER)
    await mornings(town)
    assert (await rows(town))[OFFICE].subject == announcement
    assert (await rows(town))[OFFICE].campaign == f"announcement:{announcement}"
    assert (await counted(town, announcement)).asked == before
    assert (await press(town, OFFICE, announcement)).acknowledged_at


async def test_nobody_is_reminded_of_what_was_taken_back(town: Hall) -> None:
    announcement = await sent(town)
    await mornings(town, 7)
    assert await reminders(town) == dict.fromkeys(ALL, 1)
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert await sending(town, OFFICE, AGAIN, announcement) is None
    await mornings(town, 30)
    assert await reminders(town) == dict.fromkeys(ALL, 1)
    owes = select(func.count()).select_from(asked_duty).where(asked_duty.c.let_go_at.is_(None))
    assert await town.core.store.read(lambda tx: tx.connection.execute(owes).scalar()) == 0


async def test_an_edit_keeps_who_has_confirmed_it(town: Hall) -> None:
    announcement = await sent(town)
    await press(town, TEACHER, announcement)
    edited = EditAnnouncement(announcement_id=announcement, **by_name({**WORDS, "when": "Friday"}))
    await town.ask(CTO, edited)
    found = await counted(town, announcement)
    assert (found.asked, found.done) == (4, 1)
    await mornings(town, 7)
    assert set(await reminders(town)) == {OFFICE, CHAIR, ISO}


async def test_it_is_not_reminded_of_twice(town: Hall) -> None:
    announcement = await sent(town)
    refused = await town.ask(CTO, RemindUnread(announcement_id=announcement))
    assert isinstance(refused, Refused)
    await town.core.dispatch.keep_time()
    assert await rows(town, READ_REMINDER) == {}


async def test_a_date_that_passes_before_it_goes_out_is_refused(town: Hall) -> None:
    announcement, audience = uuid4(), Audience(people=frozenset(ALL))
    past = WriteAnnouncement(
        announcement_id=announcement, **by_name(WORDS), audience=audience, due=date(2026, 10, 2)
    )
    assert isinstance(await town.ask(CTO, past), FormView)
    soon = WriteAnnouncement(
        announcement_id=announcement, **by_name(WORDS), audience=audience, due=date(2026, 10, 6)
    )
    await town.ask(CTO, soon)
    later = SendAnnouncement(announcement_id=announcement, at=town.clock() + timedelta(days=3))
    found = await town.ask(CTO, later)
    assert isinstance(found, Rejected)
    assert set(found.unfit) == {"at"}


async def test_the_page_the_file_and_the_ledger_agree(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, CHAIR):
        await press(town, email, announcement)
    page = await counted(town, announcement)
    file = await town.ask(CTO, ExportAcknowledged(announcement_id=announcement))
    assert isinstance(file, AcknowledgedFile)
    read = csv.DictReader(io.StringIO(acknowledged_csv(file.rows).decode("utf-8-sig")))
    lines = list(read)
    assert len(lines) == page.asked == 4
    done = [one["email"] for one in lines if one["state"] == "done"]
    assert sorted(done) == sorted((TEACHER, CHAIR))
    pressed = select(func.count()).select_from(acknowledgement)
    assert page.done == await town.core.store.read(
        lambda tx: tx.connection.execute(pressed).scalar()
    )
    view = await town.ask(CTO, ShowCampaign(announcement_id=announcement))
    assert isinstance(view, CampaignView)
    assert view.buildings == page.buildings
    assert (view.tally.people, view.tally.acknowledged) == (page.asked, page.done)
    by_hand = text(
        "SELECT b.name, count(*), count(a.at) FROM delivery d"
        " JOIN person p ON p.id = d.person_id JOIN building b ON b.key = p.building"
        " LEFT JOIN acknowledgement a"
        " ON a.announcement_id = d.subject AND a.person_id = d.person_id"
        " WHERE d.kind = 'notice' AND p.active GROUP BY b.name ORDER BY b.name"
    )
    found = await town.core.store.read(lambda tx: tx.connection.execute(by_hand).all())
    assert [tuple(row) for row in found] == [(c.group, c.asked, c.done) for c in page.buildings]


async def test_only_who_is_responsible_sees_the_counts(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, OFFICE, CHAIR):
        for command in (ShowUnread, ExportAcknowledged):
            found = await town.ask(email, command(announcement_id=announcement))
            assert isinstance(found, Refused), email
    mine = (await person(town.core, TEACHER)).building
    head = update(person_table).where(person_table.c.email == TEACHER)
    await town.core.store.write(lambda tx: tx.connection.execute(head.values(role="administrator")))
    found = await counted(town, announcement, TEACHER)
    assert found.building
    people = [(await person(town.core, one)).building for one in ALL]
    assert found.asked == people.count(mine)
    assert len(found.buildings) == 1
