"""Reminding those who have not read an announcement that asks to be confirmed.

Pressing schedules one entry of the clock for each day, so pressing twice reminds nobody twice. The
clock queues the reminders; quiet hours hold them as they hold everything that is not urgent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from governance.access import CLOCK, Actor, anybody, office, refusal
from governance.announcements.handlers import NOT_HERE, sender
from governance.announcements.model import Announcement, AnnouncementState
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders.commands import RemindUnread, SendReadReminders, ShowUnread
from governance.read_reminders.messages import ReadReminder, Unread

READ_REMINDER = "read-reminder"
"""The kind of the clock's entry, and of the delivery."""


def show(store: GovernanceStore, command: ShowUnread, now: datetime) -> Unread | Refused:
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    return not_to_be_reminded(found) or _unread(store, found, now)


def remind(
    store: GovernanceStore, actor: Actor, command: RemindUnread, now: datetime
) -> Unread | Refused:
    """Once a day: pressed again, it changes nothing."""
    found = store.lock_announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if refused := not_to_be_reminded(found):
        return refused
    here = _unread(store, found, now)
    if not (here.may_remind and here.unread):
        return here
    store.schedule(READ_REMINDER, found.id, now, _day(store, now))
    store.audit(actor.person_id, f"reminded to read: {here.unread}", found.id, now)
    return replace(here, reminded_at=now, may_remind=False)


def send(store: GovernanceStore, command: SendReadReminders, now: datetime) -> Done:
    """The clock's turn: who has not confirmed it by now."""
    found = store.lock_announcement(command.announcement_id)
    if found is not None and not_to_be_reminded(found) is None:
        store.remind_unread(found.id, command.number, now)
    return Done()


def _unread(store: GovernanceStore, found: Announcement, now: datetime) -> Unread:
    last = store.reminded_to_read_at(found.id)
    return Unread(
        announcement_id=found.id,
        title=found.change.title,
        buildings=tuple(store.unread_by_building(found.id)),
        reminded_at=last,
        may_remind=last is None or _day(store, last) < _day(store, now),
    )


def _day(store: GovernanceStore, at: datetime) -> int:
    """The district's day."""
    return at.astimezone(ZoneInfo(store.district().timezone)).toordinal()


def not_to_be_reminded(found: Announcement) -> Refused | None:
    """Why nobody can be reminded of it; None: they can."""
    if not found.acknowledge:
        return refusal("This announcement doesn’t ask anyone to confirm it.")
    if found.state is not AnnouncementState.SENDING:
        return refusal("This announcement has not gone out yet.")
    if found.recalled_at is not None or found.stopped_at is not None:
        return refusal("This announcement was stopped or taken back, so no one is reminded of it.")
    return None


def _reminder(on: Occasion) -> ReadReminder | None:
    found = on.store.announcement(on.subject)
    if found is None or found.sent_at is None or not_to_be_reminded(found) is not None:
        return None
    if on.reader is not None:
        return None  # on their page the announcement itself waits
    return ReadReminder(
        announcement_id=found.id,
        title=found.change.title,
        sender=sender(on.store),
        sent_at=found.sent_at,
    )


DELIVERIES: Deliveries = (Delivery(kind=READ_REMINDER, compose=_reminder),)

OPERATIONS: Operations = (
    Operation(
        command=ShowUnread,
        run=lambda store, _, command, now: show(store, command, now),
        may=office,
        reads=True,
        button="unread",
    ),
    Operation(command=RemindUnread, run=remind, may=office, button="remind-unread"),
    Operation(
        command=SendReadReminders,
        run=lambda store, _, command, now: send(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=READ_REMINDER,
            command=lambda subject, number: SendReadReminders(
                announcement_id=subject, number=number
            ),
        ),
    ),
)
