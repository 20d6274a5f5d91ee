"""Announcements that need two people, being urgent or for many: asked for, approved by a second
person or declined, or given up; and sending those that need one.

Everybody who decides locks the announcement first, so that of two at once one decides and the
other hears what was decided.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from governance.access import (
    CLOCK,
    OPERATOR_TOO,
    Actor,
    Source,
    announcer,
    anybody,
    approver,
    refusal,
)
from governance.announcements import forms
from governance.announcements.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    Settlement,
)
from governance.announcements.approvals import guard_of, may_approve, minute_after, name_of, others
from governance.announcements.checked import changed_since
from governance.announcements.commands import (
    ApproveAnnouncement,
    CheckAnnouncement,
    DeclineAnnouncement,
    LapseApproval,
    SendAnnouncement,
    ShowApproval,
    StartAnnouncement,
)
from governance.announcements.following import progress_of
from governance.announcements.handlers import (
    ANNOUNCE,
    NOT_HERE,
    drafted,
    schedule,
    send,
    sender_of,
    start,
    unfit_dates,
    unfit_to_send,
    word_typed,
)
from governance.announcements.model import GROWN, Announcement, AnnouncementState, Guard
from governance.changes.planning import not_yet
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.filling import moment_in
from governance.forms.messages import FormView, again
from governance.messages import AnnouncementDrafted, AnnouncementScheduled, Done, Progress, Refused
from governance.operations import Entry, Fields, Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import ASKED_BEFORE_RESTORE, NOBODY_ELSE, TWO_PEOPLE
from governance.second_tabs import says_another
from governance.second_tabs import settled as already
from surveys.messages import Rejected
from surveys.questions import Unfit

NOT_A_DRAFT = "This announcement has gone out or is scheduled, so it can’t be made urgent."
LAPSE = "lapse"
"""Entry of the clock."""

APPROVAL = "approval"
"""Kind of the message that asks an approver to decide."""

_OWN = "You asked for this yourself, or wrote it. Someone else has to decide on it."
_ASKED_AGAIN = "This was requested again, perhaps with other words. Decide on the newest request."
_GREW = (
    "The audience is {n} people now, many more than when approval was asked for, "
    "so it wasn’t sent. Please decide on the newest request."
)
_GREW_TO_EVERYONE = (
    "The audience is everyone now: {n} people. It wasn’t sent and is a draft again. Whoever sends "
    "it has to type “everyone”."
)
DECLINED, WITHDRAWN = "declined", "withdrawn"


def phrase(found: Announcement, what: str) -> str:
    """What the audit notes of a request."""
    return f"{'urgent' if found.urgent else 'large'} announcement {what}"


def _last(store: GovernanceStore, subject: UUID, what: str) -> datetime | None:
    """When that was last noted of one."""
    noted = (store.last_audited(subject, f"{kind} announcement {what}") for kind in _KINDS)
    return max((at for found in noted if found for at in found[1:]), default=None)


_KINDS = ("urgent", "large")


# -- asking --------------------------------------------------------------------------------------


def ask(
    store: GovernanceStore, actor: Actor, command: SendAnnouncement, now: datetime
) -> Progress | Rejected | Refused:
    """Ask everybody else who may approve. Pressing twice asks once."""
    if command.urgent and command.at is not None:
        why = "Urgent announcements go out as soon as they are approved. Leave the time empty."
        return Rejected(unfit={"at": Unfit(why=why)})
    found = store.lock_announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is AnnouncementState.WAITING or found.approved_at is not None:
        return progress_of(store, found.id, now)
    if found.state is not AnnouncementState.DRAFT:
        return refusal(NOT_A_DRAFT)
    guard = guard_of(store, found.audience, now)
    if unfit := unfit_to_send(command, guard, now):
        return Rejected(unfit=unfit)
    if not others(store, actor.person_id, found.written_by):
        return refusal(NOBODY_ELSE)
    return _wait(store, replace(found, urgent=command.urgent), command.at, actor.person_id, now)


def _wait(
    store: GovernanceStore,
    found: Announcement,
    at: datetime | None,
    asker: UUID | None,
    now: datetime,
) -> Progress | Refused:
    """Ask all who may say yes. ``asker`` None: the operator, or the clock."""
    waiting = replace(
        found,
        state=AnnouncementState.WAITING,
        send_at=at,
        asked_by=asker,
        asked_at=now,
        approved_by=None,
        approved_at=None,
        approved_people=store.reach(found.audience, now).people,
        declined_why=None,
        declined_by=None,
    )
    store.put_announcement(waiting)
    _give_up_later(store, waiting, now)
    for one in others(store, asker, found.written_by):
        store.deliver_to_person(
            one,
            campaign=_campaign_of(waiting),
            kind=APPROVAL,
            subject=found.id,
            now=now,
            urgent=waiting.urgent,
        )
    store.audit(asker, phrase(waiting, "asked for"), found.id, now)
    return progress_of(store, found.id, now)


def _give_up_later(store: GovernanceStore, waiting: Announcement, now: datetime) -> None:
    lapses_at = waiting.lapses_at or now
    minute = int(lapses_at.timestamp()) // 60
    store.schedule(LAPSE, waiting.id, minute_after(lapses_at), minute)


def _campaign_of(found: Announcement) -> str:
    """Of all messages about one request."""
    return f"approval:{found.id}:{found.request}"


# -- what an approver sees -----------------------------------------------------------------------


def show(
    store: GovernanceStore, command: ShowApproval, now: datetime
) -> ApprovalAsked | ApprovalSettled | Refused:
    """What is asked now, or what was decided."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    return asked(store, found, now) or settled(store, found) or refusal(NOT_HERE)


