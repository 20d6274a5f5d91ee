"""A copy of SQLite's file that is whole, or is not there.

It is written under another name, table by table, so that what must not be in a backup is in no
file at any moment, also where the process is killed; it is looked through, and then gets its name.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Final

from storage.ledger_tables import lineage, web_session
from storage.restoring import COPY
from storage.tables import wave_key
from storage.unavailable import DamagedError, damage_of

UNFINISHED = ".partial"
"""What follows the name of a backup that is being written, or was interrupted."""

_LEFT_OUT: Final = frozenset({wave_key.name, web_session.name})
"""Tables that come without rows: what links people to their answers in an open survey, and who is
signed in on the web."""

_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "secure_delete=ON")
"""Nobody reads the file before it is whole: it needs no journal, and is synced once at the end."""


def back_up(source: Path, target: Path) -> int:
    """The size in bytes. ``FileExistsError`` where something has the name; ``OSError`` where it
    cannot be written; ``DamagedError`` where the source cannot be read. No file is left then."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    partial = target.with_name(target.name + UNFINISHED)
    partial.unlink(missing_ok=True)  # of one that was interrupted
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy(source, partial)
        _sync(partial)
        partial.rename(target)
        _sync(target.parent)
    except sqlite3.DatabaseError as error:
        damaged = damage_of(error)
        if damaged is not None:
            raise damaged from error
        raise OSError(errno.EIO, str(error), str(target)) from error
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, partial: Path) -> None:
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            copy.execute(f"PRAGMA {pragma}")
        copy.execute("ATTACH ? AS live", (str(source),))
        copy.execute("BEGIN")
        _look_through(copy, "live")
        made = copy.execute(_MADE).fetchall()
        for kind, name, statement in made:
            copy.execute(statement)
            if kind == "table" and name not in _LEFT_OUT:
                quoted = '"' + name.replace('"', '""') + '"'
                copy.execute(f"INSERT INTO main.{quoted} SELECT * FROM live.{quoted}")  # noqa: S608
        if any(name == lineage.name for _, name, _ in made):
            copy.execute(f"UPDATE main.{lineage.name} SET home = ?", (COPY,))  # noqa: S608
        copy.execute("COMMIT")
        copy.execute("DETACH live")
        _look_through(copy, "main")
    finally:
        copy.close()


_MADE = (
    "SELECT type, name, sql FROM live.sqlite_master "
    "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "ORDER BY type != 'table', rowid"
)
"""Tables before what is made of them. Indexes are made on full tables, which is faster."""


def _look_through(connection: sqlite3.Connection, schema: str) -> None:
    [said] = connection.execute(f"PRAGMA {schema}.quick_check(1)").fetchone()
    if said != "ok":
        raise DamagedError(said)


def damaged(path: Path) -> DamagedError | None:
    """What is wrong with a database's file, looked through whole: seconds for a gigabyte. Other
    processes may have it open. None also where it is no file."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA query_only=ON")
        _look_through(connection, "main")
    except DamagedError as error:
        return error
    except sqlite3.DatabaseError as error:
        return damage_of(error)
    finally:
        connection.close()
    return None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
