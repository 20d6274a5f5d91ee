"""Every test with a database of its own, and the migrations run once: an empty SQLite database
that is brought up to date becomes a copy of the first that was, and one that is as that copy is
left alone.

Tests of the migrations themselves run them (``pytest.mark.usefixtures("every_migration")``), and
what other processes do is as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from storage import migrating
from storage.ledger_tables import lineage

_upgrade = migrating.upgrade
_first: sqlite3.Connection | None = None
_AT = "SELECT version_num FROM alembic_version"


def upgrade(engine: Engine) -> None:
    """As ``migrating.upgrade``."""
    global _first
    if engine.dialect.name != "sqlite" or _has_tables(engine):
        if not _is_as_the_first(engine):
            _upgrade(engine)
    elif _first is None:
        _upgrade(engine)
        _first = _copied(engine)
    else:
        _put(_first, engine)


def copied(engine: Engine) -> Callable[[Engine], None]:
    """What puts all that an up-to-date database holds now into another one, of the same kind. That
    one stays itself: it was not restored."""
    if engine.dialect.name == "sqlite":
        whole = _copied(engine)
        return lambda other: _put_into(whole, other)
    with engine.connect() as connection:
        names = connection.exec_driver_sql(_TABLES).scalars().all()
        ended = dict(connection.exec_driver_sql(_ENDS).all())
        driver: Any = connection.connection.driver_connection
        rows = {name: b"".join(_read(driver, name)) for name in names}
    rows = {n: found for n, found in rows.items() if len(found) > _NO_ROWS and n != lineage.name}

    def put(other: Engine) -> None:
        with other.begin() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("SET LOCAL session_replication_role = replica")  # in any order
            for name in rows:
                driver.execute(f"DELETE FROM {name}")  # noqa: S608
            for name, found in rows.items():
                with driver.cursor().copy(f"COPY {name} FROM STDIN (FORMAT binary)") as into:
                    into.write(found)
            for name, last in ended.items():
                driver.execute("SELECT setval(%s, %s)", (name, last))

    return put


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_ENDS = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
_NO_ROWS = 21
"""Bytes of a copy in PostgreSQL's own format that holds none."""


def _read(driver: Any, table: str) -> Iterator[bytes]:
    with driver.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
        yield from out


def _copied(engine: Engine) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with _file(engine) as made:
        made.backup(copy)
    return copy


def _put(copy: sqlite3.Connection, engine: Engine) -> None:
    with _file(engine) as empty:
        copy.backup(empty)


def _put_into(copy: sqlite3.Connection, engine: Engine) -> None:
    with _file(engine) as other:
        lives = other.execute(f"SELECT * FROM {lineage.name}").fetchall()  # noqa: S608
        copy.backup(other)
        with other:
            other.execute(f"DELETE FROM {lineage.name}")  # noqa: S608
            values = ", ".join("?" * len(lineage.c))
            other.executemany(f"INSERT INTO {lineage.name} VALUES ({values})", lives)  # noqa: S608


def _has_tables(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first()
            connection.rollback()
    except DBAPIError:  # what is no database is told as ever
        return True
    return found is not None


def _is_as_the_first(engine: Engine) -> bool:
    """Whether every migration has been run: at each start of a service Alembic takes as long to
    find that out as many tests take."""
    if engine.dialect.name != "sqlite" or _first is None:
        return False
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql(_AT).all()
            connection.rollback()
    except DBAPIError:
        return False
    return [tuple(row) for row in found] == _first.execute(_AT).fetchall()


@contextmanager
def _file(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The driver's own connection to an engine's database."""
    borrowed = engine.raw_connection()
    try:
        assert isinstance(borrowed.driver_connection, sqlite3.Connection)
        yield borrowed.driver_connection
    finally:
        borrowed.close()


@pytest.fixture(scope="session", autouse=True)
def migrations_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "upgrade", upgrade)
        yield


@pytest.fixture
def every_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "upgrade", _upgrade)
