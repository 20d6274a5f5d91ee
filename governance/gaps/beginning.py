"""Starting work for a gap, and sending a ticket to the help desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from governance.access import Actor, refusal
from governance.controls.access import security_office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.forms.messages import FormView, again, opened
from governance.gaps import forms
from governance.gaps.access import beginner
from governance.gaps.commands import BeginWork, SendTicket
from governance.gaps.finding import named
from governance.gaps.handlers import CLOSED, note_entered, view
from governance.gaps.messages import GapView
from governance.gaps.model import GapWork, Handed, WorkKind
from governance.gaps.working import Begun, begin, is_begun, subject_of
from governance.help_desk.handlers import LONGEST_NUMBER
from governance.help_desk.model import HandOverState, NoteHandOver, NoteTicket, Ticket
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import screen
from governance.refusals import GONE
from governance.typed import typed

PRACTICE_TICKET = "practice-ticket"
"""Kind of delivery: to the help desk."""

NO_DESK = "No help desk is set up."


def begin_work(
    store: GovernanceStore, actor: Actor, command: BeginWork, now: datetime
) -> Begun | GapView | FormView | Refused:
    gap = store.lock_gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    if command.kind is WorkKind.TICKET:
        ticket = SendTicket(gap_id=gap.id)
        found = open_ticket(store, actor, ticket, now)
        return opened(ticket, found) if isinstance(found, Opening) else found
    return begin(store, actor, gap, command.kind, now) or view(store, actor, gap)


# -- a ticket ----------------------------------------------------------------------------------


def open_ticket(
    store: GovernanceStore, _: Actor, command: SendTicket, __: datetime
) -> Opening | Refused:
    gap = store.gap(command.gap_id)
    if gap is None or gap.closed_at is not None:
        return refusal(GONE if gap is None else CLOSED)
    if not store.has_help_desk():
        return refusal(NO_DESK)
    return forms.ticket(gap.id, named(store, gap)[0])


def send_ticket(
    store: GovernanceStore, actor: Actor, command: SendTicket, now: datetime
) -> GapView | FormView | Refused:
    """The help desk gets what the ISO wrote, with the ISO's name. Handed in twice, it is sent once.
    What the help desk refused can be sent again."""
    gap, found = store.lock_gap(command.gap_id), open_ticket(store, actor, command, now)
    if gap is None or isinstance(found, Refused):
        return found if isinstance(found, Refused) else refusal(GONE)
    if is_begun(store, actor, gap, WorkKind.TICKET):
        return view(store, actor, gap)
    screened = screen((command.words,), command.put_back)
    if screened.doubt:
        return again(command, found, doubt=screened.doubt)
    work = GapWork(
        gap_id=gap.id,
        kind=WorkKind.TICKET,
        subject=subject_of(gap, WorkKind.TICKET),
        handed=Handed(words=screened.texts[0], state=HandOverState.QUEUED),
        by=actor.person_id,
        at=now,
    )
    store.put_gap_work(work)
    store.deliver_to_help_desk(
        campaign=f"practice:{gap.id}:{int(now.timestamp())}",
        kind=PRACTICE_TICKET,
        subject=work.subject,
        now=now,
    )
    note_entered(store, actor, gap, screened, now)
    return view(store, actor, gap)


def _behind(store: GovernanceStore, subject: UUID) -> GapWork | None:
    """The ticket with this id at the help desk."""
    for gap_id in store.gaps_behind(subject):
        for one in store.gap_work(gap_id):
            if one.subject == subject and one.handed:
                return one
    return None


def composed(on: Occasion) -> Ticket | None:
    work = _behind(on.store, on.subject)
    author = on.store.person(work.by) if work and work.by else None
    if work is None or work.handed is None or author is None:
        return None
    names = {building.key: building.name for building in on.store.buildings()}
    return Ticket(
        item_id=work.subject,
        redacted=work.handed.words,
        building=names.get(author.building, author.building),
        room="",
        received_at=work.at,
        name=author.name,
        email=author.email,
    )


def note_ticket(store: GovernanceStore, command: NoteTicket | NoteHandOver) -> None:
    """What the help desk answered, or what became of sending the ticket."""
    work = _behind(store, command.item_id)
    if work is None or work.handed is None:
        return
    handed = work.handed
    if isinstance(command, NoteTicket):
        number, too_long = typed(command.number, LONGEST_NUMBER)
        if number and not too_long:
            handed = replace(handed, state=HandOverState.NUMBERED, number=number)
    elif handed.state is HandOverState.QUEUED:
        handed = replace(handed, state=command.state)
    store.put_gap_work(replace(work, handed=handed))


TICKET_NOTES = (note_ticket,)

DELIVERIES: Deliveries = (Delivery(kind=PRACTICE_TICKET, compose=composed),)

OPERATIONS: Operations = (
    Operation(command=BeginWork, run=begin_work, may=beginner, button="begin-work"),
    Operation(
        command=SendTicket,
        run=send_ticket,
        may=security_office,
        button="send-ticket",
        opens=open_ticket,
        form_button="ticket-form",
        form_kept=False,
    ),
)
