"""What each writing transaction of a store touches, and how long it holds the writer."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from storage import transaction as every_table
from storage.columns import metadata
from storage.store import Store

assert every_table  # its imports declare all tables

OF_PEOPLE = {
    name
    for name, table in metadata.tables.items()
    if {"person_id", "recipient"} & set(table.columns.keys())
}
"""Tables in which a person has a row, read off the schema."""

_CHANGING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)


@dataclass
class Done:
    """Of one transaction: rows by table (those of people), seconds on the clock and of CPU."""

    rows: Counter[str] = field(default_factory=Counter)
    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def watched(store: Store) -> Iterator[list[Done]]:
    """Every writing transaction of a store from now on, in the order in which they end."""
    done: list[Done] = []
    going: dict[int, tuple[Done, float, float]] = {}

    def begun(connection: Any) -> None:
        going[id(connection)] = Done(), time.perf_counter(), time.thread_time()

    def executed(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found = _CHANGING.match(statement)
        if found and found[1] in OF_PEOPLE and id(connection) in going:
            going[id(connection)][0].rows[found[1]] += max(cursor.rowcount, 0)

    def ended(connection: Any) -> None:
        one, wall, cpu = going.pop(id(connection), (None, 0.0, 0.0))
        if one is not None:
            one.wall, one.cpu = time.perf_counter() - wall, time.thread_time() - cpu
            done.append(one)

    engines = {store._locking, store._writing}
    heard = (("begin", begun), ("after_cursor_execute", executed), ("commit", ended))
    for engine in engines:
        for name, listener in heard:
            event.listen(engine, name, listener)
    try:
        yield done
    finally:
        for engine in engines:
            for name, listener in heard:
                event.remove(engine, name, listener)


def most(done: list[Done]) -> Counter[str]:
    """The most rows of each table that one transaction touched."""
    found: Counter[str] = Counter()
    for one in done:
        found |= one.rows
    return found
