"""A database knows that it was put back to an older state, and only then."""

from __future__ import annotations

import json
import sqlite3
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from bot.app.core import open_core
from bot.app.marks import MarkFile
from bot.app.settings import PREFIX, Settings
from storage.connection import Surroundings
from storage.ledger_tables import lineage
from storage.restoring import COPY, Mark, keep_mark
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from storage.waiting import last_restore
from tests.journeys.running import SECRET
from tests.storage.stores import empty_store

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


async def counted(store: Store, seen: Mark | None, **more: bool) -> tuple[Mark, bool]:
    return await store.write(lambda tx: keep_mark(tx, seen, NOON, **more))


async def test_a_database_that_goes_on_counting_was_not_restored(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        seen, restored = await counted(store, None)
        assert not restored, "it is new"
        last, restored = await counted(store, seen)
        assert (last, restored) == (replace(seen, count=2), False)
        ahead, restored = await counted(store, seen)
        assert not restored, "killed after the commit and before it was noted"
        _, restored = await counted(store, None)
        assert not restored, "the note was lost, or it was moved with its key"
        assert ahead.count == 3
        assert await store.read(last_restore) is None


async def test_one_that_has_counted_less_was_restored_and_is_once(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        seen, _ = await counted(store, None)
        new, restored = await counted(store, replace(seen, count=2))
        assert restored
        assert new.lineage != seen.lineage
        _, restored = await counted(store, replace(seen, count=9))
        assert not restored, "another machine has not heard of it yet"
        _, restored = await counted(store, new)
        assert not restored
        _, restored = await counted(store, Mark(lineage=uuid4(), count=1))
        assert restored, "an older state than the last restore, or another database"
        _, restored = await counted(store, None, said=True)
        assert restored, "the operator says so"


async def test_a_copy_of_ours_knows_that_it_is_one(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        seen, _ = await counted(store, None)
        await store.backup(tmp_path / "copy.sqlite3")
        home = select(lineage.c.home)
        assert await store.read(lambda tx: tx.connection.execute(home).scalar_one()) == ""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "copy.sqlite3").rename(elsewhere / "store.sqlite3")
    async with empty_store(elsewhere) as store:
        _, restored = await counted(store, None)
        assert restored, "also where no note lies beside the key"
        found = await store.read(last_restore)
        assert found is not None
        assert found.as_of == NOON
        _, restored = await counted(store, seen)
        assert not restored


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_what_waits_is_counted_by_the_index_of_what_waits(
    tmp_path: Path, database: str
) -> None:
    from tests.postgres import migrated_database

    async with AsyncExitStack() as stack:
        if database == "sqlite":
            store, explain = await stack.enter_async_context(empty_store(tmp_path)), "QUERY PLAN"
        else:
            url, explain = stack.enter_context(migrated_database(hasty=True)), ""
            store = Store(url, Surroundings(vault=Vault(SECRET.encode())))
            stack.push_async_callback(store.close)
        await counted(store, None, said=True)

        def plan(tx: Transaction) -> str:
            if database == "postgres":  # which reads an empty table whole
                tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plans: list[str] = []

            @event.listens_for(tx.connection, "before_cursor_execute")
            def explained(
                connection: Any, cursor: Any, statement: str, given: Any, *_: Any
            ) -> None:
                if "count(*)" in statement and "FROM delivery" in statement:
                    beside = connection.connection.cursor()
                    beside.execute(f"EXPLAIN {explain} {statement}", given)
                    plans.extend(str(row) for row in beside.fetchall())

            assert tx.waiting_since_restore() == (0, 0)
            return "".join(plans)

        assert "ix_delivery_restored" in await store.write(plan)


@pytest.mark.prove
async def test_a_dump_knows_that_it_lies_elsewhere_unless_nothing_was_lost() -> None:
    from storage import migrating
    from tests.postgres import fresh_database

    with fresh_database() as first:
        store = Store(first, Surroundings(vault=Vault(SECRET.encode())))
        migrating.upgrade(store.engine)
        seen, _ = await counted(store, None)
        again, restored = await counted(store, None)
        assert not restored
        await store.close()
        for noted, is_restored in ((None, True), (seen, True), (again, False)):
            with fresh_database(like=first) as copy:
                other = Store(copy, Surroundings(vault=Vault(SECRET.encode())))
                assert (await counted(other, noted))[1] is is_restored, noted
                assert not (await counted(other, None))[1], "once"
                await other.close()


# -- the note beside the key -----------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}", secret_key=SECRET)


async def was_restored(settings: Settings) -> bool:
    async with open_core(settings) as core:
        return await core.store.read(last_restore) is not None


async def test_a_file_that_is_put_back_is_noticed_at_the_start(
    settings: Settings, tmp_path: Path
) -> None:
    database, older = tmp_path / "d.sqlite3", tmp_path / "older"
    assert not await was_restored(settings)
    older.write_bytes(database.read_bytes())
    assert not await was_restored(settings)
    note = tmp_path / "d.sqlite3.mark"
    assert json.loads(note.read_text())["count"] == 2
    assert note.stat().st_size < 200
    for companion in ("-wal", "-shm"):
        database.with_name(f"{database.name}{companion}").unlink(missing_ok=True)
    database.write_bytes(older.read_bytes())
    assert await was_restored(settings)


@pytest.mark.parametrize("note", ["", "{", '{"lineage": "no", "count": 1}'])
async def test_a_note_that_is_lost_or_cut_short_is_no_restore(
    settings: Settings, tmp_path: Path, note: str
) -> None:
    assert not await was_restored(settings)
    (tmp_path / "d.sqlite3.mark").write_text(note)
    assert not await was_restored(settings)


async def test_it_lies_beside_the_key_where_that_is_elsewhere(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY_FILE", str(safe / "key"))
    assert not await was_restored(settings)
    assert len(list(safe.glob("key.*.mark"))) == 1
    assert not (tmp_path / "d.sqlite3.mark").exists()


async def test_two_databases_with_one_key_do_not_look_like_restores_of_each_other(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a demo, or a copy that somebody looks at, on the machine of the service."""
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY_FILE", str(tmp_path / "key"))
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/demo.sqlite3"})
    for each in (settings, settings, other, settings, other):
        assert not await was_restored(each)


async def test_a_note_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    kept = MarkFile(tmp_path / "gone" / "d.mark")
    kept.keep(Mark(lineage=uuid4(), count=3))
    assert kept.seen is not None


async def test_a_backup_says_so_only_of_itself(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        await counted(store, None)
        await store.backup(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT home FROM lineage").fetchall() == [(COPY,)]
