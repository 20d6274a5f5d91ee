"""The day an answer is due on a committee's docket, from what stands in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from governance.committees import Committee
from governance.due import Away, asked_days, due_at, stops
from governance.feedback import Item
from governance.ports import GovernanceStore
from surveys.people import Person


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
    return _due(store, committee, item, entered, stopped)


def _due(
    store: GovernanceStore,
    committee: Committee,
    item: Item,
    entered: datetime,
    stopped: Callable[[date], bool],
) -> datetime:
    """Days on which its author was asked and had not replied do not count, up to seven."""
    zone = ZoneInfo(store.district().timezone)
    said = store.exchanges(item.id)
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


def redate(store: GovernanceStore, committee: Committee) -> int:
    """Date its open items anew, after somebody told that they are away or the calendar was
    changed. How many have another day now."""
    stopped = stopped_for(store, committee)
    changed = 0
    for item in store.open_items_in(committee.key):
        due = _due(store, committee, item, entered_at(store, item), stopped)
        if item.due_at is None or abs(due - item.due_at) >= timedelta(days=1):
            store.update_item(replace(item, due_at=due))
            changed += 1
    return changed


def is_late(item: Item, now: datetime) -> bool:
    """Whether an open item should have been answered: digests, reminders and triage count by it."""
    return item.due_at is not None and item.due_at < now


def entered_at(store: GovernanceStore, item: Item) -> datetime:
    """When an item came onto the docket where it is."""
    moves = store.moves(item.id)
    return moves[-1].at if moves else item.received_at
