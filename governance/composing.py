"""Composing: a delivery stores what it is about; its message is built when it is sent or shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.deliveries import Delivery, Occasion
from governance.features import declared
from governance.messages import Message
from governance.ports import GovernanceStore

_AGAIN = "-now"  # scheduler.delivery.RENEWED


def _united() -> dict[str, Delivery]:
    found: dict[str, Delivery] = {}
    for one in (one for declares in declared("DELIVERIES") for one in declares):
        if found.setdefault(one.kind, one) is not one:
            raise ValueError(f"the kind {one.kind!r} is declared twice")
    return found


DELIVERIES = _united()

ASKING = frozenset(kind for kind, one in DELIVERIES.items() if one.asks)
"""Kinds of a delivery that ask somebody to answer a survey."""

PERSONAL = frozenset(
    sent for kind, one in DELIVERIES.items() if one.personal for sent in (kind, f"{kind}{_AGAIN}")
)
"""Kinds that are composed for each person by themselves."""


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
    declared = DELIVERIES.get(kind.removesuffix(_AGAIN))
    if declared is None:
        raise ValueError(f"a delivery of an unknown kind: {kind!r}")
    again = kind.endswith(_AGAIN)
    return declared.compose(
        Occasion(
            store=store, subject=subject, reader=reader, queue=queue, now=now, again=again, to=to
        )
    )
