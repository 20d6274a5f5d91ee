"""What a database holds of answers while waves are open, as whoever has the files sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, inspect, select

from storage.answer_bodies import read_body
from storage.answer_tables import PREFIX, answers_of
from storage.tables import answer_key
from storage.transaction import Transaction
from storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A row of a wave's own table."""

    wave_id: UUID
    respondent: str
    body: bytes
    complete: bool


def open_tables(connection: Connection) -> Sequence[UUID]:
    """The waves that have a table of their own."""
    names = inspect(connection).get_table_names()
    return [UUID(name.removeprefix(PREFIX)) for name in names if name.startswith(PREFIX)]


def stored(connection: Connection, wave_id: UUID | None = None) -> Sequence[Stored]:
    """Every stored answer of open waves, or of one."""
    waves = open_tables(connection) if wave_id is None else [wave_id]
    return [
        Stored(wave_id=one, respondent=row.respondent, body=row.body, complete=row.complete)
        for one in waves
        for row in connection.execute(select(answers_of(one).table))
    ]


def said(tx: Transaction, wave_id: UUID | None = None) -> Sequence[Mapping[str, Any]]:
    """The same, decrypted: ``answers``, ``role``, ``level``, ``building``."""
    return said_in(tx.connection, tx.vault, wave_id)


def said_in(
    connection: Connection, vault: Vault, wave_id: UUID | None = None
) -> Sequence[Mapping[str, Any]]:
    keys = {
        row.wave_id: vault.decrypt("answer-key", row.wave_id, row.wrapped)
        for row in connection.execute(select(answer_key))
    }
    return [
        read_body(keys.get(one.wave_id), one.respondent, one.body)
        for one in stored(connection, wave_id)
    ]
