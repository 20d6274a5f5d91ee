"""One transaction: an activity runs in a thread with the whole store, commits, and returns."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from storage.connection import Surroundings
from storage.transaction import Transaction

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


def without_password(url: str) -> str:
    """An address as it may be shown."""
    return make_url(url).render_as_string(hide_password=True)


class Store:
    """A database. SQLite: one writer thread (BEGIN IMMEDIATE, WAL, synchronous=FULL) and a few
    readers. PostgreSQL: psycopg with as many. Only ``run`` and ``write`` commit."""

    def __init__(self, url: str, surroundings: Surroundings) -> None:
        self.url = make_url(url)
        self._surroundings = surroundings
        self.embedded = self.url.get_backend_name() == "sqlite"
        self._writing = _engine(self.url.render_as_string(hide_password=False), write=True)
        self._reading = (
            _engine(self.url.render_as_string(hide_password=False), write=False)
            if self.embedded
            else self._writing
        )
        self._scrub_due = self.embedded  # a stop may have come between a sealing and its scrub
        # One writer on PostgreSQL, too: an item answered twice at once, or the audit's next number,
        # is decided by order. Rows are not locked yet where two processes may meet.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._reader = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self.url.database) if self.embedded and self.url.database else None

    @property
    def engine(self) -> Engine:
        """For migrations, backup and the doctor."""
        return self._writing

    async def run(
        self,
        activity: Callable[[Transaction, C, datetime], R],
        command: C,
        now: datetime,
    ) -> R:
        """Run one activity in one transaction. What it raises rolls everything back."""
        return await self.write(lambda tx: activity(tx, command, now))

    async def write(self, work: Callable[[Transaction], R]) -> R:
        """Run ``work`` in one writing transaction and commit."""
        loop = asyncio.get_running_loop()
        trip = copy_context()  # what is logged and queued in the thread belongs to it
        return await loop.run_in_executor(self._writer, trip.run, self._write, work)

    async def read(self, work: Callable[[Transaction], R]) -> R:
        """Run ``work`` on a snapshot; it cannot write."""
        loop = asyncio.get_running_loop()
        trip = copy_context()
        return await loop.run_in_executor(self._reader, trip.run, self._read, work)

    def _write(self, work: Callable[[Transaction], R]) -> R:
        with self._writing.connect() as connection:
            try:
                with connection.begin():
                    transaction = Transaction(connection, self._surroundings)
                    result = work(transaction)
            except BaseException:
                self._surroundings.remembered.clear()  # perhaps what never came to be
                raise
            self._scrub_due = self._scrub_due or (transaction.wants_scrub and self.embedded)
            if self._scrub_due:
                self._scrub_due = not _truncate_log(connection)
        return result

    def _read(self, work: Callable[[Transaction], R]) -> R:
        with self._reading.connect() as connection:
            try:
                return work(Transaction(connection, self._surroundings))
            finally:
                connection.rollback()

    async def backup(self, path: Path) -> int:
        """Copy a consistent state of the SQLite file to a new one, without the keys of open waves.
        Returns its size in bytes; ``FileExistsError`` when it is there."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, self._backup, path)

    def _backup(self, path: Path) -> int:
        path.touch(0o600, exist_ok=False)
        with sqlite3.connect(str(self.path)) as source:
            source.execute("VACUUM INTO ?", (str(path),))
        source.close()
        copy = sqlite3.connect(path)
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("DELETE FROM wave_key")
        copy.commit()
        copy.execute("VACUUM")
        copy.close()
        return path.stat().st_size

    async def close(self) -> None:
        """Wait for what runs, then close every connection."""
        loop = asyncio.get_running_loop()
        for pool in {self._writer, self._reader}:
            await loop.run_in_executor(None, pool.shutdown)
        self._writing.dispose()
        self._reading.dispose()


def _truncate_log(connection: Connection) -> bool:
    """Sealed originals must not linger in the write-ahead log (domain plan, Sealing). False when
    a reader was in the way: the next write tries again."""
    raw = connection.connection.driver_connection  # outside SQLAlchemy's transaction
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("only SQLite has a log to truncate")
    raw.execute(f"PRAGMA busy_timeout={_SCRUB_WAIT_MS}")  # the writer must not stand still
    try:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    return not busy


def _engine(url: str, *, write: bool) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=1 + _READERS,
            pool_pre_ping=True,
            hide_parameters=True,  # an error's text goes to the log, and parameters are answers
        )
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
