"""A committee among themselves: take an item up, and say who looks after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from core.messages import Order
from core.people import Person
from governance.access import Actor, refusal, worker_on_item
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.docket import forms
from governance.docket.commands import AssignItem, DiscussItem
from governance.docket.handlers import about_brief, brief
from governance.docket.history import StepKind
from governance.docket.messages import NOBODY
from governance.docket.stepping import note_step
from governance.feedback.handlers import tell_author
from governance.feedback.model import OPEN_STATES, Item, ItemState
from governance.messages import Brief, Message, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE

ASSIGNED = "assigned"
"""Of a delivery to whoever looks after an item from now on."""


def discuss(
    store: GovernanceStore, actor: Actor, command: DiscussItem, now: datetime
) -> Brief | Refused:
    """Take an item up. Its author hears it once, however many committees do."""
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    if item.state is ItemState.IN_DISCUSSION:
        return brief(store, item)
    taken_up = replace(item, state=ItemState.IN_DISCUSSION)
    store.update_item(taken_up)
    note_step(store, actor, taken_up, StepKind.DISCUSSED, now)
    store.audit(actor.person_id, "taken up for discussion", item.id, now)
    tell_author(store, taken_up, News.IN_DISCUSSION, now)
    return brief(store, taken_up)


def open_assign(
    store: GovernanceStore, _: Actor, command: AssignItem, __: datetime
) -> Opening | Brief | Refused:
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    # The author is among them where they sit there: a name that is missing would tell who it is.
    return forms.assigning(
        item.id,
        item.reading.redacted if item.reading else "",
        tuple((str(one.id), one.name) for one in store.members(item.queue or "")),
        str(item.assigned_to) if item.assigned_to else NOBODY,
    )


def assign(
    store: GovernanceStore, actor: Actor, command: AssignItem, now: datetime
) -> Brief | Refused:
    """Say who looks after an item: they are told, and its card and page name them."""
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    if command.to == NOBODY:
        return brief(store, unassigned(store, actor, item, now))
    chosen = next(
        (one for one in store.members(item.queue or "") if str(one.id) == command.to), None
    )
    if chosen is None or chosen.id == item.assigned_to:
        return brief(store, item)
    return brief(store, assigned(store, actor, item, chosen, now))


def assigned(
    store: GovernanceStore, actor: Actor, item: Item, chosen: Person, now: datetime
) -> Item:
    """The item with who looks after it now. They are told, unless they say so themselves."""
    theirs = replace(item, assigned_to=chosen.id)
    store.update_item(theirs)
    number = note_step(store, actor, theirs, StepKind.ASSIGNED, now, about=str(chosen.id))
    store.audit(actor.person_id, f"assigned to {chosen.id}", item.id, now)
    if chosen.id != actor.person_id:
        # Somebody who gets it a second time is told a second time.
        campaign = f"item:{item.id}:given-{number}"
        store.deliver_to_person(chosen, campaign=campaign, kind=ASSIGNED, subject=item.id, now=now)
    return theirs


def _tells_nobody(actor: Actor, command: AssignItem) -> tuple[UUID, ...]:
    """The item, where nobody hears that it is theirs: it is nobody's, or who says so has it."""
    return (command.item_id,) if command.to in (NOBODY, str(actor.person_id)) else ()


def unassigned(store: GovernanceStore, actor: Actor, item: Item, now: datetime) -> Item:
    """The item with nobody to look after it; nobody is told."""
    if item.assigned_to is None:
        return item
    free = replace(item, assigned_to=None)
    store.update_item(free)
    about = str(item.assigned_to)
    note_step(store, actor, free, StepKind.UNASSIGNED, now, about=about)
    store.audit(actor.person_id, f"no longer assigned to {about}", item.id, now)
    return free


def on_a_committee(store: GovernanceStore, item: Item) -> bool:
    """Whether it is open on a committee's docket: triage and the restricted page have an owner
    already."""
    known = store.district().committee(item.queue or "") is not None
    return known and item.state in OPEN_STATES


def committee_item(store: GovernanceStore, item_id: UUID) -> Item | Brief | Refused:
    """The item where it is open on a committee's docket; else what is answered instead."""
    item = store.item(item_id)
    if item is None:
        return refusal(NOT_HERE)
    return item if on_a_committee(store, item) else brief(store, item)


def _told_of(on: Occasion, item: Item) -> Brief | None:
    mine = on.reader is None or item.assigned_to == on.reader.id
    return brief(on.store, item) if item.assigned_to and mine else None


def _waits(message: Message) -> Order | None:
    return Order.DUTY if isinstance(message, Brief) and message.can_answer else None


DELIVERIES: Deliveries = (
    Delivery(kind=ASSIGNED, compose=about_brief(_told_of), waits=_waits, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=DiscussItem,
        refreshes_home=True,
        in_channel=True,
        run=discuss,
        may=worker_on_item,
        at_lead=True,
        button="discuss-item",
    ),
    Operation(
        command=AssignItem,
        refreshes_home=True,
        in_channel=True,
        run=assign,
        may=worker_on_item,
        at_lead=True,
        button="assign-item",
        opens=open_assign,
        undo=_tells_nobody,
        form_button="assign-form",
    ),
)
