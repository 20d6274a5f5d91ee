"""Sessions of the web in the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from governance.people.ways_in import How
from storage.store import Store
from tests.storage.stores import empty_store, import_people, rows

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        await found.write(lambda tx: import_people(tx, rows(2)))
        yield found


async def somebody(store: Store, number: int) -> UUID:
    email = f"person{number}@schools.example.org"
    found = await store.read(lambda tx: tx.person_by_email(email))
    assert found is not None
    return found.id


async def test_a_session_is_found_by_its_key_until_it_is_ended_once(store: Store) -> None:
    who = await somebody(store, 0)
    key = await store.write(lambda tx: tx.start_session(who, How.OPENID, NOW))
    await store.write(lambda tx: tx.see_session(key, NOW + timedelta(minutes=5)))
    found = await store.read(lambda tx: tx.web_session(key))
    assert found is not None
    assert (found.person.id, found.how) == (who, How.OPENID)
    assert (found.started_at, found.seen_at) == (NOW, NOW + timedelta(minutes=5))
    assert await store.read(lambda tx: tx.web_session(f"{key}x")) is None
    assert await store.write(lambda tx: tx.end_session(key)) == found
    assert await store.write(lambda tx: tx.end_session(key)) is None
    await store.write(lambda tx: tx.see_session(key, NOW))
    assert await store.read(lambda tx: tx.web_session(key)) is None, "seeing brings none back"


async def test_all_of_one_persons_sessions_end_and_nobody_elses(store: Store) -> None:
    one, other = await somebody(store, 0), await somebody(store, 1)
    for who in (one, one, other):
        key = await store.write(lambda tx, who=who: tx.start_session(who, How.LINK, NOW))
    assert await store.write(lambda tx: tx.end_sessions(one)) == 2
    assert await store.read(lambda tx: tx.web_session(key)) is not None


async def test_what_is_too_old_is_forgotten(store: Store) -> None:
    who = await somebody(store, 0)
    old = await store.write(lambda tx: tx.start_session(who, How.LINK, NOW - timedelta(days=32)))
    new = await store.write(lambda tx: tx.start_session(who, How.LINK, NOW))
    before = NOW - timedelta(days=31)
    assert await store.write(lambda tx: tx.forget_sessions(before)) == 1
    assert await store.read(lambda tx: tx.web_session(old)) is None
    assert await store.read(lambda tx: tx.web_session(new)) is not None
