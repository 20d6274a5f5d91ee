"""What every table is made of: moments, the one catalogue of tables, and what becomes of words.

Every column that can hold somebody's words says beside its definition what "Student data here"
does with it (``info=``). Purging an item and writing tables anew read that; a test fails where a
column says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware moment: timestamptz on PostgreSQL, microseconds since 1970 UTC on SQLite
    (which has no time type; integers compare and index as time does)."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone reached the database")
        if dialect.name == "postgresql":
            return value
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value if value is None else value.astimezone(UTC)
        if not isinstance(value, int):
            raise TypeError(f"not a moment: {value!r}")
        return _EPOCH + value * _MICROSECOND


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Purge(StrEnum):
    """What "Student data here" does with a column."""

    MARKED = "marked"
    """The marked words are taken out of it. Its rows are found by ``item_id`` in the table or in
    one that refers to it, or by the change that the item is about."""
    GOES = "goes"
    """It holds an item's words as they were typed, or was made of them: it becomes NULL with the
    words beside it, and where it can't, its row is deleted."""
    REPLACED = "replaced"
    """The operation itself writes it anew (``governance.redaction.purging``), because more than
    the marks depends on it: a reading, an answer, an original that a records hold may keep."""
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class Words:
    """``encrypted``: for which purpose of the vault, bound to the row's id. ``json``: each text in
    it is words. ``why``: the reason why a column stays as it is."""

    purge: Purge
    encrypted: str = ""
    json: bool = False
    why: str = ""


Info = dict[Any, Any]
"""What SQLAlchemy keeps beside a column. This module's key is ``words``."""


def of_an_item(*, encrypted: str = "", json: bool = False) -> Info:
    return {"words": Words(purge=Purge.MARKED, encrypted=encrypted, json=json)}


def stays(why: str) -> Info:
    return {"words": Words(purge=Purge.STAYS, why=why)}


OF_AN_ITEM = of_an_item()
GOES: Info = {"words": Words(purge=Purge.GOES)}
REPLACED: Info = {"words": Words(purge=Purge.REPLACED)}

PUBLISHED = stays("written for many readers under its author's name, and corrected on its own page")
OF_A_SURVEY = stays("said in a survey: no item, and nobody can tell whose it was")
AS_PUT_UP = stays("how a survey, a report or a list of people was set up; about no item")
KEY = stays("a name, an address, a key or a code of this service or of a platform")
FIGURES = stays("numbers, and the keys of what they count")
SECRET = stays("a key, a token or a fingerprint, encrypted or hashed")


def words_of(column: Column[Any]) -> Words | None:
    """What the column's definition says of its words. None: it says nothing."""
    found: Words | None = column.info.get("words")
    return found
