"""The pump's side of the ledger: claim a batch in a lane's budget, then say what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from scheduler.lanes import Budget, free_at, grant
from scheduler.ports import (
    Claimed,
    Failed,
    NotTaken,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)
from storage.ledger_tables import delivery, lane
from storage.store import Store
from storage.tables import address, person
from storage.transaction import Transaction
from surveys.people import Platform

_RETRY_AFTER = timedelta(seconds=10)
_MOST_ATTEMPTS = 8
_LONGEST_BLOCK = 3600.0
"""Seconds a lane may be blocked for, whatever a platform asks."""


class LedgerStore:
    """Implements ``scheduler.ports.Ledger`` on a store."""

    def __init__(
        self, store: Store, budgets: Mapping[Platform, Budget], locale: str, timezone: str
    ) -> None:
        self._store = store
        self._budgets = budgets
        self._channel_locale = locale
        self._channel_timezone = timezone

    async def lanes_with_work(self, now: datetime) -> Sequence[str]:
        return await self._store.read(lambda tx: _lanes_with_work(tx, now))

    async def claim(
        self, lane: str, now: datetime, most: int, lease_seconds: float
    ) -> Sequence[Claimed]:
        lease = now + timedelta(seconds=lease_seconds)
        return await self._store.write(lambda tx: self._claim(tx, lane, now, most, lease))

    async def record(self, results: Sequence[tuple[Claimed, Result]], now: datetime) -> None:
        await self._store.write(lambda tx: _record(tx, results, now))

    async def next_work_at(self, lane: str, now: datetime) -> datetime | None:
        return await self._store.read(lambda tx: self._next_work_at(tx, lane, now))

    async def recover(self, now: datetime, *, everything: bool) -> int:
        """End leases that ran out (at start of the one process: all of them). A message that may
        have gone out is *unknown*, never sent again blindly; an inbox row is simply queued again.
        """
        return await self._store.write(lambda tx: _recover(tx, now, everything=everything))

    def _claim(
        self, tx: Transaction, key: str, now: datetime, most: int, lease: datetime
    ) -> list[Claimed]:
        budget = self._budgets[Platform(key.partition(":")[0])]
        arrival, blocked = _lane(tx, key, now)
        if blocked is not None and blocked > now:
            return []
        _give_up_late(tx, key, now)
        given = grant(budget, arrival, now, most)
        if not given.messages:
            return []
        rows = _take(tx, key, now, given.messages)
        if not rows:
            return []
        used = grant(budget, arrival, now, len(rows))
        tx.connection.execute(
            update(lane)
            .where(lane.c.key == key)
            .values(arrival=used.arrival, epoch=lane.c.epoch + 1)
        )
        tx.connection.execute(
            update(delivery)
            .where(delivery.c.id.in_([row.id for row in rows]))
            .values(state="leased", lease_until=lease, attempts=delivery.c.attempts + 1)
        )
        return [self._claimed(row, key) for row in rows]

    def _claimed(self, row: Row[Any], key: str) -> Claimed:
        return Claimed(
            delivery_id=row.id,
            lane=key,
            kind=row.kind,
            subject=row.subject,
            recipient=row.recipient,
            platform=Platform(row.platform),
            workspace=row.workspace,
            conversation=row.conversation,
            service_url=row.service_url,
            locale=row.locale or self._channel_locale,
            timezone=row.timezone or self._channel_timezone,
            attempts=row.attempts + 1,
        )

    def _next_work_at(self, tx: Transaction, key: str, now: datetime) -> datetime | None:
        ready: datetime | None = tx.connection.execute(
            select(func.min(delivery.c.not_before)).where(
                delivery.c.lane == key, delivery.c.state == "queued"
            )
        ).scalar()
        if ready is None:
            return None
        row = tx.connection.execute(
            select(lane.c.arrival, lane.c.blocked_until).where(lane.c.key == key)
        ).first()
        if row is None:
            return max(ready, now)
        budget = self._budgets[Platform(key.partition(":")[0])]
        return max(ready, free_at(budget, row.arrival, now), row.blocked_until or now)


def _lanes_with_work(tx: Transaction, now: datetime) -> Sequence[str]:
    found = tx.connection.execute(
        select(delivery.c.lane)
        .where(
            delivery.c.state == "queued",
            delivery.c.lane.is_not(None),
            delivery.c.not_before <= now,
        )
        .distinct()
    )
    return [key for key in found.scalars() if key is not None]


def _lane(tx: Transaction, key: str, now: datetime) -> tuple[datetime, datetime | None]:
    """The lane's row, locked (SQLite: the whole transaction is)."""
    wanted = select(lane.c.arrival, lane.c.blocked_until).where(lane.c.key == key)
    row = tx.connection.execute(wanted.with_for_update()).first()
    if row is None:
        tx.insert_new(lane, {"key": key, "arrival": now, "blocked_until": None, "epoch": 0})
        row = tx.connection.execute(wanted.with_for_update()).one()
    return row.arrival, row.blocked_until


