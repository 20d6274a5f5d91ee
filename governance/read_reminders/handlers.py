"""Reminding those who have not read an announcement that asks to be confirmed.

Pressing schedules one entry of the clock for each day, so pressing twice reminds nobody twice. The
clock queues the reminders; quiet hours hold them as they hold everything that is not urgent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from governance.access import CLOCK, Actor, announcer, anybody, refusal
from governance.announcements.handlers import NOT_HERE, sender_of
from governance.announcements.model import Announcement, AnnouncementState
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.duties.handlers import administers, building_name
from governance.lessons.model import shares
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders import owing
from governance.read_reminders.commands import (
    ExportAcknowledged,
    RemindUnread,
    SendReadReminders,
    ShowUnread,
)
from governance.read_reminders.messages import (
    Acknowledged,
    AcknowledgedFile,
    ReadReminder,
    Unread,
)
from governance.read_reminders.model import READ_BY
from governance.school_days import today

READ_REMINDER = "read-reminder"
"""The kind of the clock's entry, and of the delivery."""


def show(
    store: GovernanceStore, actor: Actor, command: ShowUnread, now: datetime
) -> Unread | Acknowledged | Refused:
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.due is not None and found.sent_at is not None:
        return acknowledged(store, actor, found)
    return not_to_be_reminded(found) or _unread(store, found, now)


def _sees(
    actor: Actor, command: ShowUnread | ExportAcknowledged, store: GovernanceStore
) -> Refused | None:
    """Whoever sent it, the ISO of any lesson, and of what has a date the administrators, of their
    own building."""
    found = store.announcement(command.announcement_id)
    if found is not None and found.due is not None and found.sent_at is not None:
        iso = found.lesson and Office.ISO in actor.standing.offices
        if iso or administers(actor.somebody):
            return None
    return announcer(actor, command, store)


def acknowledged(store: GovernanceStore, actor: Actor, found: Announcement) -> Acknowledged:
    """How many have confirmed it, of the buildings that the reader sees."""
    everywhere = announcer(actor, ShowUnread(announcement_id=found.id), store) is None
    everywhere = everywhere or (found.lesson and Office.ISO in actor.standing.offices)
    key = None if everywhere else actor.somebody.building
    counts = store.answer_counts(found.id) if found.question and everywhere else ()
    return Acknowledged(
        announcement_id=found.id,
        title=found.change.title,
        due=found.due or date.min,
        buildings=tuple(store.duty_counts(READ_BY, [found.id], building=key)),
        roles=tuple(store.duty_counts(READ_BY, [found.id], by_role=True, building=key)),
        building="" if everywhere else building_name(store, actor.somebody),
        question=found.question if everywhere else None,
        shares=shares(counts) if counts else None,
        office=announcer(actor, ShowUnread(announcement_id=found.id), store) is None,
        lesson=found.lesson,
    )


def export(
    store: GovernanceStore, actor: Actor, command: ExportAcknowledged, now: datetime
) -> AcknowledgedFile | Refused:
    found = store.announcement(command.announcement_id)
    if found is None or found.due is None:
        return refusal(NOT_HERE)
    shown = acknowledged(store, actor, found)
    key = actor.somebody.building if shown.building else None
    store.audit(actor.person_id, "acknowledgements of an announcement exported", found.id, now)
    zone = ZoneInfo(store.district().timezone)
    return AcknowledgedFile(
        title=found.change.title, rows=tuple(store.duty_rows(READ_BY, found.id, zone, key))
    )


def remind(
    store: GovernanceStore, actor: Actor, command: RemindUnread, now: datetime
) -> Unread | Refused:
    """Once a day: pressed again, it changes nothing."""
    found = store.lock_announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if refused := not_to_be_reminded(found) or _by_itself(found):
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
    if found is not None and found.due is None and not_to_be_reminded(found) is None:
        store.remind_unread(found.id, command.number, now)
    return Done()


def _by_itself(found: Announcement) -> Refused | None:
    return refusal("Reminders for this are sent automatically.") if found.due is not None else None


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
    return today(store, at).toordinal()


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
        sender=sender_of(on.store, found),
        sent_at=found.sent_at,
        question=found.question,
    )


def _owed(on: Occasion) -> ReadReminder | None:
    """To somebody who owes it still; on a page the announcement itself waits."""
    duty = on.store.duty(READ_BY, on.subject, on.to.id) if on.to else None
    if duty is None or not duty.open:
        return None
    shown = _reminder(on)
    return replace(shown, due=duty.due) if shown else None


DELIVERIES: Deliveries = (
    Delivery(kind=READ_REMINDER, compose=_reminder),
    Delivery(kind=owing.DUTY.again, compose=_owed, personal=True),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowUnread,
        run=show,
        may=_sees,
        reads=True,
        button="unread",
    ),
    Operation(command=RemindUnread, run=remind, may=announcer, button="remind-unread"),
    Operation(command=ExportAcknowledged, shows=True, run=export, may=_sees),
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
