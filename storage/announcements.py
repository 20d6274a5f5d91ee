"""Announcements, who pressed "I have read this", and what became of each delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.sql import ColumnElement, FromClause

from governance.announcements import (
    Announcement,
    AnnouncementState,
    Outcome,
    Reach,
    Recipient,
    Tally,
)
from governance.encoding import change_from_json, change_to_json
from storage.deliveries import Deliveries
from storage.holding import BULK, count_held, watch
from storage.ledger_tables import delivery
from storage.tables import acknowledgement, announcement, building, person
from surveys.encoding import audience_from_json, audience_to_json
from surveys.people import Audience, Platform


class Announcements(Deliveries):
    """Announcements inside one transaction."""

    def announcement(self, announcement_id: UUID) -> Announcement | None:
        row = self.connection.execute(
            select(announcement).where(announcement.c.id == announcement_id)
        ).first()
        return _announcement_from(row) if row else None

    def announcement_by_key(self, key: str) -> Announcement | None:
        row = self.connection.execute(select(announcement).where(announcement.c.key == key)).first()
        return _announcement_from(row) if row else None

    def announcements(self) -> Sequence[Announcement]:
        newest = func.coalesce(announcement.c.sent_at, announcement.c.send_at)
        rows = self.connection.execute(select(announcement).order_by(newest.desc()))
        return [_announcement_from(row) for row in rows]

    def put_announcement(self, new: Announcement) -> None:
        row = {
            "id": new.id,
            "key": new.key,
            "change": change_to_json(new.change),
            "audience": audience_to_json(new.audience),
            "written_by": new.written_by,
            "state": new.state,
            "send_at": new.send_at,
            "sent_at": new.sent_at,
            "acknowledge": new.acknowledge,
        }
        self.put(announcement, row, ("id",))

    def reach(self, audience: Audience, at: datetime) -> Reach:
        rows = list(self._addressed([p.id for p in self.people_of(audience)]))
        people = {row.id: row for row in rows}
        by_platform: dict[str, int] = {}
        waiting = 0
        for row in people.values():
            by_platform[row.platform] = by_platform.get(row.platform, 0) + 1
            waiting += row.platform != Platform.WEB and row.conversation is None
        return Reach(
            people=len(people),
            by_platform=tuple(sorted(by_platform.items())),
            waiting=waiting,
            seconds=max((self._seconds(p, n) for p, n in by_platform.items()), default=0.0),
            held=count_held(watch(self, at), people.values(), mails=self.surroundings.mails),
        )

    def _seconds(self, platform: str, messages: int) -> float:
        rate = self.surroundings.rates.get(Platform(platform), 0.0)
        return messages / rate if rate else 0.0

    def announce(self, sending: Announcement, now: datetime) -> int:
        people = self._addressed([p.id for p in self.people_of(sending.audience)])
        return self._queue(
            people,
            campaign=_campaign(sending.id),
            kind="notice",
            subject=sending.id,
            now=now,
            priority=BULK - 1,
            deadline=None,
        )

    def was_announced_to(self, announcement_id: UUID, person_id: UUID) -> bool:
        return (
            self.connection.execute(
                select(delivery.c.id).where(
                    delivery.c.campaign == _campaign(announcement_id),
                    delivery.c.kind == "notice",  # the index's middle: without it all are read
                    delivery.c.recipient == f"person:{person_id}",
                )
            ).first()
            is not None
        )

    def acknowledge(self, announcement_id: UUID, person_id: UUID, now: datetime) -> datetime:
        self.insert_new(
            acknowledgement,
            {"announcement_id": announcement_id, "person_id": person_id, "at": now},
        )
        return self.acknowledged_at(announcement_id, person_id) or now

    def acknowledged_at(self, announcement_id: UUID, person_id: UUID) -> datetime | None:
        return self.connection.execute(
            select(acknowledgement.c.at).where(
                acknowledgement.c.announcement_id == announcement_id,
                acknowledgement.c.person_id == person_id,
            )
        ).scalar()

    def some_unread(self, announcement_id: UUID, most: int) -> Sequence[UUID]:
        """A few people, at random, who got it and have not pressed (for the demo's colleagues)."""
        read = select(acknowledgement.c.person_id).where(
            acknowledgement.c.announcement_id == announcement_id
        )
        return (
            self.connection.execute(
                select(delivery.c.person_id)
                .where(
                    delivery.c.campaign == _campaign(announcement_id),
                    delivery.c.state == Outcome.SENT,
                    delivery.c.person_id.not_in(read),
                )
                .order_by(func.random())
                .limit(most)
            )
            .scalars()
            .all()
        )

    def tally(self, announcement_id: UUID, now: datetime) -> Tally:
        rows = self.connection.execute(
            select(delivery.c.state, delivery.c.platform, func.count())
            .where(delivery.c.campaign == _campaign(announcement_id))
            .group_by(delivery.c.state, delivery.c.platform)
        ).all()
        counts: dict[str, int] = {}
        left: dict[str, int] = {}
        for state, platform, count in rows:
            counts[state] = counts.get(state, 0) + count
            if state in (Outcome.QUEUED, Outcome.LEASED):
                left[platform] = left.get(platform, 0) + count
        seconds = max((self._seconds(p, n) for p, n in left.items()), default=0.0)
        read = self.connection.execute(
            select(func.count())
            .select_from(acknowledgement)
            .where(acknowledgement.c.announcement_id == announcement_id)
        ).scalar_one()
        return Tally(
            people=sum(counts.values()),
            queued=counts.get(Outcome.QUEUED, 0) + counts.get(Outcome.LEASED, 0),
            sent=counts.get(Outcome.SENT, 0),
            unknown=counts.get(Outcome.UNKNOWN, 0),
            failed=counts.get(Outcome.FAILED, 0),
            unreachable=counts.get(Outcome.UNREACHABLE, 0),
            acknowledged=read,
            expected_end=now + timedelta(seconds=seconds) if left else None,
        )

    def recipients(
        self,
        announcement_id: UUID,
        *,
        outcome: str | None,
        search: str,
        page: int,
        size: int,
    ) -> tuple[Sequence[Recipient], int]:
        joined, conditions = _campaign_rows(announcement_id, outcome, search)
        matching = self.connection.execute(
            select(func.count()).select_from(joined).where(*conditions)
        ).scalar_one()
        rows = self.connection.execute(
            select(
                person.c.id,
                person.c.given_name,
                person.c.family_name,
                func.coalesce(building.c.name, person.c.building).label("place"),
                delivery.c.platform,
                delivery.c.state,
                delivery.c.why,
                delivery.c.sent_at,
                acknowledgement.c.at.label("read_at"),
            )
            .select_from(joined)
            .where(*conditions)
            .order_by(person.c.family_name, person.c.given_name, person.c.id)
            .limit(size)
            .offset(page * size)
        )
        return [_recipient_from(row) for row in rows], matching


def _campaign_rows(
    announcement_id: UUID, outcome: str | None, search: str
) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """Deliveries with their people, buildings and presses, and what narrows them down."""
    joined = (
        delivery.join(person, person.c.id == delivery.c.person_id)
        .outerjoin(building, building.c.key == person.c.building)
        .outerjoin(
            acknowledgement,
            and_(
                acknowledgement.c.announcement_id == announcement_id,
                acknowledgement.c.person_id == person.c.id,
            ),
        )
    )
    conditions: list[ColumnElement[bool]] = [delivery.c.campaign == _campaign(announcement_id)]
    if outcome == "read":
        conditions.append(acknowledgement.c.at.is_not(None))
    elif outcome == "unread":
        conditions.append(acknowledgement.c.at.is_(None))
    elif outcome:
        conditions.append(delivery.c.state == outcome)
    for word in search.split()[:5]:
        name = person.c.given_name + " " + person.c.family_name
        place = func.coalesce(building.c.name, person.c.building)
        conditions.append(
            or_(name.icontains(word, autoescape=True), place.icontains(word, autoescape=True))
        )
    return joined, conditions


def _campaign(announcement_id: UUID) -> str:
    return f"announcement:{announcement_id}"


def _announcement_from(row: Row[Any]) -> Announcement:
    return Announcement(
        id=row.id,
        key=row.key,
        change=change_from_json(row.change),
        audience=audience_from_json(row.audience),
        written_by=row.written_by,
        state=AnnouncementState(row.state),
        send_at=row.send_at,
        sent_at=row.sent_at,
        acknowledge=row.acknowledge,
    )


def _recipient_from(row: Row[*tuple[Any, ...]]) -> Recipient:
    return Recipient(
        person=row.id,
        name=f"{row.given_name} {row.family_name}",
        building=row.place,
        platform=row.platform,
        outcome=Outcome(row.state),
        why=row.why,
        sent_at=row.sent_at,
        acknowledged_at=row.read_at,
    )
