"""Campaigns that were stopped or taken back: nothing of theirs waits any more, whatever put it in
the queue, and what was sent is marked when it is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select, update

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


TAKE_BACK = "take-back"
"""Act of a fan-out (``storage.deliveries.ACTS``): an announcement is taken back, part by part."""


def recall_of(announcement_id: UUID) -> str:
    """The campaign in which an announcement is taken back."""
    return f"recall:{announcement_id}"


def notices_of(announcement_id: UUID) -> ColumnElement[bool]:
    """An announcement's own messages, without reminders, edits and recalls."""
    return and_(delivery.c.campaign == campaign_of(announcement_id), delivery.c.kind == "notice")


def addressed_to(people: Iterable[UUID]) -> ColumnElement[bool]:
    """Of deliveries in a campaign: those of these people, found by the campaign's index."""
    return delivery.c.recipient.in_([f"person:{one}" for one in people])


def invitation_campaign(wave_id: UUID) -> str:
    """The campaign of a wave's invitations."""
    return f"wave:{wave_id}:0"


def unwritten(tx: Connected, campaign: str, kind: str) -> int:
    """How many recipients of a broadcast have no delivery yet: they are written in parts."""
    return int(tx.connection.execute(people_unwritten(campaign, kind)).scalar_one())


def people_unwritten(campaign: str, kind: str) -> Select[int]:
    people = func.coalesce(func.sum(fan_out_part.c.people), 0)
    mine = fan_out_part.c.campaign == campaign, fan_out_part.c.kind == kind
    return select(people).where(*mine)


def undone(tx: Connected, subject: UUID, act: str) -> int:
    """For how many people an act about a subject has still to be done (``deliveries.ACTS``)."""
    people = func.coalesce(func.sum(fan_out_part.c.people), 0)
    mine = (fan_out.c.subject == subject, fan_out.c.act == act)
    found = select(people).select_from(fanned_out).where(*mine)
    return int(tx.connection.execute(found).scalar_one())


def all_undone(tx: Connected, subject: UUID) -> Counter[str]:
    """The same of every act about a subject, by one statement."""
    found = select(fan_out.c.act, func.sum(fan_out_part.c.people)).select_from(fanned_out)
    rows = tx.connection.execute(found.where(fan_out.c.subject == subject).group_by(fan_out.c.act))
    return Counter({act: int(people) for act, people in rows})


def people_undone(tx: Connected, subject: UUID, act: str) -> frozenset[UUID]:
    """For whom an act about a subject has still to be done."""
    found = select(fan_out_part.c.recipients).select_from(fanned_out)
    mine = fan_out.c.subject == subject, fan_out.c.act == act
    parts = tx.connection.execute(found.where(*mine)).scalars()
    return frozenset(one for part in parts for one in recipients_of(part))


def recipients_of(part: str) -> Sequence[UUID]:
    """The people of a part, as its row keeps them."""
    return [UUID(part[at : at + 32]) for at in range(0, len(part), 32)]


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


def drop_halted(tx: Connected, deliveries: Collection[UUID]) -> int:
    """Take those of some deliveries whose campaign was stopped out of the queue; how many. No
    others: a campaign may have thousands, and its own fan-out drops them part by part."""
    return tx.connection.execute(_DROP, {"b_ids": list(deliveries)}).rowcount


def mark_recalled(tx: Connected, recalls: Iterable[Claimed]) -> None:
    """The messages that these took back are not there any more."""
    rows = [
        {"b_campaign": campaign_of(one.subject), "b_recipient": one.recipient} for one in recalls
    ]
    tx.connection.execute(_MARK_RECALLED, rows)


_SAME = and_(fan_out_part.c.campaign == fan_out.c.campaign, fan_out_part.c.kind == fan_out.c.kind)
fanned_out = fan_out.join(fan_out_part, _SAME)
"""What has still to be done, with the people of each part."""

_HALTED = select(halt.c.subject)
_WHY_ONE = select(halt.c.why).where(halt.c.subject == bindparam("b_subject"))
_DROP = (
    update(delivery)
    .where(
        delivery.c.id.in_(bindparam("b_ids", expanding=True)),
        delivery.c.kind.in_(STOPPABLE),
        delivery.c.state == "queued",
        delivery.c.subject.in_(_HALTED),
    )
    .values(
        state="recalled",
        why=select(halt.c.why).where(halt.c.subject == delivery.c.subject).scalar_subquery(),
        lease_until=None,
    )
)
_MARK_RECALLED = (
    update(delivery)
    .where(
        delivery.c.campaign == bindparam("b_campaign"),
        delivery.c.kind == "notice",
        delivery.c.recipient == bindparam("b_recipient"),
    )
    .values(state="recalled", why=DeliveryReason.RECALLED)
)
