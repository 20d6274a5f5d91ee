"""A table of its own for the answers of each wave that is not closed yet; sealing drops it.

Rows that are deleted from a table linger: SQLite leaves copies of those that it moved (decision
21), PostgreSQL keeps them until a vacuum. A dropped table's pages are overwritten by SQLite
(``secure_delete``) and its file is removed by PostgreSQL. What copies of it there may be elsewhere
(a log, a snapshot of the disk) holds nothing but what was encrypted with the wave's answer key,
which is deleted with the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, LargeBinary, MetaData, String, Table, bindparam, select

PREFIX = "response_"
"""Their names begin so; the rest is the wave's id."""

_REMEMBERED = 64
"""So many waves' statements are kept built."""


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """The table of a wave's answers; ``one`` reads a respondent's (``b_respondent``)."""

    table: Table
    one: Any


@lru_cache(maxsize=_REMEMBERED)
def answers_of(wave_id: UUID) -> AnswerTable:
    table = Table(
        f"{PREFIX}{wave_id.hex}",
        MetaData(),
        Column("respondent", String(64), primary_key=True),  # HMAC(wave key, person), hex
        Column("body", LargeBinary, nullable=False),
        Column("complete", Boolean, nullable=False),
        sqlite_with_rowid=False,  # a rowid is an order, and an order is a link
    )
    one = select(table.c.body, table.c.complete).where(
        table.c.respondent == bindparam("b_respondent")
    )
    return AnswerTable(table=table, one=one)
