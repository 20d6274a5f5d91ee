"""What a delivery kind is: a message that is sent later, declared once beside what it says.

A delivery stores its kind and what it is about. Its message is composed when it is sent or shown
(``governance.composing`` unites all kinds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import Order
from core.people import Person
from governance.committees.model import Office
from governance.feedback.model import Item
from governance.feedback.named import names_somebody_on
from governance.messages import Message
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """When a delivery is composed, and for whom. ``reader`` None: it is just going out, or to a
    committee's channel, whose key is ``queue``. ``again``: it is drawn again in its place, and also
    says how it ended. ``to``: who gets what is just going out, where its kind is ``personal``."""

    store: GovernanceStore
    subject: UUID
    reader: Person | None
    queue: str | None
    now: datetime
    again: bool = False
    to: Person | None = None

    @property
    def for_cto(self) -> bool:
        """Whether the reader holds the CTO's office now: not in the inbox of somebody who did."""
        reader = self.reader
        return reader is None or Office.CTO in self.store.standing(reader.id).offices


Compose = Callable[[Occasion], Message | None]

Ahead = Callable[[GovernanceStore, Sequence[UUID], Person], Iterable[UUID | None]]
"""Gives the people whom the messages name: they are looked up once for all kinds."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One kind. ``compose`` gives None where it is no longer wanted, or not by this reader.
    ``asks``: it asks somebody to answer a survey, and is skipped who has. ``personal``: what it
    says depends on who gets it. ``may_wait``: it can ask its reader for something, so Home composes
    it; of all others only the newest are on Home. ``waits``: where it stands among all that waits
    for its reader, None where it does not; without it, the message says so itself
    (``core.messages.Asks``). ``ahead``: reads at once what composing several of the kind for one
    reader needs, by their subjects, in a transaction that only reads."""

    kind: str
    compose: Compose
    asks: bool = False
    personal: bool = False
    may_wait: bool = False
    waits: Callable[[Message], Order | None] | None = None
    ahead: Ahead | None = None


Deliveries = tuple[Delivery, ...]


def items_told(store: GovernanceStore, items: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    """Reads ahead what is about items (``Delivery.ahead``)."""
    store.items_ahead(items)
    store.urgent_ahead(items)
    store.leads_ahead(items)
    return ()


def about_item(compose: Callable[[Occasion, Item], Message | None]) -> Compose:
    """Of what is about an item: whom it names does not get it, nor a channel where they read."""

    def composed(on: Occasion) -> Message | None:
        item = on.store.item(on.subject)
        if item is None:
            return None
        if on.reader is not None and on.reader.id in on.store.named_in(item.id):
            return None
        if on.queue is not None and names_somebody_on(on.store, item.id, on.queue):
            return None  # all who work on it read along
        return compose(on, item)

    return composed
