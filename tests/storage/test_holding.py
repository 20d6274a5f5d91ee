"""Quiet hours in the ledger: what is held, until when, and what is not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.people import Audience, Held, Platform, Role
from core.school_calendar import Calendar, Hours
from governance.announcements.model import Announcement, AnnouncementState
from governance.committees.model import Channel, District
from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import DEFAULT_BUDGETS
from scheduler.ports import Claimed
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery
from storage.store import Store
from storage.transaction import Transaction
from tests.journeys.town import example
from tests.storage.stores import empty_store, import_people, row

CENTRAL = ZoneInfo("America/Chicago")
NIGHT = Calendar(
    quiet=Hours(begins=time(18), ends=time(7)),
    contract_hours={Role.OFFICE: Hours(begins=time(7, 30), ends=time(15, 30))},
)
LANE = "slack:T1"
SUBJECT = UUID(int=9)
CLERK, MOUNTAINEER, ON_THE_WEB = 2, 3, 4
STAFF = [
    row(0, platform=Platform.SLACK),
    row(1, platform=Platform.SLACK),
    row(CLERK, platform=Platform.SLACK, role=Role.OFFICE),
    row(MOUNTAINEER, platform=Platform.SLACK, timezone="America/Denver"),
    row(ON_THE_WEB),
]


def at(hour: int, minute: int = 0, *, day: int = 3) -> datetime:
    """In Chicago, in the week of Tuesday, November 3, 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CENTRAL).astimezone(UTC)


def district(calendar: Calendar | None) -> District:
    return replace(example().district, calendar=calendar)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        await found.write(lambda tx: fill(tx, NIGHT))
        yield found


def fill(tx: Transaction, calendar: Calendar | None) -> None:
    tx.put_district(district(calendar), "", at(8))
    import_people(tx, STAFF)
    for number in range(len(STAFF)):
        tx.note_address(
            person(tx, number),
            platform=Platform.SLACK,
            workspace="T1",
            user=f"U{number}",
            conversation=f"D{number}",
            service_url=None,
            reachable=True,
        )


def person(tx: Transaction, number: int) -> Any:
    return tx.person_by_email(row(number)["email"])


async def tell(store: Store, number: int, now: datetime, *, urgent: bool = False) -> None:
    await store.write(
        lambda tx: tx.deliver_to_person(
            person(tx, number),
            campaign=f"to:{number}",
            kind="notice",
            subject=SUBJECT,
            now=now,
            urgent=urgent,
        )
    )


async def claim(store: Store, now: datetime, lane: str = LANE) -> list[str]:
    ledger = LedgerStore(store, DEFAULT_BUDGETS, "en", "America/Chicago")
    claimed: list[Claimed] = list(await ledger.claim(lane, now, 10, 60))
    return sorted(one.conversation for one in claimed)


async def held(store: Store) -> Mapping[str, datetime | None]:
    """Conversation -> until when."""
    rows = await store.read(lambda tx: tx.connection.execute(select(delivery)).all())
    return {row.conversation: row.held_until for row in rows}


async def test_what_is_queued_in_quiet_hours_goes_when_they_end(store: Store) -> None:
    for number in range(len(STAFF)):
        await tell(store, number, at(18, 30))
    tx_id = str(await store.read(lambda tx: person(tx, ON_THE_WEB).id))
    assert await held(store) == {
        "D0": at(7, day=4),
        "D1": at(7, day=4),
        f"D{CLERK}": at(7, 30, day=4),
        f"D{MOUNTAINEER}": None,  # there it is half past five
        tx_id: None,  # the inbox on the web disturbs nobody
    }
    assert await claim(store, at(18, 30)) == [f"D{MOUNTAINEER}"]
    assert await claim(store, at(18, 30), "web:") == [tx_id]
    assert await claim(store, at(7, day=4)) == ["D0", "D1"]
    assert await claim(store, at(7, 30, day=4)) == [f"D{CLERK}"]


async def test_what_was_queued_by_day_stops_at_the_hour(store: Store) -> None:
    for number in range(4):
        await tell(store, number, at(12))
    assert set((await held(store)).values()) == {None}
    assert await claim(store, at(18)) == [f"D{MOUNTAINEER}"]
    until = await held(store)
    assert (until["D0"], until[f"D{CLERK}"]) == (at(7, day=4), at(7, 30, day=4))
    ledger = LedgerStore(store, DEFAULT_BUDGETS, "en", "America/Chicago")
    assert await ledger.lanes_with_work(at(18, 1)) == [], "the lane sleeps until the morning"
    assert await ledger.next_work_at(LANE, at(18, 1)) == at(7, day=4)


