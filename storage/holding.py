"""Quiet hours in the ledger: who is held until when. A held message keeps its place in its lane;
it is put off to the end of quiet hours, so that nothing behind it waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from core.people import Held, Platform
from core.quiet import Watch
from scheduler.lanes import WEB_MAIL, WEB_PAGES, disturbs
from storage.district import Districts
from storage.ledger_tables import delivery
from storage.tables import person

URGENT, ROUTINE, ANNOUNCED, BULK = 0, 5, 8, 9
"""Priorities: a smaller one goes first in its lane, and an urgent one in quiet hours too."""


def watch(tx: Districts, first: datetime, last: datetime | None = None) -> Watch:
    """The district's quiet hours at a moment, or between two close together."""
    district = tx.loaded_district()
    return Watch(district.calendar if district else None, first, last)


def lane_of(row: Row[Any], *, mails: bool) -> str | None:
    """The lane that a person is told in; None: they have no address yet."""
    if row.platform == Platform.WEB:
        return WEB_MAIL if mails else WEB_PAGES
    return None if row.conversation is None else f"{row.platform}:{row.workspace}"


def held_until(watch: Watch, row: Row[Any], priority: int, lane: str | None) -> datetime | None:
    """Until when a message to a person is held. What is on a page only disturbs nobody."""
    if priority == URGENT or (lane is not None and not disturbs(lane)):
        return None
    return watch.held_until(row.timezone, row.role)


def count_held(watch: Watch, rows: Iterable[Row[Any]], *, mails: bool) -> Held | None:
    """Whom a message would be held for now, among people that have an address: ``rows`` are
    groups of people, with how many (``People.reached``)."""
    ends = [
        (end, row.people)
        for row in rows
        if (lane := lane_of(row, mails=mails)) and (end := held_until(watch, row, ROUTINE, lane))
    ]
    if not ends:
        return None
    return Held(people=sum(people for _, people in ends), until=min(end for end, _ in ends))


def is_held(watch: Watch, row: Row[Any]) -> bool:
    """Whether a queued message must not go now. Channels are never held."""
    if not watch.needed or row.person_id is None:
        return False
    return held_until(watch, row, row.priority, row.lane) is not None


def hold(tx: Districts, lane: str, now: datetime, watch: Watch) -> None:
    """Put off everything in a lane whose people are in quiet hours: one statement for all whose
    quiet hours end together, however many they are."""
    groups = tx.connection.execute(select(person.c.timezone, person.c.role).distinct()).all()
    together = defaultdict(list)
    for group in groups:
        until = watch.held_until(group.timezone, group.role)
        if until is not None:
            together[until].append(group)
    for until, held in sorted(together.items()):
        people = select(person.c.id).where(
            or_(*(and_(person.c.timezone == g.timezone, person.c.role == g.role) for g in held))
        )
        tx.connection.execute(
            update(delivery)
            .where(
                delivery.c.lane == lane,
                delivery.c.state == "queued",
                delivery.c.priority != URGENT,
                delivery.c.not_before <= now,
                delivery.c.person_id.in_(people),
            )
            .values(not_before=until, held_until=until)
        )


def look_again(tx: Districts, now: datetime) -> None:
    """The calendar changed: what is held is claimed again, and held again only if it must be."""
    tx.connection.execute(
        update(delivery)
        .where(delivery.c.state == "queued", delivery.c.held_until > now)
        .values(not_before=now, held_until=None)
    )
