"""What waits, and whether anybody attends to it: workers leave a sign of life (PostgreSQL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import DateTime, column, func, select, table, union_all

from storage.exchange_tables import item_exchange as said
from storage.ledger_tables import delivery, lane, served
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


@dataclass(frozen=True, kw_only=True)
class Unread:
    """What waits to be read. ``oldest``: since when; None: nothing waits."""

    number: int = 0
    oldest: datetime | None = None


def unread(tx: Transaction) -> Unread:
    """Messages and replies. What was said anonymously counts from when it is brought in."""
    waiting = union_all(
        select(item.c.received_at.label("at")).where(item.c.state == "received"),
        select(said.c.at.label("at")).where(said.c.words.is_(None)),
    ).subquery()
    found = select(func.count().label("number"), func.min(waiting.c.at).label("oldest"))
    row = tx.connection.execute(found.select_from(waiting)).one()
    return Unread(number=row.number, oldest=row.oldest)


def attended(tx: Transaction, now: datetime) -> Attended:
    """What waits, and whether a worker is there."""
    late = now - _MINUTE
    messages = (
        select(func.count())
        .select_from(delivery.outerjoin(lane, lane.c.key == delivery.c.lane))
        .where(
            served,
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
