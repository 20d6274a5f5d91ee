"""A table of its own for the answers of each wave that is not closed yet; sealing drops it.

Rows that are deleted from a table linger: SQLite leaves copies of those that it moved (decision
21), PostgreSQL keeps them until a vacuum. A dropped table's pages are overwritten by SQLite
(``secure_delete``) and its file is removed by PostgreSQL. What copies of it there may be elsewhere
(a log, a snapshot of the disk) holds nothing but what was encrypted with the wave's answer key,
which is deleted with the table.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Boolean, Column, LargeBinary, MetaData, String, Table, bindparam, select

from storage.vault import WrongSecretError, deciphered, enciphered

PREFIX = "response_"
"""Their names begin so; the rest is the wave's id."""

_REMEMBERED = 64
"""So many waves' statements are kept built."""


STEP = 1024
"""The sizes of encrypted answers are multiples of so many bytes (but for nonce and tag). "no" is
shorter than "sometimes": copies of the files from before and after somebody answered would
otherwise tell by the size what they said, without any key."""


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


def body_of(key: bytes | None, respondent: str, said: Mapping[str, Any]) -> bytes:
    """What is kept of an answer, bound to whose it is. Without a key (of a wave that was launched
    by a version that had none) it is kept as it is."""
    plain = json.dumps(said, ensure_ascii=False).encode()
    if key is None:
        return plain
    return enciphered(_cipher(key), respondent.encode(), plain + _padding(len(plain)))


def _padding(length: int) -> bytes:
    """Spaces behind JSON, so that an encrypted answer's size is a whole number of steps. A random
    part of a step comes first: else who answered just across a step's edge would be seen."""
    filled = length + secrets.randbelow(STEP)
    return b" " * (filled - length + -filled % STEP)


def read_body(key: bytes | None, respondent: str, body: bytes) -> dict[str, Any]:
    """The other way; ``WrongSecretError`` where it was encrypted otherwise."""
    try:
        plain = body if key is None else deciphered(_cipher(key), respondent.encode(), body)
    except InvalidTag as error:
        raise WrongSecretError("an answer cannot be decrypted: it was changed, or moved") from error
    found: dict[str, Any] = json.loads(plain)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
