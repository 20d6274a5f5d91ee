"""A second person's yes to an edit of what many have: without it one person could get a message
approved and then have it say something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from governance.access import Actor, announcer, approver, refusal
from governance.announcements.approval_messages import EditAsked
from governance.announcements.approvals import guard_of, may_approve, name_of, others
from governance.announcements.campaign_commands import EditAnnouncement
from governance.announcements.commands import ApproveEdit, DeclineEdit, ShowEditAsked
from governance.announcements.editing import apply_edit, not_editable, open_form, unfit
from governance.announcements.following import progress_of
from governance.announcements.handlers import reworded
from governance.announcements.model import Announcement, EditRequest
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.messages import Progress, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import ASKED_BEFORE_RESTORE, NOT_HERE

EDIT_APPROVAL, EDIT_TOLD = "edit-approval", "edit-told"
"""Kinds of delivery: to those who may say yes, and to whoever asked."""

_NOBODY_ELSE = (
    "A second person has to approve this edit, and you are the only one who can. Someone else has "
    "to be named for it in the district’s files."
)
_OWN = "You asked for this edit yourself. Someone else has to decide on it."
_ANOTHER = "This edit was changed since you opened it. Please decide on the newest one."


def edit_or_ask(
    store: GovernanceStore, actor: Actor, command: EditAnnouncement, now: datetime
) -> Progress | EditAsked | Refused:
    """Change what was sent, or ask a second person where many have it."""
    found = store.lock_announcement(command.announcement_id)
    refused = not_editable(store, found, now)
    if refused is not None or found is None:
        return refused or refusal(NOT_HERE)
    language = found.change.title.language
    change, _ = reworded(command.words, found.change, language=language)
    if change == found.change:  # handed in twice
        return progress_of(store, found.id, now)
    request = EditRequest(announcement_id=found.id, change=change, by=actor.person_id, at=now)
    if not _needs_second(store, found, now):
        apply_edit(store, found, change, actor.person_id, now)
        return progress_of(store, found.id, now)
    if refused := _ask(store, actor, request):
        return refused
    return told(store, found.id, now) or refusal(NOT_HERE)


def _ask(store: GovernanceStore, actor: Actor, request: EditRequest) -> Refused | None:
    """Ask all others who may approve. A newer request takes the place of one that waits."""
    asked = others(store, actor.person_id)
    if not asked:
        return refusal(_NOBODY_ELSE)
    store.put_edit_request(request)
    store.renew_sent(EDIT_APPROVAL, request.announcement_id, request.at)
    for one in asked:
        store.deliver_to_person(
            one,
            campaign=f"{EDIT_APPROVAL}:{request.announcement_id}:{request.number}",
            kind=EDIT_APPROVAL,
            subject=request.announcement_id,
            now=request.at,
        )
    store.audit(actor.person_id, "edit asked for", request.announcement_id, request.at)
    return None


def show(store: GovernanceStore, command: ShowEditAsked, now: datetime) -> EditAsked | Refused:
    return told(store, command.announcement_id, now) or refusal(NOT_HERE)


def told(store: GovernanceStore, announcement_id: UUID, now: datetime) -> EditAsked | None:
    """The last request as it stands."""
    found, request = store.announcement(announcement_id), store.edit_request(announcement_id)
    if found is None or request is None:
        return None
    return EditAsked(
        request=request,
        title=found.change.title,
        asked_by=name_of(store, request.by),
        decided_by=name_of(store, request.decided_by) if request.decided_by else "",
        people=store.tally(found.id, now).sent,
        open=request.open(now) and found.recalled_at is None,
    )


def decide(
    store: GovernanceStore, actor: Actor, command: ApproveEdit | DeclineEdit, now: datetime
) -> EditAsked | Refused:
    """Of two who decide at once the second hears what was decided."""
    found = store.lock_announcement(command.announcement_id)
    request = store.edit_request(command.announcement_id)
    if found is None or request is None:
        return refusal(NOT_HERE)
    if actor.person_id is None or request.by == actor.person_id:
        return refusal(_OWN)
    if request.number != command.request:
        return refusal(_ANOTHER)
    yes = isinstance(command, ApproveEdit)
    if request.open(now):
        if yes and store.restored_since(request.at):
            return refusal(ASKED_BEFORE_RESTORE)
        if refused := not_editable(store, found, now):
            return refused
        decided = replace(request, approved=yes, decided_by=actor.person_id, decided_at=now)
        store.put_edit_request(decided)
        if yes:
            apply_edit(store, found, request.change, request.by, now)
        said = "edit approved" if yes else "edit declined"
        store.audit(actor.person_id, said, found.id, now)
        store.renew_sent(EDIT_APPROVAL, found.id, now)
        asker = store.person(request.by) if request.by else None
        if asker is not None:
            campaign = f"{EDIT_TOLD}:{found.id}:{request.number}"
            store.deliver_to_person(
                asker, campaign=campaign, kind=EDIT_TOLD, subject=found.id, now=now
            )
    return told(store, found.id, now) or refusal(NOT_HERE)


def _needs_second(store: GovernanceStore, found: Announcement, now: datetime) -> bool:
    """As for sending it, and also where the roster has shrunk since."""
    above = store.district().announcements.approve_above
    many = guard_of(store, found.audience, now).second
    return many or store.tally(found.id, now).recipients > above


def _asked_for(on: Occasion) -> EditAsked | None:
    if on.reader is not None and not may_approve(on.store.standing(on.reader.id), on.store):
        return None
    found = told(on.store, on.subject, on.now)
    return found if found and (found.open or on.again) else None


def _told(on: Occasion) -> EditAsked | None:
    found = told(on.store, on.subject, on.now)
    return replace(found, to_asker=True) if found and found.request.decided_at else None


DELIVERIES: Deliveries = (
    Delivery(kind=EDIT_APPROVAL, compose=_asked_for, may_wait=True),
    Delivery(kind=EDIT_TOLD, compose=_told, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=EditAnnouncement,
        run=edit_or_ask,
        may=announcer,
        button="edit-sent",
        opens=open_form,
        fits=unfit,
    ),
    Operation(
        command=ShowEditAsked,
        run=lambda store, _, command, now: show(store, command, now),
        may=approver,
        reads=True,
        button="edit-asked",
    ),
    Operation(
        command=ApproveEdit, run=decide, may=approver, button="approve-edit", refreshes_home=True
    ),
    Operation(
        command=DeclineEdit, run=decide, may=approver, button="decline-edit", refreshes_home=True
    ),
)
