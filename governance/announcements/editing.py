"""Editing an announcement after it was sent: its messages change where they stand, and whoever has
one that cannot change gets a correction. What it said before stays on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from core.forms import Opening
from governance.access import CLOCK, Actor, anybody, refusal
from governance.announcements import forms
from governance.announcements.approvals import concerns_everyone
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.campaign_commands import CorrectLate, EditAnnouncement
from governance.announcements.handlers import (
    NOT_HERE,
    confirmed,
    notice,
)
from governance.announcements.model import Announcement, AnnouncementState, Change
from governance.changes.planning import moved_since
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.messages import (
    AnnouncementEdited,
    Done,
    Notice,
    Refused,
)
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.typed import unfit_link
from governance.upkeep.handlers import DELIVERIES_KEPT
from surveys.questions import Unfit

EDITED = "edited"
"""Kind of delivery: a correction; with "-now" the message itself, changed where it stands."""

CORRECT_LATE = "correct-late"
"""Entry of the clock."""

_AGAIN = timedelta(minutes=15)
_PATIENCE = timedelta(days=1)

_TOO_OLD = (
    "This announcement is more than {days} days old. We no longer know who has it, "
    "so it can’t be edited."
)


def open_form(
    store: GovernanceStore, _: Actor, command: EditAnnouncement, now: datetime
) -> Opening | Refused:
    found = store.announcement(command.announcement_id)
    refused = not_editable(store, found, now)
    if refused is not None or found is None:
        return refused or refusal(NOT_HERE)
    moved = moved_since(store, found)
    return forms.editing(
        found.id,
        replace(found.change, when=moved) if moved else found.change,
        sent=store.tally(found.id, now).sent,
        everyone=concerns_everyone(store, found, now),
    )


def unfit(
    store: GovernanceStore, _: Actor, command: EditAnnouncement, now: datetime
) -> dict[str, Unfit]:
    """What does not fit beyond each field by itself."""
    found, unfit = store.announcement(command.announcement_id), {}
    if no_link := unfit_link(command.learn_url):
        unfit["learn_url"] = no_link
    if found and concerns_everyone(store, found, now) and not confirmed(command.everyone):
        unfit["everyone"] = Unfit(why=TO_EVERYONE)
    return unfit


def not_editable(
    store: GovernanceStore, found: Announcement | None, now: datetime
) -> Refused | None:
    if found is None:
        return refusal(NOT_HERE)
    if found.state is not AnnouncementState.SENDING:
        return refusal("This announcement has not gone out yet. Edit the draft.")
    if found.recalled_at is not None:
        return refusal("This announcement was taken back; it cannot be edited.")
    if found.change.service is not None:
        return refusal("This is a service notice. Post an update instead.")
    if store.tally(found.id, now).forgotten:
        return refusal(_TOO_OLD, days=str(DELIVERIES_KEPT.days))
    return None


def apply_edit(
    store: GovernanceStore, found: Announcement, change: Change, by: UUID | None, now: datetime
) -> None:
    """Change what it says, for those who have it and for those who still wait for it."""
    store.put_announcement(replace(found, change=change))
    store.note_edit(found, by, now)
    people = store.correct(found.id, now, now)
    store.audit(by, f"announcement edited for {people}", found.id, now)
    _look_again(store, found, now)


def _look_again(store: GovernanceStore, found: Announcement, now: datetime) -> None:
    at = now + _AGAIN
    store.schedule(CORRECT_LATE, found.id, at, int(at.timestamp()) // 60)


def correct_late(store: GovernanceStore, command: CorrectLate, now: datetime) -> Done:
    """Those whose message could not be changed after all, or turned out to have the old words."""
    found = store.lock_announcement(command.announcement_id)
    edited = found.edited_at if found else None
    if found is None or edited is None or found.recalled_at is not None:
        return Done()
    store.correct(found.id, edited, now)
    tally = store.tally(found.id, now)
    if (tally.editing or tally.unknown) and now < edited + _PATIENCE:
        _look_again(store, found, now)
    return Done()


def composed(on: Occasion) -> AnnouncementEdited | Notice | None:
    """The message as it reads now; else the correction, which nobody needs on a page."""
    found = on.store.announcement(on.subject)
    if found is None or found.recalled_at is not None or found.edited_at is None:
        return None
    if on.again:
        return notice(on.store, found, Actor(person=on.to))
    if on.reader is not None:
        return None
    shown = notice(on.store, found, Actor(person=on.to))
    return AnnouncementEdited(notice=shown)


DELIVERIES: Deliveries = (Delivery(kind=EDITED, compose=composed, personal=True, may_wait=True),)

OPERATIONS: Operations = (
    Operation(
        command=CorrectLate,
        run=lambda store, _, command, now: correct_late(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=CORRECT_LATE, command=lambda subject, _: CorrectLate(announcement_id=subject)
        ),
    ),
)
