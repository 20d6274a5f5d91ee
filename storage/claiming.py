"""Claiming a batch of a lane: within its budget and each conversation's floor, fair between
campaigns, in one transaction that advances the lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, bindparam, case, select, update

from core.people import Platform
from core.quiet import Watch
from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import STOPPABLE
from scheduler.floors import FLOORS, Conversation, Floor
from scheduler.lanes import Budget, disturbs, grant
from scheduler.pacing import Learned, paced, rate_now
from storage import deliveries
from storage.columns import Instant
from storage.district import Districts
from storage.halting import drop_halted
from storage.holding import hold, is_held, watch
from storage.ledger_tables import conversation, delivery, halt, lane
from storage.tables import person, reads

_MOST_ROUNDS = 20
"""Of looking for messages whose conversations are free: a lane full of one channel's messages
must not hold up the transaction."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A delivery of a batch and its moment in the lane's budget."""

    row: Row[Any]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What was claimed, under which epoch, and the seconds between two messages."""

    slots: Sequence[Slot]
    epoch: int
    interval: float


_NOTHING = Batch(slots=(), epoch=0, interval=0.0)


def platform_of(key: str) -> Platform:
    """A lane's platform."""
    return Platform(key.partition(":")[0])


def learned_from(row: Row[Any]) -> Learned:
    """What a lane's row says that it learned."""
    return Learned(rate=row.rate, ceiling=row.ceiling, since=row.rate_since, strikes=row.strikes)


def budget_now(budget: Budget, row: Row[Any], now: datetime) -> Budget:
    """A lane's budget at the rate that it may try now."""
    return paced(budget, rate_now(budget, learned_from(row), now))


def claim(
    tx: Districts, key: str, now: datetime, *, most: int, lease: datetime, budget: Budget
) -> Batch:
    """Lease the next deliveries of a lane and advance it by as many."""
    row = locked_lane(tx, key, now)
    if row.blocked_until is not None and row.blocked_until > now:
        return _NOTHING
    pace = budget_now(budget, row, now)
    given = grant(pace, row.arrival, now, most)
    if not given.messages:
        return _NOTHING
    start = given.arrival - given.messages * pace.interval
    last = start + given.messages * pace.interval
    choosing = _Choosing(tx, key, now, lease, row.epoch + 1, _quiet(tx, key, now, last))
    choosing.choose(start, pace.interval, given.messages)
    if not choosing.chosen:
        return _NOTHING
    arrival = start + len(choosing.chosen) * pace.interval
    tx.connection.execute(_ADVANCE, {"b_key": key, "b_arrival": arrival, "b_epoch": row.epoch + 1})
    return Batch(slots=choosing.chosen, epoch=row.epoch + 1, interval=pace.interval.total_seconds())


def _quiet(tx: Districts, key: str, now: datetime, last: datetime) -> Watch:
    """The quiet hours that a batch may run into. A page on the web disturbs nobody."""
    if not disturbs(key):
        return Watch(None, now)
    return watch(tx, now, max(last, now))


def locked_lane(tx: Districts, key: str, now: datetime) -> Row[Any]:
    """The lane's row, locked (SQLite: the whole transaction is)."""
    row = tx.connection.execute(_LOCKED, {"b_key": key}).first()
    if row is None:
        tx.insert_new(lane, {"key": key, "arrival": now, "blocked_until": None, "epoch": 0})
        row = tx.connection.execute(_LOCKED, {"b_key": key}).one()
    return row


def give_up_late(tx: Districts, now: datetime, key: str | None = None) -> None:
    """What could not be sent before its deadline is not sent at all."""
    where = delivery.c.lane == key if key else delivery.c.lane.in_(select(lane.c.key))
    held = delivery.c.held_until >= delivery.c.deadline
    tx.connection.execute(
        update(delivery)
        .where(where, delivery.c.state == "queued", delivery.c.deadline <= now)
        .values(
            state="failed",
            why=case((held, DeliveryReason.HELD_TOO_LONG), else_=DeliveryReason.TOO_LATE),
        )
    )


