"""An announcement person by person: what became of each message, and who has read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement, FromClause

from core.paging import Paging, paging
from governance.announcements.model import Outcome, Recipient, RecipientFilter
from storage.announcements import Announcements
from storage.halting import notices_of
from storage.ledger_tables import delivery
from storage.tables import acknowledgement, building, person

ON_ITS_WAY = (Outcome.QUEUED, Outcome.LEASED)

_SHOWN: Mapping[str, ColumnElement[bool]] = {
    RecipientFilter.UNREAD: acknowledgement.c.at.is_(None),
    RecipientFilter.READ: acknowledgement.c.at.is_not(None),
    RecipientFilter.MISSED: delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE)),
    RecipientFilter.UNKNOWN: delivery.c.state == Outcome.UNKNOWN,
    RecipientFilter.WAITING: delivery.c.state.in_(ON_ITS_WAY),
    RecipientFilter.SENT: delivery.c.state == Outcome.SENT,
    RecipientFilter.STOPPED: and_(
        delivery.c.state == Outcome.RECALLED, delivery.c.sent_at.is_(None)
    ),
    RecipientFilter.RECALLED: and_(
        delivery.c.state == Outcome.RECALLED, delivery.c.sent_at.is_not(None)
    ),
}

_ORDERS: Mapping[str, ColumnElement[Any]] = {
    "person": person.c.family_name,
    "building": func.coalesce(building.c.name, person.c.building),
    "confirmed": acknowledgement.c.at,
}


class Recipients(Announcements):
    """The people to whom announcements went, inside one transaction."""

    def recipients(
        self,
        announcement_id: UUID,
        *,
        outcome: str | None,
        search: str,
        sort: str,
        page: int,
        size: int,
    ) -> tuple[Sequence[Recipient], Paging]:
        joined, conditions = campaign_rows(announcement_id, outcome, search)
        matching = self.connection.execute(
            select(func.count()).select_from(joined).where(*conditions)
        ).scalar_one()
        there = paging(page, matching, size)
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
            .order_by(*_ordered(sort), person.c.family_name, person.c.given_name, person.c.id)
            .limit(size)
            .offset(there.page * size)
        )
        return [_recipient_from(row) for row in rows], there

    def recipient_counts(self, announcement_id: UUID) -> Mapping[str, int]:
        joined, conditions = campaign_rows(announcement_id, None, "")
        sums = [func.count(case((which, 1))) for which in _SHOWN.values()]
        row = self.connection.execute(
            select(func.count(), *sums).select_from(joined).where(*conditions)
        ).one()
        return dict(zip((RecipientFilter.ALL, *_SHOWN), row, strict=True))


def campaign_rows(
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
    conditions: list[ColumnElement[bool]] = [notices_of(announcement_id)]
    if outcome:
        conditions.append(_SHOWN.get(outcome, delivery.c.state == outcome))
    for word in search.split()[:5]:
        name = person.c.given_name + " " + person.c.family_name
        place = func.coalesce(building.c.name, person.c.building)
        conditions.append(
            or_(name.icontains(word, autoescape=True), place.icontains(word, autoescape=True))
        )
    return joined, conditions


def _ordered(sort: str) -> list[ColumnElement[Any]]:
    """By a column; who has nothing in it comes last in both directions."""
    column = _ORDERS.get(sort.removeprefix("-"))
    if column is None:
        return []
    given_last = column.desc() if sort.startswith("-") else column.asc()
    return [case((column.is_(None), 1), else_=0), given_last]


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