def asked(store: GovernanceStore, found: Announcement, now: datetime) -> ApprovalAsked | None:
    """The request as it stands; None: nobody asks for it (any more)."""
    if found.state is not AnnouncementState.WAITING or found.asked_at is None:
        return None
    return ApprovalAsked(
        announcement_id=found.id,
        request=found.request,
        change=found.change,
        sender=sender_of(store, found),
        asked_by=name_of(store, found.asked_by) if found.asked_by else "",
        asked_at=found.asked_at,
        lapses_at=found.lapses_at or found.asked_at,
        reach=store.reach(found.audience, found.send_at or now),
        urgent=found.urgent,
        at=found.send_at,
        question=found.question,
        due=found.due,
    )


def settled(
    store: GovernanceStore, found: Announcement, *, to_asker: bool = False
) -> ApprovalSettled | None:
    """How the last request ended; None: it has not, or there was none."""
    if found.state is AnnouncementState.WAITING:
        return None
    if found.asked_at is None:
        withdrawn_at = _last(store, found.id, WITHDRAWN)
        if withdrawn_at is None:
            return None
        return ApprovalSettled(
            announcement_id=found.id,
            title=found.change.title,
            settlement=Settlement.WITHDRAWN,
            at=withdrawn_at,
        )
    settlement, by, at = Settlement.LAPSED, None, found.approved_at
    if found.approved_at is not None:
        settlement, by = Settlement.APPROVED, found.approved_by
    elif found.declined_why is not None:
        settlement, by = Settlement.DECLINED, found.declined_by
        at = _last(store, found.id, DECLINED)
    return ApprovalSettled(
        announcement_id=found.id,
        title=found.change.title,
        settlement=settlement,
        by=name_of(store, by),
        at=at,
        why=found.declined_why or "",
        to_asker=to_asker,
        goes_at=found.send_at if found.state is AnnouncementState.SCHEDULED else None,
    )


# -- deciding ------------------------------------------------------------------------------------


def approve(
    store: GovernanceStore, actor: Actor, command: ApproveAnnouncement, now: datetime
) -> ApprovalSettled | Refused:
    """The second person's yes: it goes out at its time, or now; what is urgent at any hour and
    before everything else. Where many joined since it was asked for, it is asked for again."""
    found = _to_decide(store, actor, command.announcement_id, command.request, now)
    if not isinstance(found, Announcement):
        return found
    if found.asked_at and store.restored_since(found.asked_at):
        return refusal(ASKED_BEFORE_RESTORE)
    guard = guard_of(store, found.audience, now)
    people = guard.people
    if _grew(found, guard):
        if guard.everyone:
            _give_up(store, found, now)
        else:
            _wait(store, found, found.send_at, found.asked_by, now)
        return refusal(_GREW_TO_EVERYONE if guard.everyone else _GREW, n=str(people))
    approved = replace(found, approved_by=actor.person_id, approved_at=now)
    going = schedule(store, approved, found.send_at, now)
    store.audit(actor.person_id, phrase(found, f"approved for {people}"), found.id, now)
    return _tell(store, going, Settlement.APPROVED, now, urgent=found.urgent)


