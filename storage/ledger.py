"""The pump's side of the ledger: each call is one transaction on the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, String, bindparam, delete, func, select, update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import MOST_LOOKS, THREADED, of_sent
from scheduler.lanes import MAIL_BUDGET, RESTORED, WEB_MAIL, WEB_PAGES, Budget, budget_of, free_at
from scheduler.observing import LaneFigures
from scheduler.ports import Claimed, Result
from storage.claiming import Batch, budget_now, claim, give_up_late
from storage.figures import lane_figures
from storage.halting import halted
from storage.holding import URGENT
from storage.ledger_tables import conversation, delivery, lane
from storage.recording import give_back, record, recover, rest, set_back, write_settled
from storage.store import Store
from storage.tables import person, reads
from storage.transaction import Transaction

_LOOKED_FOR = timedelta(seconds=60)
_SILENT = timedelta(hours=1)


class LedgerStore:
    """Implements ``scheduler.ports.Ledger`` on a store."""

    def __init__(
        self,
        store: Store,
        budgets: Mapping[Platform, Budget],
        locale: str,
        timezone: str,
        mail: Budget = MAIL_BUDGET,
    ) -> None:
        self._store = store
        self._budgets = budgets
        self._mail = mail
        self._channel_locale = locale
        self._channel_timezone = timezone

    async def lanes_with_work(self, now: datetime) -> Sequence[str]:
        return await self._store.read(lambda tx: _lanes_with_work(tx, now))

    async def claim(
        self, lane: str, now: datetime, most: int, lease_seconds: float
    ) -> Sequence[Claimed]:
        lease = now + timedelta(seconds=lease_seconds)
        budget = self._budget(lane)
        batch = await self._store.write_locking(
            lambda tx: claim(tx, lane, now, most=most, lease=lease, budget=budget)
        )
        return self._claimed_in(batch)

    async def record(self, results: Sequence[tuple[Claimed, Result]], now: datetime) -> None:
        budgets = {one.lane: self._budget(one.lane) for one, _ in results}
        await self._store.write_locking(lambda tx: record(tx, results, now, budgets))

    async def give_back(self, claimed: Sequence[Claimed]) -> None:
        await self._store.write_locking(lambda tx: give_back(tx, claimed))

    async def rest(self, lane: str, until: datetime) -> None:
        await self._store.write_locking(lambda tx: rest(tx, lane, until))

    async def next_work_at(self, lane: str, now: datetime) -> datetime | None:
        return await self._store.read(lambda tx: self._next_work_at(tx, lane, now))

    async def recover(self, now: datetime, *, everything: bool) -> int:
        """End leases that ran out (at start of the one process: all of them). A message that may
        have gone out is *unknown*, never sent again blindly; what is on a page only is queued
        again."""
        return await self._store.write_locking(
            lambda tx: recover(tx, now, everything=everything, safe=[WEB_PAGES])
        )

    async def uncertain(self, platform: Platform, now: datetime, most: int) -> Sequence[Claimed]:
        rows = await self._store.read(
            lambda tx: tx.connection.execute(_UNCERTAIN, _asked(platform, now, most)).all()
        )
        if not rows:  # nearly always: no writer is kept for that
            return ()
        rows = await self._store.write_locking(lambda tx: _take_uncertain(tx, platform, now, most))
        return [self._claimed(row) for row in rows]

    async def write_part(self, now: datetime) -> bool:
        if not await self._store.read(lambda tx: tx.is_fanning_out()):
            return False
        return await self._store.write_locking(lambda tx: tx.write_part(now))

    async def settle(self, found: Sequence[tuple[Claimed, Result | None]], now: datetime) -> None:
        await self._store.write_locking(lambda tx: write_settled(tx, found, now))

    async def set_back(self, now: datetime) -> None:
        await self._store.write_locking(lambda tx: set_back(tx, now))

    async def halted(self) -> Collection[UUID]:
        return await self._store.read(halted)

    async def tidy(self, now: datetime) -> None:
        await self._store.write_locking(lambda tx: _tidy(tx, now))

    async def figures(self, now: datetime) -> Sequence[LaneFigures]:
        """Every lane as it stands."""
        return await self._store.read(lambda tx: lane_figures(tx, now, self._budget))

    def _budget(self, lane: str) -> Budget:
        return self._mail if lane == WEB_MAIL else budget_of(lane, self._budgets)

    def _claimed_in(self, batch: Batch) -> list[Claimed]:
        return [
            self._claimed(
                slot.row,
                attempts=slot.row.attempts + 1,
                epoch=batch.epoch,
                send_at=slot.at,
                interval=batch.interval,
            )
            for slot in batch.slots
        ]

    def _claimed(
        self,
        row: Row[Any],
        *,
        attempts: int | None = None,
        epoch: int | None = None,
        send_at: datetime | None = None,
        interval: float = 0.0,
    ) -> Claimed:
        return Claimed(
            delivery_id=row.id,
            lane=row.lane,
            kind=row.kind,
            subject=row.subject,
            recipient=row.recipient,
            platform=Platform(row.platform),
            workspace=row.workspace,
            conversation=row.conversation,
            service_url=row.service_url,
            locale=row.locale or self._channel_locale,
            timezone=row.timezone or self._channel_timezone,
            attempts=row.attempts if attempts is None else attempts,
            epoch=row.epoch if epoch is None else epoch,
            send_at=send_at,
            interval=interval,
            urgent=row.priority == URGENT,
            looks=row.looks,
            repeated=row.why == DeliveryReason.REPEATED,
            trip=row.trip,
            queued_at=row.queued_at,
            left=row.active is False,
            reference=row.reference or "" if of_sent(row.kind) or row.kind in THREADED else "",
        )

    def _next_work_at(self, tx: Transaction, key: str, now: datetime) -> datetime | None:
        ready: datetime | None = tx.connection.execute(_READY, {"b_key": key}).scalar()
        if ready is None:
            return None
        row = tx.connection.execute(_LANE, {"b_key": key}).first()
        if row is None:
            return max(ready, now)
        pace = budget_now(self._budget(key), row, now)
        return max(ready, free_at(pace, row.arrival, now), row.blocked_until or now)


_READY = select(func.min(delivery.c.not_before)).where(
    delivery.c.lane == bindparam("b_key"), delivery.c.state == "queued"
)
_LANE = select(lane).where(lane.c.key == bindparam("b_key"))


def _lanes_with_work(tx: Transaction, now: datetime) -> Sequence[str]:
    found = tx.connection.execute(_LANES_WITH_WORK, {"b_now": now})
    return [key for key in found.scalars() if key is not None]


def _with_work() -> Select[str | None]:
    """Lanes that have something to send and are not blocked. Their names are found by stepping
    through the index, lane by lane, not by reading every delivery."""
    first = select(func.min(delivery.c.lane).label("key")).where(delivery.c.lane.is_not(None))
    names = first.cte("names", recursive=True)
    following = select(func.min(delivery.c.lane)).where(delivery.c.lane > names.c.key)
    names = names.union_all(select(following.scalar_subquery()).where(names.c.key.is_not(None)))
    has_work = (
        select(delivery.c.id)
        .where(
            delivery.c.lane == names.c.key,
            delivery.c.state == "queued",
            delivery.c.not_before <= bindparam("b_now"),
        )
        .exists()
    )
    blocked = select(lane.c.key).where(
        lane.c.key == names.c.key, lane.c.blocked_until > bindparam("b_now")
    )
    served = names.c.key.not_like(f"{RESTORED}%")
    return select(names.c.key).where(has_work, served, ~blocked.exists())


_LANES_WITH_WORK = _with_work()


def _asked(platform: Platform, now: datetime, most: int) -> dict[str, Any]:
    return {"b_platform": f"{platform}:", "b_now": now, "b_most": most}


_UNCERTAIN = (
    select(delivery, reads, person.c.timezone, person.c.active)
    .outerjoin(person, person.c.id == delivery.c.person_id)
    .where(
        delivery.c.lane.in_(
            select(lane.c.key).where(lane.c.key.startswith(bindparam("b_platform", type_=String())))
        ),
        delivery.c.state == "unknown",
        delivery.c.not_before <= bindparam("b_now"),
        delivery.c.looks < MOST_LOOKS,
    )
    .order_by(delivery.c.looks, delivery.c.not_before)
    .limit(bindparam("b_most", type_=Integer()))
)
_TAKEN_UNCERTAIN = _UNCERTAIN.with_for_update(of=delivery, skip_locked=True)


def _take_uncertain(
    tx: Transaction, platform: Platform, now: datetime, most: int
) -> Sequence[Row[Any]]:
    rows = tx.connection.execute(_TAKEN_UNCERTAIN, _asked(platform, now, most)).all()
    tx.connection.execute(
        update(delivery)
        .where(delivery.c.id.in_([row.id for row in rows]))
        .values(not_before=now + _LOOKED_FOR)
    )
    return rows


def _tidy(tx: Transaction, now: datetime) -> None:
    give_up_late(tx, now)
    tx.take_back_late(now)
    tx.redraw_late(now)
    tx.calm_down(now)
    tx.connection.execute(
        update(delivery)
        .where(delivery.c.lane.is_(None), delivery.c.state == "queued", delivery.c.deadline <= now)
        .values(state="unreachable", why=DeliveryReason.NEVER_OPENED)
    )
    tx.connection.execute(
        delete(conversation).where(
            conversation.c.arrival < now - _SILENT, conversation.c.long_arrival < now
        )
    )
