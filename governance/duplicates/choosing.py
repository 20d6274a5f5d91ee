"""Matters from a card in chat: an item that says the same is chosen, or one that does not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.forms import Opening
from governance.access import Actor, refusal, worker_on_item
from governance.docket.handlers import brief
from governance.duplicates import forms
from governance.duplicates.commands import JoinItem, MergeItem, PartItem, SplitItem
from governance.duplicates.handlers import by_itself, choices, first_words, merge, split
from governance.feedback.model import OPEN_STATES, Item
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.matching import likeliest
from governance.refusals import NOT_HERE

MOST_TO_CHOOSE = 50
"""More are not looked through in a list of a chat: the page of the matter has them all."""

NO_OTHER = "There is no other open message on your list."
NOTHING_KEPT = "No other message is combined with it."


def open_join(
    store: GovernanceStore, _: Actor, command: JoinItem, __: datetime
) -> Opening | Brief | Refused:
    item = _item_of(store, command.item_id)
    if not isinstance(item, Item):
        return item
    found = _to_join(store, item)
    return forms.joining(item.id, _redacted(item), found) if found else refusal(NO_OTHER)


def open_part(
    store: GovernanceStore, _: Actor, command: PartItem, __: datetime
) -> Opening | Brief | Refused:
    item = _item_of(store, command.item_id)
    if not isinstance(item, Item):
        return item
    found = _to_part(store, item)
    return forms.parting(item.id, _redacted(item), found) if found else refusal(NOTHING_KEPT)


def _item_of(store: GovernanceStore, item_id: UUID) -> Item | Brief | Refused:
    """An open item of a committee; any other is shown as it stands now."""
    item = store.item(item_id)
    if item is None:
        return refusal(NOT_HERE)
    return item if _of_a_committee(store, item) else brief(store, item)


def _redacted(item: Item) -> str:
    return item.reading.redacted if item.reading else ""


def join(store: GovernanceStore, actor: Actor, command: JoinItem, now: datetime) -> Brief | Refused:
    """From now on they are one, and the card is that of the one that was chosen."""
    item = _item_of(store, command.item_id)
    if not isinstance(item, Item):
        return item
    into = _chosen(command.to)
    if into is None or into not in dict(choices(store, item)):
        return refusal(NO_OTHER)
    merged = merge(store, actor, MergeItem(item_id=item.id, into=into), now)
    if isinstance(merged, Refused):
        return merged
    led = store.item(into)
    return brief(store, led) if led else refusal(NOT_HERE)


def part(store: GovernanceStore, actor: Actor, command: PartItem, now: datetime) -> Brief | Refused:
    """The chosen one is on the docket by itself again, with a card of its own."""
    item = _item_of(store, command.item_id)
    if not isinstance(item, Item):
        return item
    one = _chosen(command.to)
    if one is None or store.lead_of(one) != item.id:
        return refusal(NOTHING_KEPT)
    parted = split(store, actor, SplitItem(item_id=one), now)
    return parted if isinstance(parted, Refused) else brief(store, item)


def _of_a_committee(store: GovernanceStore, item: Item) -> bool:
    """What waits in triage or is restricted is nobody's matter yet, and urgent ones stay apart."""
    known = store.district().committee(item.queue or "") is not None
    return known and item.state in OPEN_STATES and not by_itself(store, item)


def _to_join(store: GovernanceStore, item: Item) -> list[tuple[UUID, str]]:
    """The open items of the queue, those first that say most nearly the same."""
    found = dict(choices(store, item))
    said = store.open_vectors(item.queue or "", of=item.id)
    alike = likeliest(item.id, said, most=MOST_TO_CHOOSE)
    order = [key for key in dict.fromkeys([*alike, *found]) if key in found]
    return [(key, found[key]) for key in order[:MOST_TO_CHOOSE]]


def _to_part(store: GovernanceStore, item: Item) -> list[tuple[UUID, str]]:
    kept = [(one.id, first_words(one)) for one in store.kept_with(item.id)]
    return kept[-MOST_TO_CHOOSE:]


def _chosen(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


OPERATIONS: Operations = (
    Operation(
        command=JoinItem,
        in_channel=True,
        run=join,
        may=worker_on_item,
        at_lead=True,
        button="join-item",
        opens=open_join,
        form_button="join-form",
    ),
    Operation(
        command=PartItem,
        in_channel=True,
        run=part,
        may=worker_on_item,
        at_lead=True,
        button="part-item",
        opens=open_part,
        form_button="part-form",
    ),
)
