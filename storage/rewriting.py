"""Tables written anew, so that nothing is left in them of what was changed or deleted.

A changed row leaves its old words behind: in SQLite where rows were moved between pages
(decision 21), in PostgreSQL until a page is used again.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
import structlog
from sqlalchemy import Connection

from storage.purging import tables_with_words

log = structlog.get_logger(__name__)

_PATIENCE = "5s"


def rewrite(connection: Connection) -> bool:
    """Outside a transaction. False: somebody was in the way; what was written before is
    committed, and the next write tries again."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        try:
            raw.execute("VACUUM")
        except sqlite3.OperationalError:
            log.warning("store.not_rewritten")
            return False
        return True
    if isinstance(raw, psycopg.Connection):
        return _rewrite_postgres(raw)
    raise TypeError(f"a connection of an unknown kind: {type(raw).__name__}")


def _rewrite_postgres(raw: psycopg.Connection[Any]) -> bool:
    raw.autocommit = True
    try:
        raw.execute(f"SET lock_timeout = '{_PATIENCE}'")
        for table in tables_with_words():
            raw.execute(f"VACUUM (FULL, ANALYZE) {table}")
    except psycopg.OperationalError:
        log.warning("store.not_rewritten")
        return False
    finally:
        raw.execute("RESET lock_timeout")
        raw.autocommit = False
    return True
