"""Campaigns that were stopped or taken back: nothing of theirs waits any more, whatever put it in
the queue, and what was sent is marked when it is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import bindparam, select, update

from scheduler.delivery import STOPPABLE
from scheduler.ports import Claimed
from storage.connection import Connected
from storage.ledger_tables import delivery, halt

RECALLED = "Taken back after it was sent."


def campaign_of(announcement_id: UUID) -> str:
    """The campaign of an announcement's deliveries."""
    return f"announcement:{announcement_id}"


def halted(tx: Connected) -> Collection[UUID]:
    """Whose messages were stopped (announcements and waves)."""
    return frozenset(tx.connection.execute(_HALTED).scalars())


def drop_halted(tx: Connected, subjects: Collection[UUID] | None = None) -> int:
    """Take what was stopped out of the queue; how many. ``subjects``: look at these only."""
    if subjects is None:
        found = tx.connection.execute(_WHY)
    else:
        found = tx.connection.execute(_WHY_OF, {"subjects": list(subjects)})
    dropped = 0
    for subject, why in found.all():
        dropped += tx.connection.execute(
            update(delivery)
            .where(
                delivery.c.subject == subject,
                delivery.c.kind.in_(STOPPABLE),
                delivery.c.state == "queued",
            )
            .values(state="recalled", why=why, lease_until=None)
        ).rowcount
    return dropped


def mark_recalled(tx: Connected, recalls: Iterable[Claimed]) -> None:
    """The messages that these took back are not there any more."""
    rows = [
        {"b_campaign": campaign_of(one.subject), "b_recipient": one.recipient} for one in recalls
    ]
    tx.connection.execute(_MARK_RECALLED, rows)


_HALTED = select(halt.c.subject)
_WHY = select(halt.c.subject, halt.c.why)
_WHY_OF = _WHY.where(halt.c.subject.in_(bindparam("subjects", expanding=True)))
_MARK_RECALLED = (
    update(delivery)
    .where(
        delivery.c.campaign == bindparam("b_campaign"),
        delivery.c.kind == "notice",
        delivery.c.recipient == bindparam("b_recipient"),
    )
    .values(state="recalled", why=RECALLED)
)
