"""The dates of IT rules and of changes in somebody's own calendar or feed reader, which cannot sign
in: a private address for each person. It shows what any member of staff may read."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.people import Person
from governance.access import NOBODY, Actor, anybody, refusal
from governance.changes.model import ChangeRecord, ChangeStep
from governance.feeds.commands import (
    DropCalendarAddress,
    MakeCalendarAddress,
    ReadCalendar,
    ShowCalendarAddress,
    ShowChangeDates,
)
from governance.feeds.messages import CalendarAddress, CalendarDates
from governance.feeds.model import ChangeDate, Feed
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.people.signing_in import welcome
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.rules.commands import ShowRules
from governance.rules.library import show as library
from governance.school_days import today

_KEPT = timedelta(days=366)
"""So long a change stays in calendars after its day."""


# -- the address -------------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor) -> CalendarAddress:
    return CalendarAddress(made_at=store.calendar_address_made(actor.somebody.id))


def make(store: GovernanceStore, actor: Actor, now: datetime) -> CalendarAddress:
    """A new one. The one before ends."""
    person = actor.somebody
    store.audit(person.id, "private calendar address made", person.id, now)
    return CalendarAddress(made_at=now, key=store.make_calendar_address(person.id, now))


def drop(store: GovernanceStore, actor: Actor, now: datetime) -> CalendarAddress:
    person = actor.somebody
    if store.calendar_address_made(person.id) is not None:
        store.drop_calendar_address(person.id)
        store.audit(person.id, "private calendar address switched off", person.id, now)
    return CalendarAddress(made_at=None)


# -- what is read at it ------------------------------------------------------------------------


def _is_somebodys(_: Actor, command: ReadCalendar, store: GovernanceStore) -> Refused | None:
    return None if _owner(store, command) else refusal(NOT_HERE)


def _owner(store: GovernanceStore, command: ReadCalendar) -> Person | None:
    """Whose it is, while they work here."""
    owner = store.calendar_address_owner(command.key)
    person = store.person(owner) if owner else None
    return None if welcome(store, person) else person


def read(store: GovernanceStore, command: ReadCalendar, now: datetime) -> CalendarDates | Refused:
    person = _owner(store, command)
    if person is None:
        return refusal(NOT_HERE)
    of_rules = command.feed is Feed.RULES
    return CalendarDates(
        rules=library(store, Actor(person=person), ShowRules(dates=True)).dates if of_rules else (),
        changes=() if of_rules else change_dates(store, now),
        locale=person.locale,
        timezone=person.timezone,
    )


def change_dates(store: GovernanceStore, now: datetime) -> tuple[ChangeDate, ...]:
    """Those that staff see, also withdrawn ones: a calendar that has one has to hear of it."""
    since = today(store, now) - _KEPT
    found = [_date(store, one) for one in store.changes() if one.shown and one.day >= since]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


_REVISED = frozenset({ChangeStep.MOVED, ChangeStep.WITHDRAWN})


def _date(store: GovernanceStore, record: ChangeRecord) -> ChangeDate:
    steps = [one for one in store.change_steps(record.id) if one.step in _REVISED]
    approved = [record.decision.at] if record.decision else []
    return ChangeDate(
        change_id=record.id,
        title=record.words.title,
        what=record.words.what,
        who=record.words.who,
        day=record.day,
        state=record.state,
        at=max([*approved, *(one.at for one in steps)]),
        revision=len(steps),
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowCalendarAddress,
        run=lambda store, actor, _, __: show(store, actor),
        may=anybody,
        reads=True,
        button="rule-calendar",
    ),
    Operation(
        command=MakeCalendarAddress,
        run=lambda store, actor, _, now: make(store, actor, now),
        may=anybody,
        button="make-rule-calendar",
        form=lambda _: ShowCalendarAddress(),
    ),
    Operation(
        command=DropCalendarAddress,
        run=lambda store, actor, _, now: drop(store, actor, now),
        may=anybody,
        button="drop-calendar",
        form=lambda _: ShowCalendarAddress(),
    ),
    Operation(
        command=ReadCalendar,
        run=lambda store, _, command, now: read(store, command, now),
        may=_is_somebodys,
        by=NOBODY,
        reads=True,
    ),
    Operation(
        command=ShowChangeDates,
        run=lambda store, _, __, now: CalendarDates(changes=change_dates(store, now)),
        may=anybody,
        reads=True,
    ),
)
