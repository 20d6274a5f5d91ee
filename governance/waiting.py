"""What waits for a person, and in which order: one rule for Home on the web, Slack's home tab,
Teams and "what waits" in chat.

Two ways to be listed, both declared by the feature itself:

- A message that is delivered to a person is an ``Asks`` (``core.messages``): its ``waiting`` says
  until when, its ``order`` where. Where its class is not enough, its ``Delivery`` has ``waits``.
- A state that waits for whoever holds an office or leads a committee, whether or not a message
  ever reached them, is a ``Source`` in ``WAITS`` beside the feature's operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from core.messages import Asks, Order
from governance.access import Actor
from governance.composing import deliveries
from governance.features import declared
from governance.messages import Message
from governance.ports import GovernanceStore
from surveys.messages import Invitation
from surveys.survey import Participation


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing. ``subject``: what deliveries about it are about, so that it is listed once.
    ``at``: since when it waits."""

    subject: UUID
    at: datetime
    message: Message


@dataclass(frozen=True, kw_only=True)
class Source:
    """What waits in a feature for somebody, found in its state. It is asked each time that a
    person looks at their home: it returns at once for anyone whom it never concerns."""

    order: Order
    find: Callable[[GovernanceStore, Actor, datetime], Iterable[Waiting]]


Sources = tuple[Source, ...]


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(one for of_feature in declared("WAITS") for one in of_feature)


def from_states(
    store: GovernanceStore, actor: Actor, now: datetime
) -> Iterator[tuple[Order, Waiting]]:
    """What waits by the state that it is in."""
    for source in _sources():
        for one in source.find(store, actor, now):
            yield source.order, one


def order_of(kind: str, message: Message, state: Participation | None = None) -> Order | None:
    """Where a delivered message stands among what waits. None: it asks for nothing, or it is done.
    ``state``: of an invitation. What is open in a queue is counted with its queue."""
    if isinstance(message, Invitation):
        asked = state in (Participation.ASKED, Participation.PARTIAL)
        return Order.SURVEY if asked else None
    delivery = deliveries().get(kind)
    if delivery is not None and delivery.waits is not None:
        return delivery.waits(message)
    return message.order if isinstance(message, Asks) and message.waiting else None
