"""One transaction: it commits whole or not at all, and reading changes nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from storage.connection import Surroundings
from storage.ledger_tables import inbox, occurrence
from storage.store import Store, database_file, without_password
from storage.transaction import Transaction
from storage.vault import Vault
from tests.storage.stores import SECRET, empty_store, import_people, rows

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


def people(tx: Transaction) -> int:
    return len(tx.roster_names())


async def test_what_is_written_is_there_for_every_reader_after_the_commit(store: Store) -> None:
    assert await store.write(lambda tx: import_people(tx, rows(3)).added) == 3
    assert await store.read(people) == 3


async def test_an_exception_rolls_everything_back_and_is_passed_on(store: Store) -> None:
    def half_way(tx: Transaction) -> None:
        import_people(tx, rows(3))
        tx.first_time("event", NOON)
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        await store.write(half_way)
    assert await store.read(people) == 0
    assert await store.write(lambda tx: tx.first_time("event", NOON)), "it may be tried again"


async def test_what_was_remembered_in_a_transaction_that_failed_is_forgotten(
    store: Store,
) -> None:
    def remembers(tx: Transaction) -> None:
        tx.surroundings.remembered["wave"] = "that came to be"

    def fails(tx: Transaction) -> None:
        tx.surroundings.remembered["wave"] = "that never came to be"
        raise LookupError

    await store.write(remembers)
    with pytest.raises(LookupError):
        await store.write(fails)
    assert await store.read(lambda tx: tx.surroundings.remembered["wave"]) == "that came to be"


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await store.read(lambda tx: tx.first_time("event", NOON))
    assert await store.write(lambda tx: tx.first_time("event", NOON))


async def test_a_reader_sees_one_snapshot_while_others_write(store: Store) -> None:
    begun, written = threading.Event(), threading.Event()

    def twice(tx: Transaction) -> tuple[int, int]:
        before = people(tx)
        begun.set()
        assert written.wait(10)
        return before, people(tx)

    async def write() -> None:
        await asyncio.to_thread(begun.wait, 10)
        await store.write(lambda tx: import_people(tx, rows(2)))
        written.set()

    seen, _ = await asyncio.gather(store.read(twice), write())
    assert seen == (0, 0)
    assert await store.read(people) == 2


async def test_a_hundred_writers_at_once_lose_nothing(store: Store) -> None:
    events = [f"event-{number % 50}" for number in range(100)]
    first = await asyncio.gather(
        *(store.write(lambda tx, e=event: tx.first_time(e, NOON)) for event in events)
    )
    assert sum(first) == 50


async def test_a_moment_without_a_zone_does_not_reach_the_database(store: Store) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        await store.write(lambda tx: tx.first_time("event", NOON.replace(tzinfo=None)))


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime.fromisoformat("2026-11-01T01:30:00.000001-05:00"),
    ],
)
async def test_a_moment_reads_back_to_the_microsecond(store: Store, moment: datetime) -> None:
    await store.write(lambda tx: tx.first_time("event", moment))
    found = await store.read(lambda tx: tx.connection.execute(select(inbox.c.at)).scalar_one())
    assert found == moment
    assert found.tzinfo is UTC


@pytest.mark.usefixtures("every_sync")
async def test_the_database_keeps_what_it_was_told_to(store: Store) -> None:
    def pragmas(tx: Transaction) -> list[int | str]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return [tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    assert await store.write(pragmas) == ["wal", 2, 1, 1]


async def test_a_wrong_reference_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.write(
            lambda tx: tx.connection.execute(
                occurrence.insert(), {"schedule_id": uuid4(), "slot": "x", "at": NOON}
            )
        )


async def test_what_was_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        await store.write(lambda tx: import_people(tx, rows(4)))
    async with empty_store(tmp_path) as store:
        assert await store.read(people) == 4
    assert not (tmp_path / "store.sqlite3-wal").exists(), "closing leaves no log behind"


# -- backup -----------------------------------------------------------------------------------


async def test_a_backup_can_be_opened_and_is_a_moment_of_the_whole(
    store: Store, tmp_path: Path
) -> None:
    await store.write(lambda tx: import_people(tx, rows(5)))
    copy = tmp_path / "backup.sqlite3"
    size = await store.backup(copy)
    assert size == copy.stat().st_size
    assert copy.stat().st_mode & 0o077 == 0
    await store.write(lambda tx: import_people(tx, rows(6)))
    with sqlite3.connect(copy) as opened:
        assert opened.execute("SELECT count(*) FROM person").fetchone() == (5,)
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened.close()


async def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("precious")
    with pytest.raises(FileExistsError):
        await store.backup(there)
    assert there.read_text() == "precious"


# -- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/sb/x.sqlite3", Path("/var/lib/sb/x.sqlite3")),
        ("sqlite:///here.sqlite3", Path("here.sqlite3").absolute()),
        ("postgresql://sb:secret@db/sb", None),
    ],
)
def test_the_file_of_an_address(url: str, file: Path | None) -> None:
    assert database_file(url) == file


def test_an_address_is_shown_without_its_password() -> None:
    shown = without_password("postgresql://sb:sesame@db/sb")
    assert "sesame" not in shown
    assert "db/sb" in shown


def test_the_surroundings_do_not_show_the_secret() -> None:
    assert SECRET.decode() not in repr(Surroundings(vault=Vault(SECRET)))
