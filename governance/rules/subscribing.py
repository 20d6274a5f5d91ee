"""The dates of IT rules in somebody's own calendar or feed reader, which cannot sign in: a private
address for each person. It shows what any member of staff may read."""

from __future__ import annotations

from datetime import datetime

from core.people import Person
from governance.access import NOBODY, Actor, anybody, refusal
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.people.signing_in import welcome
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.rules.commands import (
    MakeCalendarAddress,
    ReadCalendar,
    ShowCalendarAddress,
    ShowRules,
)
from governance.rules.library import show as library
from governance.rules.messages import CalendarAddress, RuleDates


def show(store: GovernanceStore, actor: Actor) -> CalendarAddress:
    return CalendarAddress(made_at=store.calendar_address_made(actor.somebody.id))


def make(store: GovernanceStore, actor: Actor, now: datetime) -> CalendarAddress:
    """A new one. The one before ends."""
    person = actor.somebody
    store.audit(person.id, "private calendar address made", person.id, now)
    return CalendarAddress(made_at=now, key=store.make_calendar_address(person.id, now))


def _is_somebodys(_: Actor, command: ReadCalendar, store: GovernanceStore) -> Refused | None:
    return None if _owner(store, command) else refusal(NOT_HERE)


def _owner(store: GovernanceStore, command: ReadCalendar) -> Person | None:
    """Whose it is, while they work here."""
    owner = store.calendar_address_owner(command.key)
    person = store.person(owner) if owner else None
    return None if welcome(store, person) else person


def read(store: GovernanceStore, command: ReadCalendar) -> RuleDates | Refused:
    person = _owner(store, command)
    if person is None:
        return refusal(NOT_HERE)
    seen = library(store, Actor(person=person), ShowRules(dates=True))
    return RuleDates(dates=seen.dates, locale=person.locale, timezone=person.timezone)


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
    ),
    Operation(
        command=ReadCalendar,
        run=lambda store, _, command, __: read(store, command),
        may=_is_somebodys,
        by=NOBODY,
        reads=True,
    ),
)