class _Choosing:
    """Picks deliveries for slots. What its conversation does not take yet is put off until it
    does, and what must not go in quiet hours until they end, so that nothing behind it waits."""

    def __init__(
        self,
        tx: Districts,
        key: str,
        now: datetime,
        lease: datetime,
        epoch: int,
        quiet: Watch,
    ) -> None:
        self._tx = tx
        self._key = key
        self._now = now
        self._lease = lease
        self._epoch = epoch
        self._quiet = quiet
        self._floor = FLOORS.get(platform_of(key))
        self._conversations: dict[str, Conversation] = {}
        self.chosen: list[Slot] = []

    def choose(self, start: datetime, interval: timedelta, wanted: int) -> None:
        stopped = 0
        for _ in range(_MOST_ROUNDS):
            missing = wanted - len(self.chosen)
            rows = self._candidates(missing) if missing else ()
            if not rows:
                break
            if any(row.deadline is not None and row.deadline <= self._now for row in rows):
                give_up_late(self._tx, self._now, self._key)
                continue
            if any(is_held(self._quiet, row) for row in rows):
                hold(self._tx, self._key, self._now, self._quiet)
                continue
            if dropped := self._drop_stopped(rows):
                stopped += dropped
                if stopped >= deliveries.PART:
                    break
                continue
            before = len(self.chosen)
            self._fit(rows, start, interval)
            self._take(slot.row for slot in self.chosen[before:])
        self._keep_conversations()

    def _drop_stopped(self, rows: Sequence[Row[Any]]) -> int:
        """What was stopped and is in the queue yet (it is taken out in parts) is never leased."""
        stopped = [row.id for row in rows if row.halted and row.kind in STOPPABLE]
        return drop_halted(self._tx, stopped) if stopped else 0

    def _candidates(self, most: int) -> Sequence[Row[Any]]:
        return self._tx.connection.execute(
            _NEXT, {"b_lane": self._key, "b_now": self._now, "b_most": most}
        ).all()

    def _fit(self, rows: Sequence[Row[Any]], start: datetime, interval: timedelta) -> None:
        if self._floor is None:
            self.chosen += [
                Slot(row=row, at=start + (len(self.chosen) + place) * interval)
                for place, row in enumerate(rows)
            ]
            return
        self._load({row.conversation for row in rows}, start, self._floor)
        put_off: dict[str, Conversation] = {}
        later = []
        for row in rows:
            at = start + len(self.chosen) * interval
            taking = put_off.get(row.conversation) or self._conversations[row.conversation]
            free = taking.free_at(self._floor)
            if row.conversation not in put_off and free <= at:
                self._conversations[row.conversation] = taking.taking(self._floor, at)
                self.chosen.append(Slot(row=row, at=at))
            else:
                put_off[row.conversation] = taking.taking(self._floor, free)
                later.append({"b_id": row.id, "b_at": max(free, self._now + timedelta(0, 0, 1))})
        if later:
            self._tx.connection.execute(_PUT_OFF, later)

    def _load(self, names: set[str], start: datetime, floor: Floor) -> None:
        unknown = names - self._conversations.keys()
        rows = self._tx.connection.execute(
            _CONVERSATIONS, {"b_lane": self._key, "b_names": list(unknown)}
        )
        found = {
            row.conversation: Conversation(arrival=row.arrival, long_arrival=row.long_arrival)
            for row in rows
        }
        latest = max(start, self._now)
        for name in unknown:
            known = found.get(name, Conversation.new(self._now))
            self._conversations[name] = known.possible(floor, latest)

    def _take(self, rows: Iterable[Row[Any]]) -> None:
        ids = [row.id for row in rows]
        if ids:
            self._tx.connection.execute(
                _LEASE, {"b_ids": ids, "b_until": self._lease, "b_epoch": self._epoch}
            )

    def _keep_conversations(self) -> None:
        used = {slot.row.conversation for slot in self.chosen} if self._floor else set()
        rows = [
            {
                "lane": self._key,
                "conversation": name,
                "arrival": self._conversations[name].arrival,
                "long_arrival": self._conversations[name].long_arrival,
            }
            for name in sorted(used)
        ]
        self._tx.put_all(conversation, rows, ("lane", "conversation"))


# Built once: at Slack's pace each message is a claim of its own.
_LOCKED = select(lane).where(lane.c.key == bindparam("b_key")).with_for_update()
_ADVANCE = (
    update(lane)
    .where(lane.c.key == bindparam("b_key"))
    .values(arrival=bindparam("b_arrival", type_=Instant()), epoch=bindparam("b_epoch"))
)
_NEXT = (
    select(
        delivery,
        reads,
        person.c.timezone,
        person.c.role,
        person.c.active,
        halt.c.subject.label("halted"),
    )
    .outerjoin(person, person.c.id == delivery.c.person_id)
    .outerjoin(halt, halt.c.subject == delivery.c.subject)
    .where(
        delivery.c.lane == bindparam("b_lane"),
        delivery.c.state == "queued",
        delivery.c.not_before <= bindparam("b_now"),
    )
    .order_by(delivery.c.priority, delivery.c.turn, delivery.c.not_before)
    .limit(bindparam("b_most", type_=Integer()))
    .with_for_update(of=delivery, skip_locked=True)
)
_CONVERSATIONS = select(conversation).where(
    conversation.c.lane == bindparam("b_lane"),
    conversation.c.conversation.in_(bindparam("b_names", expanding=True)),
)
_LEASE = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("b_ids", expanding=True)))
    .values(
        state="leased",
        lease_until=bindparam("b_until", type_=Instant()),
        epoch=bindparam("b_epoch"),
        attempts=delivery.c.attempts + 1,
    )
)
_PUT_OFF = (
    update(delivery)
    .where(delivery.c.id == bindparam("b_id"))
    .values(not_before=bindparam("b_at", type_=Instant()))
)
