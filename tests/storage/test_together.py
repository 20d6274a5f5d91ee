"""Short works that share a commit on SQLite: each as if it were alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from storage.ledger_tables import inbox
from storage.store import Store
from storage.together import MOST
from storage.transaction import Transaction
from tests.storage.stores import empty_store

NOON = datetime(2026, 1, 7, 12, tzinfo=UTC)
who: ContextVar[str] = ContextVar("who")

Work = Callable[[Transaction], Any]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


async def waiting(store: Store, works: Sequence[Work]) -> tuple[list[Any], int]:
    """What becomes of works that all wait for the writer at once, and in how many commits."""
    commits, free = 0, threading.Event()

    def committed(connection: Any) -> None:
        nonlocal commits
        commits += 1

    busy = asyncio.ensure_future(store.write(lambda tx: free.wait(30)))
    ours: list[Awaitable[Any]] = [
        asyncio.ensure_future(store.write_together(work)) for work in works
    ]
    await asyncio.sleep(0)  # each is asked for; the writer still has the first in hand
    event.listen(store.engine, "commit", committed)
    try:
        free.set()
        found = await asyncio.gather(*ours, return_exceptions=True)
        await busy
    finally:
        event.remove(store.engine, "commit", committed)
    return found, commits


async def events(store: Store) -> int:
    return await store.read(
        lambda tx: tx.connection.execute(select(func.count()).select_from(inbox)).scalar_one()
    )


def enters(name: str) -> Work:
    return lambda tx: tx.first_time(name, NOON)


def fails(tx: Transaction) -> None:
    tx.first_time("never", NOON)
    tx.surroundings.remembered["never"] = "came to be"
    raise RuntimeError("no")


async def test_what_waits_shares_a_commit_in_its_order(store: Store) -> None:
    order: list[int] = []

    def work(number: int) -> Work:
        def done(tx: Transaction) -> int:
            order.append(number)
            tx.first_time(f"event {number}", NOON)
            return number

        return done

    found, commits = await waiting(store, [work(number) for number in range(MOST)])
    assert found == order == list(range(MOST))
    assert commits <= 2  # of the one that kept them waiting, and of theirs
    assert await events(store) == MOST


async def test_no_more_than_some_share_one(store: Store) -> None:
    found, commits = await waiting(store, [enters(f"event {n}") for n in range(3 * MOST)])
    assert found == [True] * (3 * MOST)
    assert 3 <= commits <= 4
    assert await events(store) == 3 * MOST


async def test_the_same_event_counts_once_within_a_commit(store: Store) -> None:
    found, _ = await waiting(store, [enters("the same")] * 5)
    assert found == [True, False, False, False, False]


async def test_one_that_fails_takes_no_other_with_it(store: Store) -> None:
    found, _ = await waiting(store, [enters("before"), fails, enters("after")])
    assert [type(one) for one in found] == [bool, RuntimeError, bool]
    assert found[0] is found[2] is True
    assert await events(store) == 2
    assert await store.read(lambda tx: tx.surroundings.remembered.get("never")) is None


async def test_each_sees_only_what_itself_has_foreseen(store: Store) -> None:
    def foresees(tx: Transaction) -> None:
        tx.foresee(("loaded at",), NOON)

    found, _ = await waiting(store, [foresees, lambda tx: tx.district_loaded_at()])
    assert found == [None, None]


async def test_each_runs_in_the_context_of_who_asked(store: Store) -> None:
    async def asks(name: str) -> list[str]:
        who.set(name)
        return [await store.write_together(lambda tx: who.get()) for _ in range(3)]

    asked = await asyncio.gather(*(asks(name) for name in "abc"))
    assert asked == [["a"] * 3, ["b"] * 3, ["c"] * 3]


async def test_what_was_acknowledged_is_there_after_a_crash(store: Store, tmp_path: Path) -> None:
    """Nothing is acknowledged before its commit: a second connection sees it at once."""
    other = Store(str(store.url), store._surroundings)
    try:
        for number in range(20):
            await asyncio.gather(
                *(store.write_together(enters(f"event {number}.{n}")) for n in range(4))
            )
            assert await events(other) == 4 * (number + 1)
    finally:
        await other.close()
