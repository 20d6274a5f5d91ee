"""Matters: what says the same is one docket item, and all of its authors hear the answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.access import Actor, refusal, worker_on_item
from governance.docket.bylines import byline
from governance.docket.handlers import queue_name
from governance.duplicates.commands import MergeItem, ShowMatter, SplitItem
from governance.duplicates.model import said_by
from governance.duplicates.views import MatterView, SaidToo
from governance.feedback.handlers import enter, tell_joined
from governance.feedback.model import OPEN_STATES, Item
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE

FIRST_WORDS = 100
MOST_CHOICES = 200


def show(store: GovernanceStore, command: ShowMatter) -> MatterView | Refused:
    item = store.item(command.item_id)
    if item is None or item.queue is None:
        return refusal(NOT_HERE)
    open_now = item.state in OPEN_STATES
    return MatterView(
        queue=item.queue,
        queue_name=queue_name(store.district(), item.queue),
        first=_said(store, item),
        others=tuple(_said(store, other) for other in store.kept_with(item.id)),
        said_by=said_by(store.people_saying(item.id)),
        open=open_now,
        choices=choices(store, item) if open_now and not by_itself(store, item) else (),
    )


def _said(store: GovernanceStore, item: Item) -> SaidToo:
    return SaidToo(
        item_id=item.id,
        redacted=item.reading.redacted if item.reading else "",
        byline=byline(store, item),
        received_at=item.received_at,
    )


def choices(store: GovernanceStore, item: Item) -> tuple[tuple[UUID, str], ...]:
    others = store.items_in(item.queue or "", most=MOST_CHOICES)
    return tuple(
        (one.id, first_words(one))
        for one in others
        if one.id != item.id and one.state in OPEN_STATES and not by_itself(store, one)
    )


def first_words(item: Item) -> str:
    words = item.reading.redacted if item.reading else ""
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + "…"


def by_itself(store: GovernanceStore, item: Item) -> bool:
    """What is urgent is looked at by itself, whoever else said it; so is what names somebody who
    may not read it."""
    if item.reading is None or item.reading.urgency is not None:
        return True
    return bool(store.named_in(item.id))


def split(
    store: GovernanceStore, actor: Actor, command: SplitItem, now: datetime
) -> MatterView | Refused:
    """It is on the docket by itself again, with those that had come with it. The matter it left
    is shown."""
    item, lead = store.item(command.item_id), store.lead_of(command.item_id)
    if item is None or lead is None:
        return show(store, ShowMatter(item_id=command.item_id))  # someone else was first
    if item.queue is None or item.state not in OPEN_STATES:
        return show(store, ShowMatter(item_id=lead))  # all of them were answered meanwhile
    store.part(item.id)
    store.audit(actor.person_id, f"split off from {lead}", item.id, now)
    enter(store, item, item.queue, now)
    return show(store, ShowMatter(item_id=lead))


def merge(
    store: GovernanceStore, actor: Actor, command: MergeItem, now: datetime
) -> MatterView | Refused:
    """From now on they are one docket item, the one that ``into`` names."""
    item = store.item(store.lead_of(command.item_id) or command.item_id)
    into = store.item(store.lead_of(command.into) or command.into)
    if item is None or into is None:
        return refusal(NOT_HERE)
    if item.id == into.id:
        return show(store, ShowMatter(item_id=into.id))
    if item.queue != into.queue or not {item.state, into.state} <= set(OPEN_STATES):
        return refusal("You can combine only open items of the same committee.")
    if by_itself(store, item) or by_itself(store, into):
        return refusal("Messages that are urgent, or that name someone on duty, can’t be combined.")
    store.keep_with(item.id, into.id, actor.person_id, now)
    store.audit(actor.person_id, f"merged into {into.id}", item.id, now)
    tell_joined(store, item, into, now)
    for other in store.kept_with(into.id):
        tell_joined(store, other, into, now)
    return show(store, ShowMatter(item_id=into.id))


OPERATIONS: Operations = (
    Operation(
        command=ShowMatter,
        run=lambda store, _, command, __: show(store, command),
        may=worker_on_item,
        at_lead=True,
        reads=True,
    ),
    Operation(command=SplitItem, run=split, may=worker_on_item),
    Operation(command=MergeItem, run=merge, may=worker_on_item),
)
