"""Handing over: what can be fixed now goes to the help desk, if its author says so.

Nobody but the author decides that. Who is anonymous cannot be asked, so nothing of theirs goes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance.access import CLOCK, GONE, Actor, anybody, author, refusal
from governance.committees.model import RESTRICTED
from governance.deliveries import Deliveries, Delivery, about_item, items_told
from governance.features import declared
from governance.feedback.model import OPEN_STATES, Item, ItemState, Naming
from governance.help_desk.model import (
    HandOver,
    HandOverItem,
    HandOverState,
    HelpDeskOffer,
    KeepItem,
    NoteHandOver,
    NoteTicket,
    Ticket,
)
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.fixing import room_of
from governance.typed import typed

OFFER, NEWS, TICKET = "help-desk", "help-desk-news", "ticket"
"""Kinds of deliveries: the offer and its outcome to the author, the ticket to the help desk."""

LONGEST_NUMBER = 80
_SAID = 140

_WAITING = (
    HandOverState.QUEUED,
    HandOverState.SENT,
    HandOverState.UNKNOWN,
    HandOverState.FAILED,
)


def offer(store: GovernanceStore, item: Item, now: datetime) -> None:
    """Ask the author, where there is a help desk to hand it to and nothing graver about it."""
    reading, author = item.reading, store.person(item.author) if item.author else None
    if reading is None or not reading.needs_fixing or reading.alarms:
        return
    if item.queue in (None, RESTRICTED) or author is None or item.naming is Naming.ANONYMOUS:
        return
    if store.has_help_desk() and store.add_hand_over(HandOver(item_id=item.id, offered_at=now)):
        store.deliver_to_person(
            author, campaign=f"item:{item.id}:desk", kind=OFFER, subject=item.id, now=now
        )


def hand_over(
    store: GovernanceStore, actor: Actor, command: HandOverItem, now: datetime
) -> HelpDeskOffer | Refused:
    """The author's yes. Pressed twice it goes once; answered meanwhile it stays where it is."""
    found, item = store.hand_over(command.item_id), store.item(command.item_id)
    if found is None or item is None:
        return refusal(GONE)
    if found.state in (HandOverState.OFFERED, HandOverState.DECLINED) and _is_open(item):
        themes = item.reading.themes if item.reading else ()
        found = replace(
            found,
            state=HandOverState.QUEUED,
            decided_at=now,
            contact=command.contact,
            queue=item.queue,
            theme=themes[0] if themes else None,
        )
        store.put_hand_over(found)
        store.renew_sent(OFFER, item.id, now)
        store.update_item(replace(item, state=ItemState.HANDED_OVER, due_at=None))
        store.deliver_to_help_desk(
            campaign=f"item:{item.id}:desk", kind=TICKET, subject=item.id, now=now
        )
        store.audit(actor.person_id, "handed to the help desk", item.id, now)
    return _shown(store, found, item)


def _is_open(item: Item) -> bool:
    return item.state in OPEN_STATES and item.queue != RESTRICTED


def keep(
    store: GovernanceStore, actor: Actor, command: KeepItem, now: datetime
) -> HelpDeskOffer | Refused:
    """The author's no."""
    found, item = store.hand_over(command.item_id), store.item(command.item_id)
    if found is None or item is None:
        return refusal(GONE)
    if found.state is HandOverState.OFFERED:
        found = replace(found, state=HandOverState.DECLINED, decided_at=now)
        store.put_hand_over(found)
        store.renew_sent(OFFER, item.id, now)
    return _shown(store, found, item)


def note_ticket(store: GovernanceStore, command: NoteTicket, now: datetime) -> Done:
    """The help desk has said its number: the author hears it, once for each number."""
    found = store.hand_over(command.item_id)
    if found is None:
        return _told_elsewhere(store, command)
    number, too_long = typed(command.number, LONGEST_NUMBER)
    if found.state not in (*_WAITING, HandOverState.NUMBERED):
        return Done()
    if number and not too_long and number != found.number:
        _became(store, replace(found, state=HandOverState.NUMBERED, number=number, why=""), now)
    return Done()


