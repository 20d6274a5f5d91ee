"""Who is signed in on the web: one row for each session, so that signing out ends it for good."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from core.people import Person
from governance.people.ways_in import How, WaysIn
from storage.connection import Connected
from storage.ledger_tables import calendar_address, web_session
from storage.people import person_from
from storage.tables import district, person


@dataclass(frozen=True, kw_only=True)
class WebSession:
    """A session that was not ended, and whose it is. ``started_at`` and ``seen_at`` are aware; the
    latter lags behind by as much as the web lets it, since not every page is worth a write."""

    person: Person
    how: How
    started_at: datetime
    seen_at: datetime


class Sessions(Connected):
    """Ways in, sessions and private addresses inside one transaction. Of both only a hash of the
    key is kept: who reads the database or a backup of it cannot be anybody on the web."""

    def ways_in(self) -> WaysIn:
        return self.surroundings.ways_in

    def signin_token(self, person_id: UUID, expires: datetime) -> str:
        return self.surroundings.signin_token(person_id, expires)

    def start_session(self, person_id: UUID, how: How, now: datetime) -> str:
        """A new session's key."""
        key = secrets.token_urlsafe(24)
        self.connection.execute(
            web_session.insert(),
            {
                "id": _id(key),
                "person_id": person_id,
                "how": how,
                "started_at": now,
                "seen_at": now,
            },
        )
        return key

    def web_session(self, key: str) -> WebSession | None:
        row = self.connection.execute(
            select(
                person,
                *(web_session.c.how, web_session.c.started_at, web_session.c.seen_at),
                select(district.c.loaded_at).scalar_subquery().label("loaded_at"),
            )
            .join(web_session, web_session.c.person_id == person.c.id)
            .where(web_session.c.id == _id(key))
        ).first()
        if row is None:
            return None
        self.foresee(("loaded at",), row.loaded_at)
        return WebSession(
            person=person_from(row),
            how=How(row.how),
            started_at=row.started_at,
            seen_at=row.seen_at,
        )

    def see_session(self, key: str, now: datetime) -> None:
        """Somebody was here with it just now."""
        self.connection.execute(
            update(web_session).where(web_session.c.id == _id(key)).values(seen_at=now)
        )

    def end_session(self, key: str) -> WebSession | None:
        """End one; what it was, None where it had ended before."""
        was = self.web_session(key)
        self.connection.execute(delete(web_session).where(web_session.c.id == _id(key)))
        return was

    def end_sessions(self, person_id: UUID) -> int:
        """End all of a person's. How many there were."""
        ended = delete(web_session).where(web_session.c.person_id == person_id)
        return self.connection.execute(ended).rowcount

    def forget_sessions(self, started_before: datetime) -> int:
        """Delete what nobody can use any more. How many."""
        old = delete(web_session).where(web_session.c.started_at < started_before)
        return self.connection.execute(old).rowcount

    # -- private addresses of calendars and feeds ------------------------------------------

    def make_calendar_address(self, person_id: UUID, now: datetime) -> str:
        key = secrets.token_urlsafe(24)
        row = {"person_id": person_id, "hash": _id(key), "made_at": now}
        self.put(calendar_address, row, ("person_id",))
        return key

    def drop_calendar_address(self, person_id: UUID) -> None:
        mine = calendar_address.c.person_id == person_id
        self.connection.execute(delete(calendar_address).where(mine))

    def calendar_address_made(self, person_id: UUID) -> datetime | None:
        mine = calendar_address.c.person_id == person_id
        return self.connection.execute(select(calendar_address.c.made_at).where(mine)).scalar()

    def calendar_address_owner(self, key: str) -> UUID | None:
        this = calendar_address.c.hash == _id(key)
        return self.connection.execute(select(calendar_address.c.person_id).where(this)).scalar()

    def forget_calendar_addresses(self) -> int:
        left = select(person.c.id).where(person.c.active.is_(False))
        gone = delete(calendar_address).where(calendar_address.c.person_id.in_(left))
        return self.connection.execute(gone).rowcount


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
