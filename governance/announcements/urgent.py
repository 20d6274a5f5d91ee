"""Sending a draft as urgent: what that means is said before anybody is asked to approve it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from governance.access import Actor, announcer, refusal
from governance.announcements import forms
from governance.announcements.approvals import guard_of, others
from governance.announcements.approving import NOT_A_DRAFT, send_or_ask
from governance.announcements.checked import changed_since
from governance.announcements.commands import SendAnnouncement, SendUrgent
from governance.announcements.following import progress_of
from governance.announcements.handlers import NOT_HERE, drafted, unfit_to_send
from governance.announcements.model import AnnouncementState
from governance.messages import AnnouncementDrafted, Progress, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOBODY_ELSE
from surveys.questions import Unfit


def open_urgent(
    store: GovernanceStore, actor: Actor, command: SendUrgent, now: datetime
) -> Opening | AnnouncementDrafted | Progress | Refused:
    """What it means, before anybody is asked. The draft itself is shown where it was not looked at,
    or was changed since."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is AnnouncementState.WAITING:
        return progress_of(store, found.id, now)
    if found.state is not AnnouncementState.DRAFT:
        return refusal(NOT_A_DRAFT)
    changed = changed_since(found, command.checked) if command.checked else ()
    if changed or not command.checked:
        return replace(drafted(store, actor, found, now), changed=changed)
    approvers = others(store, actor.person_id, found.written_by)
    if not approvers:
        return refusal(NOBODY_ELSE)
    opening = forms.urgent(
        found,
        store.reach(found.audience, now),
        tuple(one.name for one in approvers),
        store.district().contacts.get("safety", ""),
    )
    everyone = guard_of(store, found.audience, now).everyone
    return opening if everyone else replace(opening, without=frozenset({"everyone"}))


def unfit_urgent(
    store: GovernanceStore, _: Actor, command: SendUrgent, now: datetime
) -> dict[str, Unfit]:
    found = store.announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.DRAFT:
        return {}
    return unfit_to_send(_sends(command), guard_of(store, found.audience, now), now)


def _sends(command: SendUrgent) -> SendAnnouncement:
    return SendAnnouncement(
        announcement_id=command.announcement_id,
        urgent=True,
        everyone=command.everyone,
        checked=command.checked,
    )


OPERATIONS: Operations = (
    Operation(
        command=SendUrgent,
        run=lambda store, actor, command, now: send_or_ask(store, actor, _sends(command), now),
        may=announcer,
        button="send-urgent",
        form_button="urgent-form",
        carries=("checked",),
        opens=open_urgent,
        fits=unfit_urgent,
    ),
)
