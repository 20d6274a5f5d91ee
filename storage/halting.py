"""Campaigns that were stopped or taken back: nothing of theirs waits any more, whatever put it in
the queue, and what was sent is marked when it is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select, update

from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import STOPPABLE
from scheduler.ports import Claimed
from storage.connection import Connected
from storage.ledger_tables import delivery, fan_out, fan_out_part, halt

HANDED_OVER = timedelta(minutes=2)
"""Longer than a message takes from being composed to being sent."""


def campaign_of(announcement_id: UUID) -> str:
    """The campaign of an announcement's deliveries."""
    return f"announcement:{announcement_id}"


def notices_of(announcement_id: UUID) -> ColumnElement[bool]:
    """An announcement's own messages, without reminders, edits and recalls."""
    return and_(delivery.c.campaign == campaign_of(announcement_id), delivery.c.kind == "notice")


def invitation_campaign(wave_id: UUID) -> str:
    """The campaign of a wave's invitations."""
    return f"wave:{wave_id}:0"


def unwritten(tx: Connected, campaign: str, kind: str) -> int:
    """How many recipients of a broadcast have no delivery yet: they are written in parts."""
    people = func.coalesce(func.sum(fan_out_part.c.people), 0)
    mine = fan_out_part.c.campaign == campaign, fan_out_part.c.kind == kind
    return int(tx.connection.execute(select(people).where(*mine)).scalar_one())


def stop_fanning_out(tx: Connected, subject: UUID) -> None:
    """Whoever has no delivery of these broadcasts yet gets none."""
    mine = select(fan_out.c.campaign).where(fan_out.c.subject == subject)
    tx.connection.execute(delete(fan_out_part).where(fan_out_part.c.campaign.in_(mine)))
    tx.connection.execute(delete(fan_out).where(fan_out.c.subject == subject))


def halted(tx: Connected) -> frozenset[UUID]:
    """Whose messages were stopped (announcements and waves)."""
    return frozenset(tx.connection.execute(_HALTED).scalars())


def why_halted(tx: Connected, subject: UUID) -> str | None:
    """Why nothing more of a campaign may leave; None: it was not stopped."""
    return tx.connection.execute(_WHY_ONE, {"b_subject": subject}).scalar()


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
_WHY_ONE = select(halt.c.why).where(halt.c.subject == bindparam("b_subject"))
_WHY_OF = _WHY.where(halt.c.subject.in_(bindparam("subjects", expanding=True)))
_MARK_RECALLED = (
    update(delivery)
    .where(
        delivery.c.campaign == bindparam("b_campaign"),
        delivery.c.kind == "notice",
        delivery.c.recipient == bindparam("b_recipient"),
    )
    .values(state="recalled", why=DeliveryReason.RECALLED)
)
