"""What tests need not wait for, thousands of times over: a disk that is to outlive a power cut, and
a server that ends when it next looks.

Both are as ever in what other processes do; the disk, too, in tests that ask for ``every_sync``.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn.server
from sqlalchemy import Engine, event

from storage import store

_tune = store._tune_sqlite


def _tune_unsynced(engine: Engine, *, write: bool) -> None:
    """No database of a test is read after the machine lost its power; that a process was killed
    is survived without waiting for the disk."""

    def before(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # the tuning itself writes

    def after(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", before)
    _tune(engine, write=write)
    event.listen(engine, "connect", after)


class _Hurrying:
    """``asyncio``, as uvicorn's server sees it. It looks every tenth of a second whether it is to
    end, and sleeps one more on the way out."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 10)


@pytest.fixture(scope="session", autouse=True)
def nothing_waited_for() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_tune_sqlite", _tune_unsynced)
        patch.setattr(uvicorn.server, "asyncio", _Hurrying())
        yield


@pytest.fixture
def every_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_tune_sqlite", _tune)
