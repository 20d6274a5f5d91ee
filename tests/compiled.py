"""Thousands of small SQLite databases, and each statement put into SQL once: an engine keeps what
it compiled for itself, and most databases of tests end before it is asked for the second time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from storage import store

_engine = store._engine
_MOST = 2000

_first = create_engine("sqlite://")
_first.connect().close()  # a dialect learns what its driver can do at its first connection
_compiled: LRUCache[object, object] = LRUCache(_MOST)


def engine(url: str, *, write: bool) -> Engine:
    """As a store opens it, with the statements that others compiled."""
    made = _engine(url, write=write)
    made.dialect = _first.dialect
    made._compiled_cache = _compiled  # type: ignore[assignment]
    return made


@contextmanager
def once() -> Iterator[None]:
    """For the stores that are opened meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_engine", engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with once():
        yield
