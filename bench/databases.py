"""Databases to measure on: a SQLite file, and a PostgreSQL server started for the run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import psutil
import psycopg

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from tests.postgres import _server, fresh_database

SECRET = "a-secret-that-was-made-up-for-benchmarks"  # noqa: S105


class Kind(StrEnum):
    SQLITE = "SQLite"
    POSTGRES = "PostgreSQL"


@contextmanager
def database(kind: Kind, folder: Path) -> Iterator[str]:
    """The address of a new database at this version of the product, gone after the block."""
    match kind:
        case Kind.SQLITE:
            folder.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{folder / 'bench.sqlite3'}"
            _upgrade(url)
            yield url
        case Kind.POSTGRES:
            with fresh_database() as url:
                _upgrade(url)
                yield url


def _upgrade(url: str) -> None:
    upgrade_database(Settings(database_url=url, secret_key=SECRET))  # type: ignore[arg-type]


def postgres_version() -> str:
    """As the server says it."""
    with fresh_database() as url, psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "unknown"


def postgres_process() -> psutil.Process | None:
    """The server's own process; None when it was not started in this run."""
    if not _server.cache_info().currsize:
        return None
    first = (Path(_server().pgdata) / "postmaster.pid").read_text(encoding="utf-8").split()[0]
    return psutil.Process(int(first))
