"""Composing: a delivery stores what it is about; its message is built when it is sent or shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID

from core.people import Person
from governance.deliveries import Ahead, Delivery, Occasion
from governance.features import declared
from governance.messages import Message
from governance.ports import GovernanceStore

_AGAIN = "-now"  # scheduler.delivery.RENEWED


@cache
def deliveries() -> Mapping[str, Delivery]:
    """Every kind of delivery, found when the first one is asked for: features that declare them
    import this file. Raises ValueError for a kind that is declared twice."""
    found: dict[str, Delivery] = {}
    for one in (one for declares in declared("DELIVERIES") for one in declares):
        if found.setdefault(one.kind, one) is not one:
            raise ValueError(f"the kind {one.kind!r} is declared twice")
    return found


def asks(kind: str) -> bool:
    """Whether deliveries of a kind ask somebody to answer a survey."""
    delivery = deliveries().get(kind)
    return delivery is not None and delivery.asks


@cache
def kinds_that_wait() -> frozenset[str]:
    """The kinds that can ask their reader for something."""
    return frozenset(one.kind for one in deliveries().values() if one.may_wait)


def is_personal(kind: str) -> bool:
    """Whether each person's delivery of a kind is composed separately."""
    delivery = deliveries().get(kind.removesuffix(_AGAIN))
    return delivery is not None and delivery.personal


def read_ahead(store: GovernanceStore, some: Iterable[tuple[str, UUID]], reader: Person) -> None:
    """Before deliveries (kind, subject) are composed one by one: what those of one kind
    need, or of kinds that need the same, is read for all of them. So is whom they all name."""
    subjects: dict[Ahead, list[UUID]] = {}
    for kind, subject in some:
        delivery = deliveries().get(kind.removesuffix(_AGAIN))
        if delivery is not None and delivery.ahead is not None:
            subjects.setdefault(delivery.ahead, []).append(subject)
    named = [ahead(store, of_these, reader) for ahead, of_these in subjects.items()]
    store.people_ahead(one for some in named for one in some)


def compose(
    store: GovernanceStore,
    kind: str,
    subject: UUID,
    reader: Person | None,
    queue: str | None,
    now: datetime,
    to: Person | None = None,
) -> Message | None:
    """The message of a delivery as it stands now. None: it is no longer wanted (a survey that
    closed meanwhile). ``reader`` is None for a committee's channel, whose key is ``queue``.
    A message that is drawn again in its place (``-now``) also says how it ended. ``to``: who gets
    one of a personal kind that is just going out.

    Raises ValueError for a kind that nobody knows (a newer version's row).
    """
    delivery = deliveries().get(kind.removesuffix(_AGAIN))
    if delivery is None:
        raise ValueError(f"a delivery of an unknown kind: {kind!r}")
    again = kind.endswith(_AGAIN)
    return delivery.compose(
        Occasion(
            store=store, subject=subject, reader=reader, queue=queue, now=now, again=again, to=to
        )
    )