def _grew(found: Announcement, guard: Guard) -> bool:
    """Whether it goes to many more by now than were asked about."""
    return guard.second and guard.people > (found.approved_people or guard.people) * GROWN


def open_decline(
    store: GovernanceStore, _: Actor, command: DeclineAnnouncement, now: datetime
) -> Opening | ApprovalAsked | ApprovalSettled | Refused:
    """Of a request that was made again since: what is asked now."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is not AnnouncementState.WAITING:
        return settled(store, found) or refusal(NOT_HERE)
    if found.request != command.request:
        return asked(store, found, now) or refusal(NOT_HERE)
    return forms.declining(found.id, found.change.title)


def decline(
    store: GovernanceStore, actor: Actor, command: DeclineAnnouncement, now: datetime
) -> ApprovalSettled | FormView | Refused:
    """The second person's no: a draft again, with the reason."""
    found = _to_decide(store, actor, command.announcement_id, command.request, now)
    if isinstance(found, ApprovalSettled):
        if not says_another(command.why, found.why):
            return found
        opening = forms.declining(found.announcement_id, found.title)
        return again(command, opening, unfit={"why": already(found.why)})
    if isinstance(found, Refused):
        return found
    draft = replace(
        found,
        state=AnnouncementState.DRAFT,
        urgent=False,
        send_at=None,
        declined_by=actor.person_id,
        declined_why=command.why,
    )
    store.put_announcement(draft)
    store.audit(actor.person_id, phrase(found, DECLINED), found.id, now)
    return _tell(store, draft, Settlement.DECLINED, now, urgent=found.urgent)


def lapse(store: GovernanceStore, command: LapseApproval, now: datetime) -> Done:
    """The clock's turn: nobody decided in time."""
    found = store.lock_announcement(command.announcement_id)
    if found is not None and _has_lapsed(found, now):
        _give_up(store, found, now)
    return Done()


