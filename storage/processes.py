"""Which processes of the service run on this database, as each of them says every few seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from storage.ledger_tables import process
from storage.transaction import Transaction

SEEN_WITHIN = timedelta(minutes=1)
"""A process that was not seen for so long is taken for ended."""

_FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Process:
    """One process. ``kind``: ``everything``, ``web`` or ``worker``. ``tables``: the newest
    migration that its version knows."""

    id: UUID
    kind: str
    host: str
    pid: int
    version: str
    tables: str


def note_process(tx: Transaction, one: Process, now: datetime) -> None:
    """A sign of life. Those that are long gone are forgotten."""
    row: dict[str, Any] = {**vars(one), "seen_at": now}
    tx.put(process, row, ("id",))
    tx.connection.execute(delete(process).where(process.c.seen_at < now - _FORGOTTEN_AFTER))


def forget_process(tx: Transaction, process_id: UUID) -> None:
    """It ended as it should."""
    tx.connection.execute(delete(process).where(process.c.id == process_id))


def processes(tx: Transaction, now: datetime) -> Sequence[Process]:
    """Those that run now."""
    fields = [column for column in process.c if column.name != "seen_at"]
    seen = select(*fields).where(process.c.seen_at > now - SEEN_WITHIN)
    rows = tx.connection.execute(seen.order_by(process.c.host, process.c.pid))
    return [Process(**row._asdict()) for row in rows]