def _give_up_late(tx: Transaction, key: str, now: datetime) -> None:
    """What could not be sent before its deadline is not sent at all."""
    tx.connection.execute(
        update(delivery)
        .where(delivery.c.lane == key, delivery.c.state == "queued", delivery.c.deadline <= now)
        .values(state="failed", why="It could not be sent before its deadline.")
    )


def _take(tx: Transaction, key: str, now: datetime, most: int) -> Sequence[Row[Any]]:
    return tx.connection.execute(
        select(delivery, person.c.locale, person.c.timezone)
        .outerjoin(person, person.c.id == delivery.c.person_id)
        .where(delivery.c.lane == key, delivery.c.state == "queued", delivery.c.not_before <= now)
        .order_by(delivery.c.priority, delivery.c.not_before)
        .limit(most)
        .with_for_update(of=delivery, skip_locked=True)
    ).all()


def _record(tx: Transaction, results: Sequence[tuple[Claimed, Result]], now: datetime) -> None:
    for claimed, result in results:
        tx.connection.execute(
            update(delivery)
            .where(delivery.c.id == claimed.delivery_id, delivery.c.state == "leased")
            .values(lease_until=None, **_outcome(claimed, result, now))
        )
        if isinstance(result, Throttled):
            blocked = now + _wait(result)
            tx.connection.execute(
                update(lane)
                .where(
                    lane.c.key == claimed.lane,
                    or_(lane.c.blocked_until.is_(None), lane.c.blocked_until < blocked),
                )
                .values(blocked_until=blocked)
            )
        if isinstance(result, Sent) and result.conversation:
            _keep_conversation(tx, claimed, result.conversation)


def _keep_conversation(tx: Transaction, claimed: Claimed, conversation: str) -> None:
    if claimed.recipient.startswith("person:") and conversation != claimed.conversation:
        tx.connection.execute(
            update(address)
            .where(
                address.c.platform == claimed.platform,
                address.c.workspace == claimed.workspace,
                address.c.conversation == claimed.conversation,
            )
            .values(conversation=conversation)
        )


def _wait(result: Throttled) -> timedelta:
    return timedelta(seconds=min(max(result.seconds, 0.0), _LONGEST_BLOCK))


def _outcome(claimed: Claimed, result: Result, now: datetime) -> dict[str, Any]:
    """The ledger's columns for what a platform answered. One table, kept in one place."""
    match result:
        case Sent():
            return {"state": "sent", "sent_at": now, "reference": result.reference, "why": None}
        case Throttled():
            again = now + _wait(result)
            return {"state": "queued", "not_before": again, "attempts": claimed.attempts - 1}
        case NotTaken() if claimed.attempts < _MOST_ATTEMPTS:
            again = now + _RETRY_AFTER * claimed.attempts
            return {"state": "queued", "not_before": again, "why": result.why}
        case NotTaken() | Failed():
            return {"state": "failed", "why": result.why}
        case Unknown():
            return {"state": "unknown", "why": result.why}
        case Unreachable():
            return {"state": "unreachable", "why": result.why}


def _recover(tx: Transaction, now: datetime, *, everything: bool) -> int:
    tx.connection.execute(
        update(delivery)
        .where(delivery.c.lane.is_(None), delivery.c.state == "queued", delivery.c.deadline <= now)
        .values(state="unreachable", why="They had not opened the chat before its deadline.")
    )
    lost = delivery.c.state == "leased"
    if not everything:
        lost = and_(lost, delivery.c.lease_until < now)
    safe = and_(lost, delivery.c.platform == Platform.WEB)
    again = tx.connection.execute(
        update(delivery).where(safe).values(state="queued", lease_until=None)
    ).rowcount
    uncertain = tx.connection.execute(
        update(delivery)
        .where(lost)
        .values(
            state="unknown",
            lease_until=None,
            why="The service stopped while this was being sent; it may have arrived.",
        )
    ).rowcount
    return again + uncertain
