"""One transaction: an activity runs in a thread with the whole store, commits, and returns."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections import ChainMap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from storage.backing_up import back_up
from storage.connection import Surroundings
from storage.deadline import Turn, current
from storage.migrating import UnusableError
from storage.postgres import (
    LOCKING,
    READERS,
    SERIALIZABLE,
    SNAPSHOT,
    WRITERS,
    connected,
    open_postgres,
    tried,
    wait_until_alone,
)
from storage.rewriting import rewrite
from storage.together import Together
from storage.transaction import Transaction
from storage.unavailable import (
    ROOM,
    DiskError,
    LostAtCommitError,
    SlowError,
    UnconfirmedError,
    free_bytes,
    prove_room,
)
from storage.watching import Kind, StoreWatch, Unwatched

C = TypeVar("C")
R = TypeVar("R")

_READERS = 2
_BUSY_MS = 30_000
_SCRUB_WAIT_MS = 300


def database_file(url: str) -> Path | None:
    """The file of a SQLite address; None for PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return Path(parsed.database or "soundingboard.sqlite3").absolute()


def make_file(path: Path) -> None:
    """A new SQLite file that only this user can read (SQLite would take the umask's mode), whole
    at once. ``UnusableError`` where it is there and empty: no database of ours ever is."""
    if path.exists():
        if path.stat().st_size == 0:
            raise UnusableError(
                f"{path} is empty: what was in it is lost, or was never written there. Put the "
                "newest good backup in its place. If there was no database yet, remove the file."
            )
        return
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(new)) as made:
        made.execute("PRAGMA journal_mode=WAL")  # writes the first page
    new.rename(path)


def without_password(url: str) -> str:
    """An address as it may be shown."""
    return make_url(url).render_as_string(hide_password=True)


class Store:
    """A database. SQLite: one writer thread (BEGIN IMMEDIATE, WAL, synchronous=FULL) and a few
    readers. PostgreSQL: several of both, SERIALIZABLE and on snapshots. Only ``run`` and
    the three ways to write commit; ``UnavailableError`` where the database is away, its disk full,
    or not ready before the deadline of whoever asks. ``UnconfirmedError`` where a write had begun
    by then: it goes on, and may be committed yet."""

    def __init__(
        self, url: str, surroundings: Surroundings, watch: StoreWatch | None = None
    ) -> None:
        self.url = make_url(url)
        self._watch = watch or Unwatched()
        self._surroundings = surroundings
        self.embedded = self.url.get_backend_name() == "sqlite"
        if self.embedded:
            url = self.url.render_as_string(hide_password=False)
            self._locking = self._writing = _engine(url, write=True)
            self._reading = _engine(url, write=False)
        else:
            self._locking = open_postgres(self.url, LOCKING, WRITERS)
            self._writing = open_postgres(self.url, SERIALIZABLE, WRITERS)
            self._reading = open_postgres(self.url, SNAPSHOT, READERS, read_only=True)
        self._together = Together(lambda work: self._write(self._writing, work))
        self._full = False
        self._backing_up = asyncio.Lock()
        self._scrub_due = self.embedded  # a stop may have come between a deletion and its scrub
        self._rewrite_due = False
        self._writer = ThreadPoolExecutor(
            1 if self.embedded else WRITERS, thread_name_prefix="store-writer"
        )
        self._reader = ThreadPoolExecutor(
            _READERS if self.embedded else READERS, thread_name_prefix="store-reader"
        )

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self.url.database) if self.embedded and self.url.database else None

    @property
    def engine(self) -> Engine:
        """For migrations, backup and the doctor."""
        return self._locking

    async def run(
        self,
        activity: Callable[[Transaction, C, datetime], R],
        command: C,
        now: datetime,
    ) -> R:
        """Run one activity in one transaction. What it raises rolls everything back."""
        return await self.write(lambda tx: activity(tx, command, now))

    async def write(self, work: Callable[[Transaction], R]) -> R:
        """Run ``work`` in one writing transaction and commit, as if no other ran beside it. On
        PostgreSQL it may be run several times for that: it must change nothing else."""
        turn, work = _in_turn(work)
        if self.embedded:
            return await self._within("write", lambda: self._write(self._writing, work), turn)
        return await self._within(
            "write",
            lambda: tried(
                lambda alone: self._write(self._writing, work, alone=alone), self._watch.again
            ),
            turn,
        )

    async def write_together(self, work: Callable[[Transaction], R]) -> R:
        """``write`` for short work of which hundreds may wait: on SQLite what waits shares a
        commit. It may be run again, as on PostgreSQL: it must change nothing else."""
        if not self.embedded:
            return await self.write(work)
        turn, work = _in_turn(work)
        return await self._within("write", self._together.join(work), turn)

    async def write_locking(self, work: Callable[[Transaction], R]) -> R:
        """``write`` for work that locks every row that it decides on, and so needs no more than
        READ COMMITTED."""
        if self.embedded:
            return await self.write(work)
        turn, work = _in_turn(work)
        return await self._within(
            "write",
            lambda: tried(lambda alone: self._write(self._locking, work), self._watch.again),
            turn,
        )

    async def read(self, work: Callable[[Transaction], R]) -> R:
        """Run ``work`` on a snapshot; it cannot write."""
        return await self._within("read", lambda: self._read(work))

    async def read_settled(self, work: Callable[[Transaction], R]) -> R:
        """``read`` for what a write that is still under way may change. On PostgreSQL it is as
        serializable as the writes: one that this did not see cannot commit as if it came before."""
        return await (self.read(work) if self.embedded else self.write(work))

    async def see_room(self) -> None:
        """``DiskError`` while the disk takes nothing more. Something is written only where it was
        found full, or nearly is: who asks may ask all the time."""
        if self._full or (self.path is not None and free_bytes(self.path) < ROOM):
            await self._within(
                "write", lambda: connected(self._locking, lambda c: prove_room(c, self.path))
            )
            self._full = False

    async def _within(self, kind: Kind, work: Callable[[], R], turn: Turn | None = None) -> R:
        began = perf_counter()
        try:
            return await _within(self._writer if kind == "write" else self._reader, work, turn)
        except DiskError:
            self._full = True
            raise
        finally:
            self._watch.transaction(kind, perf_counter() - began)

    def _write(self, engine: Engine, work: Callable[[Transaction], R], *, alone: bool = False) -> R:
        def written(connection: Connection) -> R:
            own: dict[object, Any] = {}  # it may never come to be
            shared = self._surroundings.remembered
            surroundings = replace(self._surroundings, remembered=ChainMap(own, shared))
            with connection.begin() as open_one:
                if alone:
                    wait_until_alone(connection)
                transaction = Transaction(connection, surroundings)
                result = work(transaction)
                _commit(open_one)
            shared.update(own)
            self._rewrite_due = self._rewrite_due or transaction.wants_rewrite
            if self._rewrite_due:
                self._rewrite_due = not rewrite(connection)
                self._scrub_due = self.embedded
            self._scrub_due = self._scrub_due or (transaction.wants_scrub and self.embedded)
            if self._scrub_due:
                self._scrub_due = not _truncate_log(connection)
            return result

        return connected(engine, written)

    def _read(self, work: Callable[[Transaction], R]) -> R:
        def seen(connection: Connection) -> R:
            transaction = Transaction(connection, self._surroundings)
            transaction.frozen = True
            try:
                return work(transaction)
            finally:
                connection.rollback()

        return connected(self._reading, seen)

    async def backup(self, path: Path) -> int:
        """Copy a consistent state of the SQLite file to a new one, without what links people to
        their answers in open surveys and without sessions. Returns its size in bytes; errors as
        ``storage.backing_up.back_up``."""
        if self.path is None:
            raise TypeError("only SQLite is one file")
        loop = asyncio.get_running_loop()
        async with self._backing_up:
            return await loop.run_in_executor(self._reader, back_up, self.path, path)

    async def close(self) -> None:
        """Wait for what runs, then close every connection."""
        loop = asyncio.get_running_loop()
        for pool in {self._writer, self._reader}:
            await loop.run_in_executor(None, pool.shutdown)
        for engine in (self._locking, self._writing, self._reading):
            engine.dispose()


