"""Following an announcement on its way: counts, and person by person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.lists import MOST_IN_A_FILE
from governance.access import OPERATOR_TOO, announcer, refusal
from governance.announcements.approvals import OUTGREW, approval_of
from governance.announcements.campaign_commands import ShowCampaign, ShowProgress
from governance.announcements.handlers import NOT_HERE
from governance.announcements.model import Announcement
from governance.duties.model import Count
from governance.messages import Progress, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders.model import READ_BY
from governance.references.handlers import led_to
from governance.views import CampaignView
from surveys.asking.fitting import clean

_LONGEST_SEARCH = 100


def progress(store: GovernanceStore, command: ShowProgress, now: datetime) -> Progress | Refused:
    return progress_of(store, command.announcement_id, now)


def progress_of(store: GovernanceStore, announcement_id: UUID, now: datetime) -> Progress | Refused:
    found = store.announcement(announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    return Progress(
        announcement=found,
        tally=store.tally(found.id, now),
        approval=approval_of(store, found),
        led=led_to(store, found.id),
        outgrown=store.last_audited(found.id, OUTGREW) is not None,
    )


def campaign(
    store: GovernanceStore, command: ShowCampaign, now: datetime
) -> CampaignView | Refused:
    """Person by person: what became of the message, and who has read it."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    recipients, there = store.recipients(
        found.id,
        outcome=command.outcome,
        search=clean(command.search[:_LONGEST_SEARCH]),
        sort=command.sort,
        page=command.page,
        size=MOST_IN_A_FILE if command.whole else min(max(command.size, 1), 200),
    )
    return CampaignView(
        announcement=found,
        tally=store.tally(found.id, now),
        recipients=tuple(recipients),
        paging=there,
        approval=approval_of(store, found),
        led=led_to(store, found.id),
        buildings=_buildings(store, found),
        outgrown=store.last_audited(found.id, OUTGREW) is not None,
        counts=store.recipient_counts(found.id),
    )


def _buildings(store: GovernanceStore, found: Announcement) -> tuple[Count, ...]:
    """By its date, where it has one; else of those who got it."""
    if found.due:
        return tuple(store.duty_counts(READ_BY, [found.id]))
    if found.sent_at is None or not found.acknowledge:
        return ()
    return tuple(
        Count(group=one.building, asked=one.people, done=one.people - one.unread)
        for one in store.unread_by_building(found.id)
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowProgress,
        run=lambda store, _, command, now: progress(store, command, now),
        may=announcer,
        by=OPERATOR_TOO,
        reads=True,
        button="progress",
    ),
    Operation(
        command=ShowCampaign,
        run=lambda store, _, command, now: campaign(store, command, now),
        may=announcer,
        reads=True,
    ),
)
