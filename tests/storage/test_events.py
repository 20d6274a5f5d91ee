"""What happens once: events, sign-in links, entries of the clock, and the lines of the audit."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Delete, Update, delete, select

from governance.home.commands import KeepHouse
from governance.upkeep.handlers import keep_house
from storage.ledger_tables import audit
from storage.store import Store
from storage.tables import release_note
from storage.transaction import Transaction
from tests.storage.stores import empty_store

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


async def test_an_event_is_new_once(store: Store) -> None:
    both = await asyncio.gather(
        *(store.write(lambda tx: tx.first_time("Ev123", NOON)) for _ in range(2))
    )
    assert sorted(both) == [False, True]
    assert await store.write(lambda tx: tx.first_time("Ev124", NOON))


async def test_events_whose_long_names_begin_alike_are_two(store: Store) -> None:
    assert await store.write(lambda tx: tx.first_time("e" * 300 + "1", NOON))
    assert await store.write(lambda tx: tx.first_time("e" * 300 + "2", NOON))
    assert not await store.write(lambda tx: tx.first_time("e" * 300 + "1", NOON))


async def test_a_sign_in_link_is_used_once(store: Store) -> None:
    used = await asyncio.gather(
        *(store.write(lambda tx: tx.use_signin("token", NOON)) for _ in range(3))
    )
    assert sum(used) == 1


async def test_what_is_due_comes_in_order_and_goes_when_it_happened(store: Store) -> None:
    subject = uuid4()

    def plan(tx: Transaction) -> None:
        tx.schedule("close", subject, NOON + HOUR)
        tx.schedule("remind", subject, NOON, 1)
        tx.schedule("remind", subject, NOON - HOUR, 2)
        tx.schedule("remind", subject, NOON + 9 * HOUR, 1)  # planned before: stays as it is

    await store.write(plan)
    due = await store.read(lambda tx: tx.due(NOON))
    assert [(one.kind, one.number) for one in due] == [("remind", 2), ("remind", 1)]
    assert len(await store.read(lambda tx: tx.coming())) == 3
    first = due[0]
    claimed = await asyncio.gather(
        *(store.write(lambda tx: tx.happens(first, NOON)) for _ in range(2))
    )
    assert sorted(claimed) == [False, True]
    assert [one.number for one in await store.read(lambda tx: tx.due(NOON))] == [1]
    assert len(await store.read(lambda tx: tx.coming())) == 2


async def change(store: Store, statement: Update | Delete) -> None:
    await store.write(lambda tx: tx.connection.execute(statement))


async def test_the_audit_is_a_chain_that_breaks_where_a_line_is_changed(store: Store) -> None:
    who, subject = uuid4(), uuid4()
    for number in range(4):
        await store.write(lambda tx, n=number: tx.audit(who, f"did {n}", subject, NOON))
    state = await store.read(lambda tx: tx.audit_state())
    assert (state.lines, state.broken_at) == (4, None)
    told = ""
    for number in range(4):
        line = f"{told}|{number + 1}|{NOON.isoformat()}|{who}|did {number}|{subject}"
        told = hashlib.sha256(line.encode()).hexdigest()
    assert state.head == told
    await change(store, delete(audit).where(audit.c.number == 3))
    assert (await store.read(lambda tx: tx.audit_state())).broken_at == 3
    await change(store, audit.update().where(audit.c.number == 2).values(what="did nothing"))
    assert (await store.read(lambda tx: tx.audit_state())).broken_at == 2


def written_before_december(tx: Transaction, who: UUID, what: str, at: datetime) -> None:
    """A line as it was hashed until then: its moment as written in the zone that it came in."""
    tx.audit(who, what, None, at)
    rows = tx.connection.execute(select(audit).order_by(audit.c.number.desc()).limit(2)).all()
    last, before = rows[0], rows[1].chain if len(rows) > 1 else ""
    line = f"{before}|{last.number}|{at.isoformat()}|{who}|{what}|None"
    chain = hashlib.sha256(line.encode()).hexdigest()
    tx.connection.execute(audit.update().where(audit.c.number == last.number).values(chain=chain))


@pytest.mark.parametrize("zone", ["America/Chicago", "Asia/Kathmandu", "Pacific/Kiritimati"])
async def test_the_audit_is_whole_whatever_zone_its_moments_came_in(
    store: Store, zone: str
) -> None:
    """The demo writes in the district's zone, and so did each version until December 2026."""
    who, local = uuid4(), NOON.astimezone(ZoneInfo(zone))
    await store.write(lambda tx: tx.audit(who, "now", None, local))
    await store.write(lambda tx: written_before_december(tx, who, "then", local))
    await store.write(lambda tx: written_before_december(tx, who, "in summer", local - 150 * DAY))
    await store.write(lambda tx: tx.audit(who, "now again", None, NOON))
    state = await store.read(lambda tx: tx.audit_state())
    assert (state.lines, state.broken_at) == (4, None)
    second = audit.c.number == 2
    for tampered in ({"at": NOON + HOUR}, {"who": uuid4()}, {"what": "never"}):
        kept = await store.read(lambda tx: tx.connection.execute(select(audit).where(second)).one())
        await change(store, audit.update().where(second).values(**tampered))
        assert (await store.read(lambda tx: tx.audit_state())).broken_at == 2
        back = {name: kept._mapping[name] for name in tampered}
        await change(store, audit.update().where(second).values(**back))
    assert (await store.read(lambda tx: tx.audit_state())).broken_at is None


@pytest.mark.parametrize("tamper", ["changed", "gone", "added"])
async def test_what_was_shown_of_answers_is_in_the_chain_since_the_night(
    store: Store, tamper: str
) -> None:
    wave, who = uuid4(), uuid4()
    for number in range(5):
        await store.write(lambda tx, n=number: tx.note_release(wave, who, f"live {n}", NOON))
    assert (await store.read(lambda tx: tx.audit_state())).waiting == 5
    await store.write(lambda tx: keep_house(tx, KeepHouse(), NOON))
    await store.write(lambda tx: keep_house(tx, KeepHouse(), NOON))
    state = await store.read(lambda tx: tx.audit_state())
    assert (state.lines, state.waiting, state.broken_at) == (1, 0, None)
    if tamper == "changed":
        one = release_note.c.what == "live 3"
        await change(store, release_note.update().where(one).values(to_person=uuid4()))
    elif tamper == "gone":
        await change(store, delete(release_note).where(release_note.c.what == "live 3"))
    else:
        await store.write(lambda tx: tx.note_release(wave, who, "live 9", NOON))
        await change(store, release_note.update().values(audited=1))
    assert (await store.read(lambda tx: tx.audit_state())).broken_at == 1


async def test_many_who_write_the_audit_at_once_make_one_chain(store: Store) -> None:
    await asyncio.gather(
        *(store.write(lambda tx, i=i: tx.audit(UUID(int=i), "x", None, NOON)) for i in range(20))
    )
    numbers = await store.read(
        lambda tx: list(tx.connection.execute(select(audit.c.number)).scalars())
    )
    assert sorted(numbers) == list(range(1, 21))
