"""When the database takes nothing: it cannot be reached, or its disk is full or fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from scheduler.ports import LedgerAwayError

ROOM = 1 << 20
"""Bytes that must be free again before a disk that was full counts as well."""

_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_POSTGRES_DISK = "53100"
_RESOURCES = "53"
"""The class of PostgreSQL's errors that say that it has too little of something."""


class UnavailableError(LedgerAwayError):
    """The database cannot be reached, went away or takes nothing; what was asked of it was not
    done, and may be asked again."""


class DiskError(UnavailableError):
    """The disk of the database is full, or fails."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The disk of the database is full or fails ({code}): nothing can be saved. Make room "
            "on it; nothing needs to be started again."
        )


class SlowError(UnavailableError):
    """The database did not answer in time. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("The database did not answer in time.")


class LostAtCommitError(UnavailableError):
    """The connection broke while a transaction was being committed: nobody knows whether it was.
    Whoever asks again must do so in a way that does it once."""


class EndedEarlyError(UnavailableError):
    """Work that is written in parts ended between two of them. ``why``: what stood in its way."""

    def __init__(self, why: str, done: int, of: int) -> None:
        self.done, self.of = done, of
        super().__init__(
            f"{why} {done:,} of {of:,} people were applied; run the same command again to "
            "complete it."
        )


class UnconfirmedError(Exception):
    """A write had begun and did not end in time: it may be stored, or may be yet, or may not."""

    def __init__(self) -> None:
        super().__init__("The database did not confirm in time whether this was saved.")


class DamagedError(UnavailableError):
    """The file of the database is damaged, or is none."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The file of the database is damaged, or is no database ({why}). Stop the service, "
            "move the file and those named like it aside, and put the newest good backup in its "
            "place."
        )


def damage_of(error: BaseException | None) -> DamagedError | None:
    """What an error of SQLite's means where it means that."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
        return DamagedError(str(error))
    return None


def unavailable(error: DBAPIError, *, opened: bool) -> UnavailableError | None:
    """What an error means where it means that; ``opened``: there was a connection."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _DISK:  # the rest of the code says more about it
        return DiskError(str(getattr(error.orig, "sqlite_errorname", code)))
    if code is not None and code & 0xFF in _HELD:
        return UnavailableError("Another process holds the database.")
    damaged = damage_of(error.orig)
    if damaged is not None:
        return damaged
    state = state_of(error)
    if state == _POSTGRES_DISK:
        return DiskError(state)
    if not opened or error.connection_invalidated or state.startswith(_RESOURCES):
        return UnavailableError(f"The database is not available: {error.orig}")
    return None


def state_of(error: DBAPIError) -> str:
    """PostgreSQL's code of an error; nothing where there is none."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def free_bytes(path: Path) -> int:
    """What is free on the disk of a file."""
    return shutil.disk_usage(path.parent).free


def prove_room(connection: Connection, path: Path | None) -> None:
    """Write something, to see whether that is possible (again). ``path``: SQLite's file.
    ``DiskError``, or what the database raises."""
    if path is None:
        with connection.begin():
            connection.exec_driver_sql(_A_MEGABYTE)
        return
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DiskError(os.strerror(error.errno or 0)) from error
    with connection.begin():
        connection.exec_driver_sql("PRAGMA user_version = 0")  # as it is: one page is written


_A_MEGABYTE = (
    "CREATE TEMPORARY TABLE room ON COMMIT DROP AS "
    "SELECT md5(n::text) AS filling FROM generate_series(1, 16384) AS n"
)
