"""What happened once: events handled, schedules done, sign-in links used, and the audit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select

from storage.connection import Connected
from storage.ledger_tables import audit, inbox, occurrence, schedule, signin

_LONGEST = 200
"""Characters of an event's id that the inbox holds."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """An entry of the clock whose time has come and which has not happened."""

    id: UUID
    kind: str
    subject: UUID
    number: int
    at: datetime


class Events(Connected):
    """Things that must happen once, inside one transaction."""

    def first_time(self, event_id: str, now: datetime) -> bool:
        """Enter an event into the inbox. False: it was handled before."""
        if len(event_id) > _LONGEST:  # cut, two events would be one: the ends differ
            event_id = hashlib.sha256(event_id.encode()).hexdigest()
        return bool(self.insert_new(inbox, {"event_id": event_id, "at": now}))

    def times(self, what: str, since: datetime) -> int:
        """How often something was noted since."""
        return self.connection.execute(
            select(func.count())
            .select_from(inbox)
            .where(inbox.c.event_id > f"{what}:", inbox.c.event_id < f"{what};", inbox.c.at > since)
        ).scalar_one()

    def note_time(self, what: str, now: datetime) -> None:
        """Note that something happened, to keep to a limit. Pruned with the inbox."""
        self.insert_new(inbox, {"event_id": f"{what}:{uuid4().hex}", "at": now})

    def use_signin(self, token_id: str, now: datetime) -> bool:
        """Consume a sign-in link. False: it was used before."""
        return bool(self.insert_new(signin, {"token_id": token_id, "used_at": now}))

    # -- the clock ------------------------------------------------------------------------------

    def due(self, now: datetime, *, most: int = 50) -> Sequence[Due]:
        """What should have happened by now and has not, earliest first."""
        rows = self.connection.execute(
            select(schedule)
            .outerjoin(occurrence, occurrence.c.schedule_id == schedule.c.id)
            .where(schedule.c.at <= now, occurrence.c.schedule_id.is_(None))
            .order_by(schedule.c.at)
            .limit(most)
        )
        return [
            Due(id=r.id, kind=r.kind, subject=r.subject, number=r.number, at=r.at) for r in rows
        ]

    def coming(self, *, most: int = 1000) -> Sequence[Due]:
        """Everything on the clock that has not happened yet."""
        rows = self.connection.execute(
            select(schedule)
            .outerjoin(occurrence, occurrence.c.schedule_id == schedule.c.id)
            .where(occurrence.c.schedule_id.is_(None))
            .order_by(schedule.c.at)
            .limit(most)
        )
        return [
            Due(id=r.id, kind=r.kind, subject=r.subject, number=r.number, at=r.at) for r in rows
        ]

    def happens(self, due: Due, now: datetime) -> bool:
        """Claim an occurrence. False: another tick had it. Committed with what it triggers."""
        row = {"schedule_id": due.id, "slot": due.at.isoformat(), "at": now}
        return bool(self.insert_new(occurrence, row))

    # -- who did and saw what -------------------------------------------------------------------

    def audit(self, who: UUID | None, what: str, subject: UUID | None, now: datetime) -> None:
        """Append to the hash-chained audit."""
        last = self.connection.execute(
            select(audit.c.number, audit.c.chain).order_by(audit.c.number.desc()).limit(1)
        ).first()
        number, before = (last.number + 1, last.chain) if last else (1, "")
        line = f"{before}|{number}|{now.isoformat()}|{who}|{what}|{subject}"
        self.connection.execute(
            audit.insert(),
            {
                "number": number,
                "at": now,
                "who": who,
                "what": what,
                "subject": subject,
                "chain": hashlib.sha256(line.encode()).hexdigest(),
            },
        )

    def audit_length(self) -> int:
        return self.connection.execute(select(func.count()).select_from(audit)).scalar_one()
