"""Taking an announcement back from those who have it: asked once more, and on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance.access import Actor, announcer, refusal
from governance.announcements.campaign_commands import CheckRecall, RecallAnnouncement
from governance.announcements.campaigns import halt
from governance.announcements.following import progress_of
from governance.announcements.handlers import NOT_HERE
from governance.announcements.model import Announcement, AnnouncementState
from governance.deliveries import Deliveries, Delivery
from governance.messages import Done, Progress, RecallCheck, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders import owing
from governance.upkeep.handlers import DELIVERIES_KEPT

_TOO_OLD = (
    "This announcement is more than {days} days old. We no longer know who has it, "
    "so it can’t be taken back."
)
_NOT_SENT = "This announcement has not gone out yet, so there is nothing to take back."


def check_recall(
    store: GovernanceStore, command: CheckRecall, now: datetime
) -> RecallCheck | Refused:
    """From how many it would disappear, and how long that takes."""
    found = store.announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.SENDING:
        return _refused(found)
    tally = store.tally(found.id, now)
    if tally.forgotten:
        return _too_old()
    return RecallCheck(
        announcement_id=found.id,
        title=found.change.title,
        sent=tally.sent,
        queued=tally.to_go + tally.waiting,
        unknown=tally.unknown,
        seconds=store.recall_seconds(found.id),
    )


def recall(
    store: GovernanceStore, actor: Actor, command: RecallAnnouncement, now: datetime
) -> Progress | Refused:
    """Stop what still waits and take back what was sent. Pressed again, it takes up what was
    not taken back yet."""
    found = store.lock_announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.SENDING:
        return _refused(found)
    if store.tally(found.id, now).forgotten:
        return _too_old()
    if found.recalled_at is None:
        halt(store, actor, found.id, now)
        store.put_announcement(replace(found, recalled_at=now))
        store.forget_who_answered(found.id)
        if found.due is not None:
            owing.let_go(store, now)
    people = store.recall(found.id, now)
    if people:
        store.audit(actor.person_id, f"announcement recalled from {people}", found.id, now)
    return progress_of(store, found.id, now)


def _too_old() -> Refused:
    return refusal(_TOO_OLD, days=str(DELIVERIES_KEPT.days))


def _refused(found: Announcement | None) -> Refused:
    return refusal(NOT_HERE if found is None else _NOT_SENT)


DELIVERIES: Deliveries = (
    # What it takes back is named by its delivery.
    Delivery(kind="recall", compose=lambda _: Done()),
)

OPERATIONS: Operations = (
    Operation(
        command=CheckRecall,
        run=lambda store, _, command, now: check_recall(store, command, now),
        may=announcer,
        reads=True,
        button="recall-form",
    ),
    Operation(command=RecallAnnouncement, run=recall, may=announcer, button="recall"),
)
