"""Two processes' stores on one PostgreSQL: what may happen once happens once, in one order."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection, delete, event, insert, select
from sqlalchemy.exc import DBAPIError

from core.people import Platform
from scheduler import job_schema
from storage import migrating, unavailable
from storage.connection import Surroundings
from storage.ledger_tables import audit, inbox, job_step
from storage.postgres import plain_address
from storage.store import Store
from storage.transaction import Transaction
from storage.unavailable import DiskError, LostAtCommitError, UnavailableError
from storage.vault import Vault
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, import_people, rows

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
_FULL = "DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$"

Two = tuple[Store, Store]


def surroundings() -> Surroundings:
    return Surroundings(vault=Vault(SECRET), rates={Platform.WEB: 2000.0})


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    with migrated_database() as url:
        async with AsyncExitStack() as stack:
            stores = Store(url, surroundings()), Store(url, surroundings())
            for store in stores:
                stack.push_async_callback(store.close)
            yield stores


def people(tx: Transaction) -> int:
    return len(tx.roster_names())


async def test_the_audit_of_two_processes_is_one_chain_without_gaps(two: Two) -> None:
    who, many = uuid4(), 60
    await asyncio.gather(
        *(
            store.write(lambda tx, n=number: tx.audit(who, f"did {n}", None, NOON))
            for number in range(many // 2)
            for store in two
        )
    )
    lines = await two[0].read(lambda tx: tx.connection.execute(select(audit)).all())
    lines = sorted(lines, key=lambda line: line.number)
    assert [line.number for line in lines] == list(range(1, many + 1))
    before = ""
    for line in lines:
        told = f"{before}|{line.number}|{line.at.isoformat()}|{who}|{line.what}|None"
        before = line.chain
        assert line.chain == hashlib.sha256(told.encode()).hexdigest()


async def test_what_comes_to_both_at_once_has_one_effect(two: Two) -> None:
    subject = uuid4()
    await two[0].write(lambda tx: tx.schedule("close", subject, NOON))
    due = (await two[1].read(lambda tx: tx.due(NOON)))[0]
    for once in (
        lambda tx: tx.first_time("Ev1", NOON),
        lambda tx: tx.use_signin("token", NOON),
        lambda tx: tx.happens(due, NOON),
    ):
        answers = await asyncio.gather(*(store.write(once) for store in two for _ in range(4)))
        assert sum(answers) == 1


async def test_what_was_decided_on_what_another_changed_meanwhile_is_decided_again(
    two: Two,
) -> None:
    """Both read that nobody is there, and both would write it."""
    met = threading.Barrier(2, timeout=30)
    first = threading.local()

    def one_of_us(tx: Transaction) -> str:
        seen = people(tx)
        if not hasattr(first, "met"):
            first.met = True
            met.wait()
        if seen:
            return "somebody was faster"
        import_people(tx, rows(1))
        return "first"

    said = await asyncio.gather(*(store.write(one_of_us) for store in two))
    assert sorted(said) == ["first", "somebody was faster"]


async def test_an_activity_that_always_meets_others_gets_its_turn_in_the_end(two: Two) -> None:
    """However long it takes, and however busy the others are."""
    stop = asyncio.Event()

    async def busy() -> None:
        while not stop.is_set():
            await two[1].write(lambda tx: tx.audit(None, "busy", None, NOON))

    def slow(tx: Transaction) -> None:
        tx.audit_length()
        threading.Event().wait(0.1)  # long enough for several of the others
        tx.audit(None, "slow", None, NOON)

    others = [asyncio.create_task(busy()) for _ in range(3)]
    try:
        await asyncio.wait_for(two[0].write(slow), 60)
    finally:
        stop.set()
        await asyncio.gather(*others)


async def test_a_reader_sees_one_snapshot_and_cannot_write(two: Two) -> None:
    begun, written = threading.Event(), threading.Event()

    def twice(tx: Transaction) -> tuple[int, int]:
        before = people(tx)
        begun.set()
        assert written.wait(30)
        return before, people(tx)

    async def write() -> None:
        await asyncio.to_thread(begun.wait, 30)
        await two[1].write(lambda tx: import_people(tx, rows(2)))
        written.set()

    seen, _ = await asyncio.gather(two[0].read(twice), write())
    assert seen == (0, 0)
    assert await two[0].read(people) == 2
    with pytest.raises(DBAPIError, match="read-only"):
        await two[0].read(lambda tx: tx.first_time("event", NOON))


async def test_a_fault_that_stays_is_told_after_a_few_tries(two: Two) -> None:
    tries = 0

    def the_same_key_twice(tx: Transaction) -> None:
        nonlocal tries
        tries += 1
        for _ in range(2):
            tx.connection.execute(insert(inbox), {"event_id": "one", "at": NOON})

    with pytest.raises(DBAPIError, match="inbox"):
        await two[0].write(the_same_key_twice)
    assert 1 < tries < 20
    assert await two[0].write(lambda tx: tx.first_time("one", NOON)), "nothing of it is left"


async def test_a_connection_that_breaks_at_the_commit_leaves_open_whether_it_was_saved(
    two: Two,
) -> None:
    store = two[0]

    def dies(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        with psycopg.connect(plain_address(store.url), autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", (raw.info.backend_pid,))

    event.listen(store._writing, "commit", dies)
    with pytest.raises(LostAtCommitError):
        await store.write(lambda tx: tx.first_time("one", NOON))
    event.remove(store._writing, "commit", dies)
    assert await store.write(lambda tx: tx.first_time("two", NOON))


async def test_connections_that_broke_are_replaced(two: Two) -> None:
    store = two[0]

    def ended_by_the_server(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(UnavailableError):
        await store.write(ended_by_the_server)
    with psycopg.connect(plain_address(store.url), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for number in range(8):
        assert await store.write(lambda tx, n=number: tx.first_time(f"event {n}", NOON))
        assert await store.read(people) == 0


async def test_a_database_that_is_not_there_is_unavailable() -> None:
    store = Store("postgresql://nobody@127.0.0.1:1/nothing", surroundings())
    for work in (store.read(people), store.write(people), store.write_locking(people)):
        with pytest.raises(UnavailableError, match="not available"):
            await work
    await store.close()


async def test_a_disk_that_is_full_is_unavailable_until_something_can_be_written(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = two[0]

    def full(tx: Transaction) -> None:
        tx.first_time("the last that fits", NOON)
        tx.connection.exec_driver_sql(_FULL)

    await store.see_room()
    with pytest.raises(DiskError, match="disk of the database is full"):
        await store.write(full)
    with monkeypatch.context() as still:
        still.setattr(unavailable, "_A_MEGABYTE", _FULL)
        with pytest.raises(DiskError):
            await store.see_room()
    await store.see_room()
    with monkeypatch.context() as still:
        still.setattr(unavailable, "_A_MEGABYTE", _FULL)
        await store.see_room()  # it is not asked while nothing is wrong
    assert await store.write(lambda tx: tx.first_time("the last that fits", NOON))


@pytest.mark.prove
async def test_a_process_that_froze_in_a_transaction_loses_its_locks(two: Two) -> None:
    """What a frozen process holds is what all the others wait for."""
    await two[0].write(lambda tx: tx.audit(None, "first", None, NOON))
    held, freeze = threading.Event(), threading.Event()

    def frozen(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("LOCK TABLE audit IN EXCLUSIVE MODE")
        held.set()
        freeze.wait(60)
        tx.audit(None, "too late", None, NOON)

    late = asyncio.create_task(two[0].write_locking(frozen))
    await asyncio.to_thread(held.wait, 30)
    begun = asyncio.get_running_loop().time()
    await two[1].write(lambda tx: tx.audit(None, "meanwhile", None, NOON))
    assert asyncio.get_running_loop().time() - begun < 30
    freeze.set()
    with pytest.raises(UnavailableError):
        await late
    assert await two[1].read(lambda tx: tx.audit_length()) == 2


async def test_the_jobs_own_tables_are_made_and_brought_up_step_by_step(two: Two) -> None:
    engine = two[0].engine
    migrating.check(engine)
    assert migrating.is_current(engine)
    last = max(job_schema.step_names())

    def as_before_the_last_step(tx: Transaction) -> None:
        tx.connection.execute(delete(job_step).where(job_step.c.name == last))

    await two[0].write(as_before_the_last_step)
    assert not migrating.is_current(engine), "a start refuses it"
    await asyncio.gather(*(asyncio.to_thread(migrating.upgrade, store.engine) for store in two))
    assert migrating.is_current(engine)
    assert await two[0].read(lambda tx: len(tx.connection.execute(select(job_step)).all())) == len(
        job_schema.steps()
    )


def test_an_address_may_say_itself_how_to_connect() -> None:
    url = plain_address("postgresql://sb:sesame@db/sb?connect_timeout=60")
    assert url.startswith("postgresql://sb:sesame@db/sb?")
    assert "connect_timeout=60" in url
    assert "tcp_user_timeout=10000" in url
