"""Whether anybody attends to what waits (PostgreSQL): workers leave a sign of life there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import DateTime, column, func, select, table

from storage.ledger_tables import delivery, lane
from storage.tables import item
from storage.transaction import Transaction

_MINUTE = timedelta(minutes=1)

_workers = table("procrastinate_workers", column("last_heartbeat", DateTime(timezone=True)))


@dataclass(frozen=True, kw_only=True)
class Attended:
    """``messages`` and ``items`` have waited for more than a minute; ``worker``: one was seen
    within the last."""

    messages: int
    items: int
    worker: bool


def attended(tx: Transaction, now: datetime) -> Attended:
    """What waits, and whether a worker is there."""
    late = now - _MINUTE
    messages = (
        select(func.count())
        .select_from(delivery.outerjoin(lane, lane.c.key == delivery.c.lane))
        .where(
            delivery.c.lane.is_not(None),
            delivery.c.state == "queued",
            delivery.c.not_before <= late,
            func.coalesce(lane.c.blocked_until, late) <= late,
        )
    )
    items = select(func.count()).where(item.c.state == "received", item.c.received_at <= late)
    # By the database's own clock, which wrote it too.
    seen = select(func.count()).where(_workers.c.last_heartbeat > func.now() - _MINUTE)
    return Attended(
        messages=tx.connection.execute(messages).scalar_one(),
        items=tx.connection.execute(items).scalar_one(),
        worker=bool(tx.connection.execute(seen).scalar_one()),
    )
