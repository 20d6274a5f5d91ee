"""What every aggregate's module stands on: a connection, the vault and what may be remembered."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.vault import Vault
from surveys.people import Platform


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What outlives a transaction: the vault, the lanes' rates (messages a second) and decoded
    values that never change under their key (a wave's survey; the district of one loading)."""

    vault: Vault
    rates: Mapping[Platform, float] = field(default_factory=dict)
    remembered: MutableMapping[object, Any] = field(default_factory=dict)


class Connected:
    """A part of a transaction. ``wants_scrub``: the write-ahead log holds what must go."""

    def __init__(self, connection: Connection, surroundings: Surroundings) -> None:
        self.connection = connection
        self.surroundings = surroundings
        self.vault = surroundings.vault
        self.wants_scrub = False

    def _insert(self, table: Table) -> Any:
        postgres = self.connection.dialect.name == "postgresql"
        return (postgresql.insert if postgres else sqlite.insert)(table)

    def insert_new(self, table: Table, rows: list[dict[str, Any]] | dict[str, Any]) -> int:
        """Insert what is not there yet; how many rows were new. Uniqueness decides, not an if."""
        if not rows:
            return 0
        statement = self._insert(table).on_conflict_do_nothing()
        done = self.connection.execute(
            statement, rows, execution_options={"preserve_rowcount": True}
        )
        return max(done.rowcount, 0)

    def put(self, table: Table, row: dict[str, Any], key: tuple[str, ...]) -> None:
        """Insert a row, or replace what is not its key."""
        statement = self._insert(table).values(row)
        changed = {c: statement.excluded[c] for c in row if c not in key}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=changed)
        )

    def put_all(self, table: Table, rows: list[dict[str, Any]], key: tuple[str, ...]) -> None:
        """``put`` for many rows with the same columns."""
        if not rows:
            return
        statement = self._insert(table)
        changed = {c: statement.excluded[c] for c in rows[0] if c not in key}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows
        )