def note(store: GovernanceStore, command: NoteHandOver, now: datetime) -> Done:
    """What became of sending it. What was not taken is the committee's again."""
    found = store.hand_over(command.item_id)
    if found is None:
        return _told_elsewhere(store, command)
    if found.state is not HandOverState.QUEUED:
        return Done()
    _became(store, replace(found, state=command.state, why=command.why), now)
    item = store.item(command.item_id)
    if command.state is HandOverState.FAILED and item and item.state is ItemState.HANDED_OVER:
        store.update_item(replace(item, state=ItemState.NEW))
    return Done()


def _told_elsewhere(store: GovernanceStore, command: NoteTicket | NoteHandOver) -> Done:
    """Features that send tickets of their own declare in ``TICKET_NOTES`` what hears of them."""
    for of_feature in declared("TICKET_NOTES"):
        for note in of_feature:
            note(store, command)
    return Done()


def _became(store: GovernanceStore, found: HandOver, now: datetime) -> None:
    store.put_hand_over(found)
    item = store.item(found.item_id)
    author = store.person(item.author) if item and item.author else None
    if author is not None and author.active:
        times = f"{found.state}:{found.number}"[:40]
        store.deliver_to_person(
            author,
            campaign=f"item:{found.item_id}:desk:{times}"[:80],
            kind=NEWS,
            subject=found.item_id,
            now=now,
        )


# -- what is shown -------------------------------------------------------------------------------


def shown(store: GovernanceStore, item: Item) -> HelpDeskOffer | None:
    """An offer as it stands; None: there is none, or none anymore."""
    found = store.hand_over(item.id)
    offer = _shown(store, found, item) if found else None
    return offer if offer and offer.state is not HandOverState.LATE else None


def _shown(store: GovernanceStore, found: HandOver, item: Item) -> HelpDeskOffer:
    words = item.reading.redacted if item.reading else ""
    late = found.state is HandOverState.OFFERED and not _is_open(item)
    return HelpDeskOffer(
        item_id=item.id,
        said=words if len(words) <= _SAID else words[:_SAID].rsplit(" ", 1)[0] + "…",
        received_at=item.received_at,
        state=HandOverState.LATE if late else found.state,
        number=found.number,
        contact=store.district().contacts.get("help-desk", ""),
    )


def ticket(store: GovernanceStore, item: Item) -> Ticket | None:
    """What the help desk gets. None: it is wanted no more, or may be about someone in danger."""
    found = store.hand_over(item.id)
    author = store.person(item.author) if item.author else None
    if found is None or author is None or found.state is not HandOverState.QUEUED:
        return None
    if item.held_back or item.queue == RESTRICTED:  # withdrawn before the ticket went
        return None
    redacted = item.reading.redacted if item.reading else ""
    names = {building.key: building.name for building in store.buildings()}
    return Ticket(
        item_id=item.id,
        redacted=redacted,
        building=names.get(author.building, author.building),
        room=room_of(redacted),
        received_at=item.received_at,
        name=author.name if found.contact else "",
        email=author.email if found.contact else "",
    )


_SHOWN = about_item(lambda on, item: shown(on.store, item))

DELIVERIES: Deliveries = (
    Delivery(
        kind=OFFER,
        compose=about_item(lambda on, item: shown(on.store, item)),
        may_wait=True,
        ahead=items_told,
    ),
    Delivery(
        kind=NEWS,
        compose=about_item(lambda on, item: shown(on.store, item)),
        may_wait=True,
        ahead=items_told,
    ),
    Delivery(kind=TICKET, compose=about_item(lambda on, item: ticket(on.store, item))),
)

OPERATIONS: Operations = (
    Operation(
        command=HandOverItem, run=hand_over, may=author, button="hand-over", carries=("contact",)
    ),
    Operation(command=KeepItem, run=keep, may=author, button="keep-item"),
    Operation(
        command=NoteTicket,
        run=lambda store, _, command, now: note_ticket(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
    Operation(
        command=NoteHandOver,
        run=lambda store, _, command, now: note(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
)