def _to_decide(
    store: GovernanceStore, actor: Actor, announcement_id: UUID, request: int, now: datetime
) -> Announcement | ApprovalSettled | Refused:
    """The announcement to decide on, or what there is to say instead."""
    found = store.lock_announcement(announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is not AnnouncementState.WAITING:
        return settled(store, found) or refusal(NOT_HERE)
    if actor.person_id in (None, found.asked_by, found.written_by):
        return refusal(_OWN)
    if found.request != request:
        return refusal(_ASKED_AGAIN)
    return _give_up(store, found, now) if _has_lapsed(found, now) else found


def _has_lapsed(found: Announcement, now: datetime) -> bool:
    waiting = found.state is AnnouncementState.WAITING
    return waiting and found.lapses_at is not None and found.lapses_at <= now


def _give_up(store: GovernanceStore, found: Announcement, now: datetime) -> ApprovalSettled:
    draft = replace(found, state=AnnouncementState.DRAFT, urgent=False, send_at=None)
    store.put_announcement(draft)
    store.audit(None, phrase(found, "lapsed"), found.id, now)
    return _tell(store, draft, Settlement.LAPSED, now, urgent=False)


def _tell(
    store: GovernanceStore,
    found: Announcement,
    settlement: Settlement,
    now: datetime,
    *,
    urgent: bool,
) -> ApprovalSettled:
    """To whoever asked; where it was urgent, at any hour. The messages that asked for the decision
    show it in place of their buttons."""
    store.renew_sent(APPROVAL, found.id, now)
    asker = store.person(found.asked_by) if found.asked_by else None
    if asker is not None:
        store.deliver_to_person(
            asker,
            campaign=_campaign_of(found),
            kind=f"approval-{settlement}",
            subject=found.id,
            now=now,
            urgent=urgent,
        )
    ended = settled(store, found)
    if ended is None:
        raise AssertionError("what was just settled is settled")
    return ended


def send_or_ask(
    store: GovernanceStore, actor: Actor, command: SendAnnouncement, now: datetime
) -> AnnouncementScheduled | AnnouncementDrafted | Progress | Rejected | Refused:
    """Send a draft, or ask a second person where it is urgent or goes to many. One that was changed
    since it was checked is shown again instead."""
    found = store.announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.DRAFT:
        return (ask if command.urgent else send)(store, actor, command, now)
    if refused := not_yet(store, found.id):
        return refused
    if command.checked and (changed := changed_since(found, command.checked)):
        shown = drafted(store, actor, replace(found, send_at=command.at), now)
        return replace(shown, changed=changed)
    if unfit := unfit_dates(store, found, command.at or now):
        return Rejected(unfit=unfit)
    guard = guard_of(store, found.audience, now)
    if command.urgent or guard.second:
        return ask(store, actor, command, now)
    if unfit := unfit_to_send(command, guard, now):
        return Rejected(unfit=unfit)
    return send(store, actor, command, now)


def _start(store: GovernanceStore, command: StartAnnouncement, now: datetime) -> Done:
    """The clock's turn. An audience that has grown beyond what one person decides on, or what was
    approved, waits for a second one's yes; one that is everyone by now is a draft again, since
    nobody typed that."""
    found = store.lock_announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.SCHEDULED or not _due(found, now):
        return Done()
    asker = found.asked_by or found.written_by
    guard = guard_of(store, found.audience, now)
    asks = guard.second and (found.approved_at is None or _grew(found, guard))
    if not_yet(store, found.id) or (asks and guard.everyone):
        draft = replace(found, approved_by=None, approved_at=None)
        store.put_announcement(replace(draft, state=AnnouncementState.DRAFT, send_at=None))
        store.audit(None, "announcement not sent: a draft again", found.id, now)
    elif asks:
        _wait(store, found, None, asker, now)
    else:
        start(store, found, now)
    return Done()


def _due(found: Announcement, now: datetime) -> bool:
    """Whether it is its time: the clock may bring an earlier one that was given up since."""
    return found.send_at is not None and found.send_at <= now


def _may_send(actor: Actor, command: SendAnnouncement, store: GovernanceStore) -> Refused | None:
    if actor.source is Source.OPERATOR and command.urgent:
        return refusal(TWO_PEOPLE)
    return announcer(actor, command, store)


def _timed(command: SendAnnouncement, fields: Fields) -> SendAnnouncement:
    """``at`` empty: now. ``everyone``: a typed word."""
    return replace(command, everyone=word_typed(fields), at=moment_in(fields, "at"))


def _asked_for(on: Occasion) -> ApprovalAsked | ApprovalSettled | None:
    """What is asked, while it is and of who may decide."""
    found = on.store.announcement(on.subject)
    if found is None:
        return None
    if on.reader is not None and not may_approve(on.store.standing(on.reader.id), on.store):
        return None
    stands = asked(on.store, found, on.now)
    return settled(on.store, found) if on.again and stands is None else stands


def _decided(on: Occasion, settlement: Settlement) -> ApprovalSettled | None:
    """To who asked, what was decided."""
    found = on.store.announcement(on.subject)
    ended = settled(on.store, found, to_asker=True) if found else None
    return ended if ended and ended.settlement is settlement else None


def _declared(settlement: Settlement) -> Delivery:
    return Delivery(kind=f"{APPROVAL}-{settlement}", compose=lambda on: _decided(on, settlement))


DELIVERIES: Deliveries = (
    Delivery(kind=APPROVAL, compose=_asked_for, may_wait=True),
    *(_declared(settlement) for settlement in Settlement),
)

OPERATIONS: Operations = (
    Operation(
        command=SendAnnouncement,
        run=send_or_ask,
        may=_may_send,
        by=OPERATOR_TOO,
        button="send",
        carries=("urgent", "checked"),
        fill=_timed,
        form=lambda command: CheckAnnouncement(announcement_id=command.announcement_id),
        due=lambda command: (command.at,),
    ),
    Operation(
        command=StartAnnouncement,
        run=lambda store, _, command, now: _start(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=ANNOUNCE, command=lambda subject, _: StartAnnouncement(announcement_id=subject)
        ),
    ),
    Operation(
        command=ShowApproval,
        run=lambda store, _, command, now: show(store, command, now),
        may=approver,
        reads=True,
        button="approval",
    ),
    Operation(
        command=ApproveAnnouncement,
        run=approve,
        may=approver,
        button="approve",
        refreshes_home=True,
    ),
    Operation(
        command=DeclineAnnouncement,
        refreshes_home=True,
        run=decline,
        may=approver,
        button="decline-urgent",
        opens=open_decline,
        form_button="decline-form",
    ),
    Operation(
        command=LapseApproval,
        run=lambda store, _, command, now: lapse(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=LAPSE, command=lambda subject, _: LapseApproval(announcement_id=subject)),
    ),
)
