"""The day an answer is due on a committee's docket, from what stands in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import Person
from governance.committees.model import ANSWER_DAYS, Cadence, Committee
from governance.conversations.model import Exchange
from governance.docket.due import Away, asked_days, closed_on, due_at, stops
from governance.feedback.model import Item
from governance.ports import GovernanceStore
from governance.school_days import calendar


def leaders_of(store: GovernanceStore, committee: Committee) -> tuple[Person, ...]:
    """Who leads a committee and is here, in the order in which they stand in for each other."""
    found = (store.person_by_email(email) for email in committee.leaders)
    return tuple(one for one in found if one is not None and one.active)


def away(store: GovernanceStore, leaders: Sequence[Person]) -> Mapping[UUID, Sequence[Away]]:
    return {one.id: [absence.days for absence in store.absences(one.id)] for one in leaders}


def stopped_for(store: GovernanceStore, committee: Committee) -> Callable[[date], bool]:
    """On which days a committee's clock stands still."""
    leaders = leaders_of(store, committee)
    ids = [one.id for one in leaders]
    return stops(store.district().calendar, ids, away(store, leaders))


def due_for(
    store: GovernanceStore, committee: Committee, item: Item, entered: datetime
) -> datetime:
    """When an item that entered a committee's docket is to be answered."""
    stopped = stopped_for(store, committee)
    zone = ZoneInfo(store.district().timezone)
    return _due(committee, zone, store.exchanges(item.id), entered, stopped)


def due_for_office(store: GovernanceStore, entered: datetime) -> datetime:
    """As of a committee that meets once a month, by the district's clock."""
    district = store.district()
    days = ANSWER_DAYS[Cadence.MONTHLY]
    stopped = partial(closed_on, district.calendar)
    return due_at(entered, days, ZoneInfo(district.timezone), stopped)


def on_a_school_day(store: GovernanceStore, due: datetime) -> datetime:
    """A moment, else the same time of the first school day after it."""
    wall = due.astimezone(ZoneInfo(store.district().timezone))
    day = calendar(store).school_day_from(wall.date())
    return due if day == wall.date() else datetime.combine(day, wall.timetz()).astimezone(UTC)


def _due(
    committee: Committee,
    zone: ZoneInfo,
    said: Sequence[Exchange],
    entered: datetime,
    stopped: Callable[[date], bool],
) -> datetime:
    """Days on which its author was asked and had not replied do not count, up to seven."""
    questions = [
        (
            _day(one.at, zone),
            next((_day(after.at, zone) for after in said[place : place + 1]), None),
        )
        for place, one in enumerate(said, 1)
        if one.asks
    ]
    waits = asked_days(questions, _day(entered, zone))
    return due_at(entered, committee.answer_days, zone, lambda day: day in waits or stopped(day))


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def dated_anew(store: GovernanceStore, item: Item) -> Item:
    """After its author was asked or has replied. Triage's day and the restricted page's stay."""
    committee = store.district().committee(item.queue or "")
    if committee is None or item.due_at is None:
        return item
    dated = replace(item, due_at=due_for(store, committee, item, entered_at(store, item)))
    store.update_item(dated)
    return dated


REDATED_AT_ONCE = 50
"""Open items that are dated anew in one transaction."""

_FIRST = UUID(int=0)


def redate(store: GovernanceStore, committee: Committee) -> None:
    """Date its open items anew where what their days depend on has changed since the last time:
    the calendar, or when its leaders are away. The first of them at once, the others by
    ``redate_next``, in transactions of their own."""
    mark = _mark(store, committee)
    known = store.dating_of(committee.key)
    if known is None or known[0] != mark:
        store.put_dating(committee.key, mark, _FIRST)
        _redate_part(store, committee, mark, _FIRST)


def redate_next(store: GovernanceStore) -> bool:
    """Go on with a docket whose items are being dated anew. False: none is."""
    for queue in store.being_dated():
        committee, known = store.district().committee(queue), store.dating_of(queue)
        if known is not None and known[1] is not None:
            if committee is None:
                store.put_dating(queue, known[0], None)
            else:
                _redate_part(store, committee, known[0], known[1])
            return True
    return False


def _mark(store: GovernanceStore, committee: Committee) -> str:
    """Another one whenever a day on its docket may be another one."""
    district, leaders = store.district(), leaders_of(store, committee)
    absent = away(store, leaders)
    decides = (
        repr(district.calendar),
        district.timezone,
        committee.answer_days,
        [(str(one.id), sorted(repr(days) for days in absent[one.id])) for one in leaders],
    )
    return sha256(repr(decides).encode()).hexdigest()


def _redate_part(store: GovernanceStore, committee: Committee, mark: str, after: UUID) -> None:
    stopped, zone = stopped_for(store, committee), ZoneInfo(store.district().timezone)
    items = store.to_date(committee.key, after, most=REDATED_AT_ONCE)
    due = {one.item_id: _due(committee, zone, one.said, one.entered, stopped) for one in items}
    store.set_due(
        {
            one.item_id: due[one.item_id]
            for one in items
            if one.due_at is None or abs(due[one.item_id] - one.due_at) >= timedelta(days=1)
        }
    )
    more = len(items) == REDATED_AT_ONCE
    store.put_dating(committee.key, mark, items[-1].item_id if more else None)


def is_late(item: Item, now: datetime) -> bool:
    """Whether an open item should have been answered: digests, reminders and triage count by it."""
    return item.due_at is not None and item.due_at < now


def entered_at(store: GovernanceStore, item: Item) -> datetime:
    """When an item came onto the docket where it is."""
    moves = store.moves(item.id)
    return moves[-1].at if moves else item.received_at
