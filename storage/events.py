"""What happened once: events handled, schedules done, sign-in links used, and the audit."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from storage.ledger_tables import audit, inbox, signin
from storage.occurrences import Occurrences

_AT_ONCE = 10_000
"""Events deleted at once: it takes a tenth of a second, in which nobody is answered."""

_LONGEST = 200
"""Characters of an event's id that the inbox holds."""


class Events(Occurrences):
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

    def forget_events(self, before: datetime) -> int:
        """Delete what was handled before a moment; what is too much is left to the next time."""
        gone = 0
        for table, key in ((inbox, inbox.c.event_id), (signin, signin.c.token_id)):
            at = table.c.at if table is inbox else table.c.used_at
            old = select(key).where(at < before).limit(_AT_ONCE)
            gone += self.connection.execute(delete(table).where(key.in_(old))).rowcount
        return gone

    # -- who did and saw what -------------------------------------------------------------------

    def audit(self, who: UUID | None, what: str, subject: UUID | None, now: datetime) -> int:
        """Append to the hash-chained audit; the new line's number."""
        last = self.connection.execute(
            select(audit.c.number, audit.c.chain).order_by(audit.c.number.desc()).limit(1)
        ).first()
        number, before = (last.number + 1, last.chain) if last else (1, "")
        self.connection.execute(
            audit.insert(),
            {
                "number": number,
                "at": now,
                "who": who,
                "what": what,
                "subject": subject,
                "chain": audit_line(before, number, now, who, what, subject),
            },
        )
        return number

    def last_audited(self, subject: UUID, what: str = "") -> tuple[str, datetime] | None:
        """What was last noted of a subject (that begins with ``what``), and when."""
        found = self.connection.execute(
            select(audit.c.what, audit.c.at)
            .where(audit.c.subject == subject, audit.c.what.startswith(what, autoescape=True))
            .order_by(audit.c.number.desc())
            .limit(1)
        ).first()
        return (found.what, found.at) if found else None

    def audit_length(self) -> int:
        return self.connection.execute(select(func.count()).select_from(audit)).scalar_one()


def audit_line(
    before: str, number: int, at: datetime, who: UUID | None, what: str, subject: UUID | None
) -> str:
    """The hash of a line of the audit: SHA-256 in hex over it and the hash of the one before.

    The moment is written in UTC, as the database gives it back, whatever zone it came in.
    """
    return _hashed(before, number, at.astimezone(UTC), who, what, subject)


def audit_line_of_old(
    chain: str,
    before: str,
    number: int,
    at: datetime,
    who: UUID | None,
    what: str,
    subject: UUID | None,
) -> bool:
    """Whether a hash is that of a line from before December 2026.

    Until then a moment was hashed as written in the zone it came in, which no row keeps. So each
    offset that a clock has had since 1972 is tried: they all name the same moment, and a line with
    another moment, person, act or subject fits none.
    """
    return any(
        chain == _hashed(before, number, at.astimezone(zone), who, what, subject) for zone in _ZONES
    )


_ZONES = tuple(timezone(timedelta(minutes=each)) for each in range(-12 * 60, 14 * 60 + 1, 15))
"""Offsets of clocks from UTC: every quarter of an hour between the first and the last in use."""


def _hashed(
    before: str, number: int, at: datetime, who: UUID | None, what: str, subject: UUID | None
) -> str:
    line = f"{before}|{number}|{at.isoformat()}|{who}|{what}|{subject}"
    return hashlib.sha256(line.encode()).hexdigest()
