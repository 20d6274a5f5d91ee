"""What recurs, at the table that decides: once each, caught up as one, kept as long as needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from governance.committees.model import District
from storage.ledger_tables import inbox, occurrence, schedule, signin
from storage.store import Store
from storage.transaction import Transaction
from tests.storage.stores import empty_store

CENTRAL = ZoneInfo("America/Chicago")
HOUSE = UUID(int=0)
NIGHTLY = "30 2 * * *"


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CENTRAL).astimezone(UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        town = District(key="town", name="Town", timezone="America/Chicago")
        await found.write(lambda tx: tx.put_district(town, "", at("2026-10-01 12:00")))
        await found.write(lambda tx: tx.recur("keep", HOUSE, NIGHTLY, at("2026-10-30 12:00")))
        yield found


async def look(store: Store, now: datetime) -> list[str]:
    """A tick: what happened."""

    def tick(tx: Transaction) -> list[str]:
        return [due.slot for due in tx.due(now) if tx.happens(due, now)]

    return await store.write(tick)


async def test_it_begins_with_the_next_one(store: Store) -> None:
    assert await look(store, at("2026-10-30 12:00")) == []
    assert await look(store, at("2026-10-31 02:29")) == []
    assert await look(store, at("2026-10-31 02:30")) == ["2026-10-31T02:30:00"]
    assert await look(store, at("2026-10-31 02:31")) == []


@pytest.mark.parametrize("day", ["2026-11-01", "2027-03-14"])
async def test_the_nights_when_clocks_change_have_one_each(store: Store, day: str) -> None:
    await look(store, at(f"{day} 00:00"))
    happened = []
    for minute in range(0, 12 * 60, 10):
        happened += await look(store, at(f"{day} 00:00") + timedelta(minutes=minute))
    assert happened == [f"{day}T02:30:00"]


async def test_an_outage_is_caught_up_with_the_newest_one(store: Store) -> None:
    assert await look(store, at("2026-10-31 02:30")) == ["2026-10-31T02:30:00"]
    assert await look(store, at("2026-11-09 08:00")) == ["2026-11-09T02:30:00"]
    assert await look(store, at("2026-11-09 08:01")) == []
    assert await look(store, at("2026-11-10 02:30")) == ["2026-11-10T02:30:00"]


async def test_a_clock_set_back_repeats_nothing_and_skips_nothing(store: Store) -> None:
    await look(store, at("2026-11-03 02:30"))
    assert await look(store, at("2026-11-06 02:31")) == ["2026-11-06T02:30:00"]
    # An hour back: yesterday's was missed, and is not caught up now.
    assert await look(store, at("2026-11-06 01:31")) == []
    assert await look(store, at("2026-11-06 02:30")) == []
    assert await look(store, at("2026-11-07 02:30")) == ["2026-11-07T02:30:00"]


async def test_a_clock_that_was_set_far_ahead_by_mistake_stops_nothing(store: Store) -> None:
    assert await look(store, at("2028-05-01 12:00")) == ["2028-05-01T02:30:00"]
    assert await look(store, at("2026-11-06 02:30")) == ["2026-11-06T02:30:00"]


async def test_of_many_that_look_at_once_one_does_it(store: Store) -> None:
    now = at("2026-11-03 02:30")
    looks = await asyncio.gather(*(look(store, now) for _ in range(5)))
    assert sorted(looks) == [[], [], [], [], ["2026-11-03T02:30:00"]]


async def test_another_rule_takes_its_place_and_the_same_changes_nothing(store: Store) -> None:
    await store.write(lambda tx: tx.recur("keep", HOUSE, NIGHTLY, at("2026-11-05 12:00")))
    assert await look(store, at("2026-11-03 02:30")) == ["2026-11-03T02:30:00"]
    noon = "0 12 * * *"
    await store.write(lambda tx: tx.recur("keep", HOUSE, noon, at("2026-11-05 13:00")))
    assert await look(store, at("2026-11-06 02:30")) == []
    assert await look(store, at("2026-11-06 12:00")) == ["2026-11-06T12:00:00"]


async def test_housekeeping_deletes_what_has_done_its_work_and_nothing_else(store: Store) -> None:
    now = at("2026-11-30 02:30")
    once, lately = uuid4(), uuid4()

    def fill(tx: Transaction) -> None:
        for days in (0, 29, 31, 500):
            tx.first_time(f"event-{days}", now - timedelta(days=days))
            tx.use_signin(f"link-{days}", now - timedelta(days=days))
        tx.schedule("close", once, now - timedelta(days=401))
        tx.schedule("close", lately, now - timedelta(days=31))
        for due in tx.due(now - timedelta(days=31)):
            happened = now - timedelta(days=401 if due.subject == once else 31)
            assert tx.happens(due, happened)

    await store.write(fill)
    for day in ("2026-10-31", "2026-11-01"):
        await look(store, at(f"{day} 02:30"))

    def keep_house(tx: Transaction) -> None:
        tx.forget_events(now - timedelta(days=30))
        tx.forget_occurrences(now + timedelta(days=30), now - timedelta(days=400))

    await store.write(keep_house)
    await store.write(keep_house)

    def left(tx: Transaction) -> tuple[list[str], list[str], list[UUID], int]:
        ask = tx.connection.execute
        return (
            sorted(ask(select(inbox.c.event_id)).scalars()),
            sorted(ask(select(signin.c.token_id)).scalars()),
            sorted(ask(select(schedule.c.subject)).scalars()),
            ask(select(func.count()).select_from(occurrence)).scalar_one(),
        )

    events, links, subjects, happened = await store.read(left)
    assert events == ["event-0", "event-29"]
    assert links == ["link-0", "link-29"]
    assert subjects == sorted([HOUSE, lately])
    assert happened == 2, "the newest of what recurs, and what happened once lately"
    assert await look(store, now) == ["2026-11-30T02:30:00"], "and not what happened before"