async def test_a_batch_that_would_run_into_quiet_hours_waits_for_the_morning(store: Store) -> None:
    await tell(store, 0, at(12))
    assert await claim(store, at(18) - timedelta(milliseconds=100)) == []


async def test_an_urgent_message_overrides_quiet_hours(store: Store) -> None:
    await tell(store, 0, at(22), urgent=True)
    await tell(store, 1, at(22))
    assert await claim(store, at(22)) == ["D0"]


async def test_a_committees_channel_is_not_held(store: Store) -> None:
    channel = Channel(platform=Platform.SLACK, workspace="T1", conversation="C9")

    def queue(tx: Transaction) -> None:
        night = replace(district(NIGHT), triage_channels=(channel,))
        tx.put_district(night, "", at(9))
        tx.deliver_to_queue("triage", campaign="i", kind="brief", subject=SUBJECT, now=at(22))

    await store.write(queue)
    assert await claim(store, at(22)) == ["C9"]


async def test_nobody_is_held_without_a_calendar(store: Store) -> None:
    await store.write(lambda tx: tx.put_district(district(None), "", at(9)))
    await tell(store, 0, at(22))
    assert await claim(store, at(22)) == ["D0"]
    assert await store.read(lambda tx: tx.held_of(Audience(), at(22))) is None


async def test_held_beyond_its_deadline_it_is_not_sent_and_says_why(store: Store) -> None:
    def queue(tx: Transaction) -> None:
        tx._queue(
            tx._addressed([person(tx, 0).id]),
            campaign="wave:1",
            kind="invitation",
            subject=SUBJECT,
            now=at(20),
            priority=9,
            deadline=at(22),
        )

    await store.write(queue)
    ledger = LedgerStore(store, DEFAULT_BUDGETS, "en", "America/Chicago")
    await ledger.tidy(at(22))
    rows = await store.read(lambda tx: tx.connection.execute(select(delivery)).all())
    assert [(row.state, row.why) for row in rows] == [("failed", DeliveryReason.HELD_TOO_LONG)]
    assert await claim(store, at(7, day=4)) == []


async def test_a_new_calendar_lets_go_what_it_does_not_hold(store: Store) -> None:
    await tell(store, 0, at(20))
    await tell(store, CLERK, at(20))
    later = replace(NIGHT, quiet=Hours(begins=time(21), ends=time(7)))

    def change(tx: Transaction) -> None:
        tx.put_district(district(later), "", at(20, 1))
        tx.look_again_at_held(at(20, 1))

    await store.write(change)
    assert await claim(store, at(20, 1)) == ["D0"]
    assert (await held(store))[f"D{CLERK}"] == at(7, 30, day=4), "contract hours stayed"


async def test_who_announces_is_told_whom_quiet_hours_hold_back(store: Store) -> None:
    evening = await store.read(lambda tx: tx.reach(Audience(), at(18, 30)))
    assert evening.held == Held(people=3, until=at(7, day=4))
    by_day = await store.read(lambda tx: tx.reach(Audience(), at(14, 30)))
    assert by_day.held is None
    afternoon = await store.read(lambda tx: tx.held_of(Audience(), at(16)))
    assert afternoon == Held(people=1, until=at(7, 30, day=4))


async def test_a_mail_is_held_and_its_page_shows_it_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    async with empty_store(tmp_path / "mails", mails=True) as store:
        await store.write(lambda tx: fill(tx, NIGHT))
        who = await store.read(lambda tx: person(tx, ON_THE_WEB).id)
        await tell(store, ON_THE_WEB, at(18, 30))
        assert await held(store) == {str(who): at(7, day=4)}
        assert await claim(store, at(18, 30), "web:mail") == []
        shown = await store.read(lambda tx: tx.delivered_to(who))
        assert [one.subject for one in shown] == [SUBJECT]
        evening = await store.read(lambda tx: tx.reach(Audience(), at(18, 30)))
        assert evening.held == Held(people=4, until=at(7, day=4))
        assert await claim(store, at(7, day=4), "web:mail") == [str(who)]


async def test_the_expected_end_of_what_is_held_is_after_the_night(store: Store) -> None:
    sending = Announcement(
        id=SUBJECT,
        change=example().announcements[0].change,
        audience=Audience(),
        written_by=None,
        state=AnnouncementState.SENDING,
    )

    def announce(tx: Transaction) -> None:
        tx.put_announcement(sending)
        tx.announce(sending, at(18, 30))

    await store.write(announce)
    tally = await store.read(lambda tx: tx.tally(SUBJECT, at(18, 31)))
    assert tally.queued == len(STAFF)
    assert tally.expected_end == at(7, 30, day=4), "when the last of them may get it"
