"""The clock's entries, and which of them happened: an ``occurrence`` row decides, so that any
number of processes may look at any moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, select, update

from core.local_time import moment, wall_time
from scheduler.recurring import check_rule, latest
from storage.district import Districts
from storage.ledger_tables import occurrence, schedule

_NO_DISTRICT = "UTC"
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Due:
    """An entry of the clock whose time has come and which has not happened. ``slot`` names the
    occurrence: the planned moment, or the local time of one that recurs."""

    id: UUID
    kind: str
    subject: UUID
    number: int
    at: datetime
    slot: str
    restored: bool = False
    """Put there by an entry that came due before this database was restored."""


class Occurrences(Districts):
    """The clock inside one transaction."""

    def schedule(self, kind: str, subject: UUID, at: datetime, number: int = 0) -> None:
        row = {"id": uuid4(), "kind": kind, "subject": subject, "number": number, "at": at}
        restored = self.waits_since is not None and at <= self.waits_since
        self.insert_new(schedule, {**row, "restored": restored})

    def recur(self, kind: str, subject: UUID, rule: str, now: datetime, *, number: int = 0) -> None:
        """Have the clock do ``kind`` again and again: a rule of cron's five fields on the
        district's wall clock, from now on. Unique on (kind, subject, number); another rule
        replaces the one that is there. ``ValueError`` where it cannot be read."""
        check_rule(rule)
        key = {"kind": kind, "subject": subject, "number": number}
        self.insert_new(schedule, {"id": uuid4(), **key, "at": now, "rule": rule})
        same = (schedule.c[name] == value for name, value in key.items())
        self.connection.execute(
            update(schedule).where(*same, schedule.c.rule != rule).values(rule=rule, at=now)
        )

    def due(self, now: datetime, *, most: int = 50) -> Sequence[Due]:
        """What should have happened by now and has not, earliest first."""
        rows = self.connection.execute(
            _NOT_DONE.where(schedule.c.at <= now).order_by(schedule.c.at).limit(most)
        )
        once = [_due(row, row.at, row.at.isoformat()) for row in rows]
        return sorted([*once, *self._due_again(now)], key=lambda due: due.at)[:most]

    def _due_again(self, now: datetime) -> Iterator[Due]:
        """What recurs and is due: of several that were missed, the newest."""
        rows = self.connection.execute(select(schedule).where(schedule.c.rule.is_not(None))).all()
        zone = self._zone() if rows else ZoneInfo(_NO_DISTRICT)
        for row in rows:
            shown = latest(row.rule, zone, now)
            if shown is None or (at := moment(shown, zone)) < row.at:
                continue
            if self._newest(row.id, wall_time(now, zone) + _DAY) < shown.isoformat():
                yield _due(row, at, shown.isoformat())

    def _newest(self, schedule_id: UUID, until: datetime) -> str:
        """The newest local time that happened: what was planned before it was missed, and stays
        so. What a clock that was set far ahead made happen does not count."""
        found: str | None = self.connection.execute(
            select(func.max(occurrence.c.slot)).where(
                occurrence.c.schedule_id == schedule_id, occurrence.c.slot <= until.isoformat()
            )
        ).scalar()
        return found or ""

    def _zone(self) -> ZoneInfo:
        district = self.loaded_district()
        return ZoneInfo(district.timezone if district else _NO_DISTRICT)

    def coming(self, *, most: int = 1000) -> Sequence[Due]:
        """Everything planned for one moment that has not happened yet."""
        rows = self.connection.execute(_NOT_DONE.order_by(schedule.c.at).limit(most))
        return [_due(row, row.at, row.at.isoformat()) for row in rows]

    def happens(self, due: Due, now: datetime) -> bool:
        """Claim an occurrence. False: another tick had it. Committed with what it triggers."""
        row = {"schedule_id": due.id, "slot": due.slot, "at": now}
        return bool(self.insert_new(occurrence, row))

    def forget_occurrences(self, before: datetime, once_before: datetime) -> int:
        """Delete what recurred before a moment, but never the newest: it says what was missed.
        What happens once goes together with its entry, or it would be due again."""
        newest = (
            select(occurrence.c.schedule_id, func.max(occurrence.c.slot).label("slot"))
            .group_by(occurrence.c.schedule_id)
            .subquery()
        )
        is_newest = select(newest).where(
            newest.c.schedule_id == occurrence.c.schedule_id, newest.c.slot == occurrence.c.slot
        )
        gone = self.connection.execute(
            delete(occurrence).where(occurrence.c.at < before, ~is_newest.exists())
        ).rowcount
        old = (
            select(schedule.c.id)
            .join(occurrence, occurrence.c.schedule_id == schedule.c.id)
            .where(schedule.c.rule.is_(None), occurrence.c.at < once_before)
        )
        ids = self.connection.execute(old.limit(_AT_ONCE)).scalars().all()
        if ids:
            self.connection.execute(delete(occurrence).where(occurrence.c.schedule_id.in_(ids)))
            self.connection.execute(delete(schedule).where(schedule.c.id.in_(ids)))
        return gone + len(ids)


_AT_ONCE = 10_000

_NOT_DONE = (
    select(schedule)
    .outerjoin(occurrence, occurrence.c.schedule_id == schedule.c.id)
    .where(schedule.c.rule.is_(None), occurrence.c.schedule_id.is_(None))
)


def _due(row: Row[Any], at: datetime, slot: str) -> Due:
    return Due(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        number=row.number,
        at=at,
        slot=slot,
        restored=row.restored,
    )