_AFTER = 1.0
"""Seconds that what follows a late write has at least."""


def _in_turn(work: Callable[[Transaction], R]) -> tuple[Turn, Callable[[Transaction], R]]:
    """The work, done only if somebody still waits for it when the database lets it in."""
    turn = Turn()

    def done(tx: Transaction) -> Any:
        return work(tx) if turn.begins() else None

    return turn, done


async def _within(pool: ThreadPoolExecutor, work: Callable[[], R], turn: Turn | None) -> R:
    """Run in a thread, and wait until the deadline of whoever asks. What is logged and queued
    there belongs to the same trip."""
    running = asyncio.get_running_loop().run_in_executor(pool, copy_context().run, work)
    deadline = current()
    if deadline is None or (left := deadline.left()) is None:
        return await running
    try:
        return await asyncio.wait_for(asyncio.shield(running), left)
    except TimeoutError:
        if running.done():
            return running.result()
        if turn is None or turn.give_up():
            running.cancel()  # it may still wait for a thread
            raise SlowError from None
    late = time.monotonic()
    try:
        found = await asyncio.wait_for(running, deadline.left(working=True))
    except TimeoutError:
        raise UnconfirmedError from None
    deadline.extend(time.monotonic() - late + _AFTER)
    return found


def _commit(transaction: RootTransaction) -> None:
    """``LostAtCommitError`` where the connection broke before the server confirmed it."""
    try:
        transaction.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise LostAtCommitError("The database went away during a commit.") from error
        raise


def _truncate_log(connection: Connection) -> bool:
    """Deleted answers must not linger in the write-ahead log. False when
    a reader or a full disk was in the way: the next write tries again. What was written before is
    committed, so nothing is raised."""
    raw = connection.connection.driver_connection  # outside SQLAlchemy's transaction
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("only SQLite has a log to truncate")
    raw.execute(f"PRAGMA busy_timeout={_SCRUB_WAIT_MS}")  # the writer must not stand still
    try:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        raw.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    return not busy


def _engine(url: str, *, write: bool) -> Engine:
    parsed = make_url(url)
    engine = create_engine(
        parsed,
        poolclass=QueuePool,
        pool_size=1 if write else _READERS,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": 30},
        hide_parameters=True,
    )
    _tune_sqlite(engine, write=write)
    return engine


def _tune_sqlite(engine: Engine, *, write: bool) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves: pysqlite begins too late
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={_BUSY_MS}",
            "temp_store=MEMORY",
            "cache_size=-32000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if not write:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
