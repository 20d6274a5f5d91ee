"""A campaign under way: stop it, send the rest, send it again to those who did not get it.

An announcement is a campaign, and so is a survey's asking. Pressing twice changes nothing more:
each activity looks at what the campaign has become.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from governance.access import OPERATOR_TOO, Actor, announcer, announcer_of, refusal
from governance.announcements.approving import APPROVAL, WITHDRAWN, phrase
from governance.announcements.campaign_commands import (
    CheckResend,
    ResendAnnouncement,
    ResumeCampaign,
    StopCampaign,
)
from governance.announcements.following import progress_of
from governance.announcements.handlers import NOT_HERE, drafted
from governance.announcements.model import Announcement, AnnouncementState
from governance.delivery_reasons import DeliveryReason, Why
from governance.messages import (
    AnnouncementDrafted,
    Progress,
    Refused,
    ResendCheck,
    WaveProgress,
)
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.waves import asking
from surveys.survey import WaveState

_RECALLED = "This announcement was taken back, so it is not sent anymore."


def stop(
    store: GovernanceStore, actor: Actor, command: StopCampaign, now: datetime
) -> Progress | AnnouncementDrafted | WaveProgress | Refused:
    """Nothing more of it leaves: what waits is recalled, and what was claimed is dropped."""
    found = store.lock_announcement(command.subject)
    if found is not None:
        return _stop_announcement(store, actor, found, now)
    wave = store.wave(command.subject)
    if wave is None:
        return refusal(NOT_HERE)
    if wave.state is WaveState.CLOSED:
        return refusal(asking.CLOSED)
    halt(store, actor, wave.id, now)
    return asking.progress_of(store, wave.id, now)


def _stop_announcement(
    store: GovernanceStore, actor: Actor, found: Announcement, now: datetime
) -> Progress | AnnouncementDrafted | Refused:
    match found.state:
        case AnnouncementState.SCHEDULED:
            store.audit(actor.person_id, "announcement unscheduled", found.id, now)
            return _drafted(store, actor, found, now)
        case AnnouncementState.WAITING:
            store.audit(actor.person_id, phrase(found, WITHDRAWN), found.id, now)
            store.renew_sent(APPROVAL, found.id, now)
            return _drafted(store, actor, found, now)
        case AnnouncementState.SENDING:
            halt(store, actor, found.id, now)
            return progress_of(store, found.id, now)
        case _:
            return refusal("This announcement has not gone out; there is nothing to stop.")


def _drafted(
    store: GovernanceStore, actor: Actor, found: Announcement, now: datetime
) -> AnnouncementDrafted:
    """What has not gone out yet becomes a draft again: a yes to it no longer counts."""
    draft = replace(
        found,
        state=AnnouncementState.DRAFT,
        urgent=False,
        send_at=None,
        asked_by=None,
        asked_at=None,
        approved_by=None,
        approved_at=None,
    )
    store.put_announcement(draft)
    return drafted(store, actor, draft, now)


def halt(store: GovernanceStore, actor: Actor, subject: UUID, now: datetime) -> None:
    if store.halted_at(subject) is None:
        store.audit(actor.person_id, "campaign stopped", subject, now)
    why: Why = DeliveryReason.STOPPED_BY_OPERATOR
    if actor.person is not None:
        why = DeliveryReason.STOPPED.about(actor.person.name)
    store.halt(subject, why, actor.person_id, now)


def resume(
    store: GovernanceStore, actor: Actor, command: ResumeCampaign, now: datetime
) -> Progress | WaveProgress | Refused:
    """Send the rest: to those who had not got it when it was stopped."""
    found = store.lock_announcement(command.subject)
    if found is not None and found.recalled_at is not None:
        return refusal(_RECALLED)
    wave = store.wave(command.subject) if found is None else None
    if found is None and wave is None:
        return refusal(NOT_HERE)
    if wave is not None and wave.state is WaveState.CLOSED:
        return refusal(asking.CLOSED)
    if store.halted_at(command.subject) is not None:
        store.resume(command.subject, now)
        store.audit(actor.person_id, "campaign resumed", command.subject, now)
    if wave is not None:
        return asking.progress_of(store, wave.id, now)
    return progress_of(store, command.subject, now)


def check_resend(
    store: GovernanceStore, command: CheckResend, now: datetime
) -> ResendCheck | Refused:
    """How many of each, before anything is sent."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    missed = replace(store.missed(found.id), wakes=found.overrides_quiet_hours(now))
    return _not_to_be_sent(found) or ResendCheck(
        announcement_id=found.id, title=found.change.title, missed=missed
    )


def resend(
    store: GovernanceStore, actor: Actor, command: ResendAnnouncement, now: datetime
) -> Progress | Refused:
    """To those who did not get it. A campaign that was stopped goes on with it."""
    found = store.lock_announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    refused = _not_to_be_sent(found)
    if refused is not None:
        return refused
    again = store.resend(found.id, now, unknown=command.unknown)
    if again:
        store.audit(actor.person_id, f"announcement sent again to {again}", found.id, now)
    return progress_of(store, found.id, now)


def _not_to_be_sent(found: Announcement) -> Refused | None:
    if found.state is not AnnouncementState.SENDING:
        return refusal("This announcement has not gone out yet.")
    return refusal(_RECALLED) if found.recalled_at is not None else None


OPERATIONS: Operations = (
    Operation(command=StopCampaign, run=stop, may=announcer_of, by=OPERATOR_TOO, button="stop"),
    Operation(
        command=ResumeCampaign, run=resume, may=announcer_of, by=OPERATOR_TOO, button="resume"
    ),
    Operation(
        command=CheckResend,
        run=lambda store, _, command, now: check_resend(store, command, now),
        may=announcer,
        reads=True,
        button="resend-form",
    ),
    Operation(
        command=ResendAnnouncement, run=resend, may=announcer, button="resend", carries=("unknown",)
    ),
)
