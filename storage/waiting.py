"""What waits for the operator since the database was restored (``storage.restoring``), and what
happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, select, update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import RESTORED
from storage.connection import Connected
from storage.deliveries import ACTS
from storage.ledger_tables import (
    delivery,
    fan_out,
    fan_out_part,
    lane,
    lineage,
    restored_wave,
    waits_since_restore,
)

LOOKED_BACK = timedelta(days=6)
"""Younger messages can be found in Slack, which looks back for a week."""


class Decision(StrEnum):
    """What becomes of messages that wait because the database was restored."""

    SEND = "send"
    DROP = "drop"
    ASK = "ask"
    """Slack is asked whether they are there; what surely is not is sent."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Messages of one campaign and kind to one platform, of which it is not known whether they were
    sent before. ``askable``: so many of them can be looked for. ``unwritten``: recipients of a
    broadcast beside them that have no message yet."""

    campaign: str
    kind: str
    subject: UUID
    platform: str
    people: int
    askable: int
    first: datetime
    last: datetime
    unwritten: int = 0


@dataclass(frozen=True, kw_only=True)
class Restored:
    """The newest restore. ``as_of``: how old the state is to which the database was put back."""

    noticed_at: datetime
    as_of: datetime | None


_WAITS = and_(waits_since_restore, delivery.c.state.in_(("queued", "unknown")))


class SinceRestore(Connected):
    """Inside one transaction."""

    def waiting_since_restore(self) -> tuple[int, int]:
        return how_much_waits(self)

    def restored_since(self, at: datetime) -> bool:
        restored = last_restore(self)
        return restored is not None and at <= restored.noticed_at


def last_restore(tx: Connected) -> Restored | None:
    """None: this database was never restored, as far as it knows."""
    row = tx.connection.execute(
        select(lineage.c.noticed_at, lineage.c.as_of)
        .where(lineage.c.noticed_at.is_not(None))
        .order_by(lineage.c.number.desc())
        .limit(1)
    ).first()
    return Restored(noticed_at=row.noticed_at, as_of=row.as_of) if row else None


def waiting_messages(tx: Connected, now: datetime) -> Sequence[Waiting]:
    """By campaign, kind and platform, the largest first."""
    known, people = _askable(tx, now), func.count().label("people")
    rows = tx.connection.execute(
        select(
            delivery.c.campaign,
            delivery.c.kind,
            delivery.c.subject,
            delivery.c.platform,
            people,
            func.sum(case((known, 1), else_=0)).label("askable"),
            func.min(delivery.c.queued_at).label("first"),
            func.max(delivery.c.queued_at).label("last"),
        )
        .where(_WAITS)
        .group_by(delivery.c.campaign, delivery.c.kind, delivery.c.subject, delivery.c.platform)
        .order_by(people.desc(), delivery.c.campaign, delivery.c.platform)
    ).all()
    parts = _unwritten(tx)
    found = []
    for row in rows:
        unwritten = parts.pop((row.campaign, row.kind), 0)
        found.append(Waiting(**row._asdict(), unwritten=unwritten))
    return found


def _unwritten(tx: Connected) -> dict[tuple[str, str], int]:
    same = and_(
        fan_out.c.campaign == fan_out_part.c.campaign, fan_out.c.kind == fan_out_part.c.kind
    )
    sending = [name for name, act in ACTS.items() if act.sends]
    rows = tx.connection.execute(
        select(fan_out.c.campaign, fan_out.c.kind, func.sum(fan_out_part.c.people))
        .join(fan_out_part, same)
        .where(fan_out.c.restored, fan_out.c.act.in_(sending))
        .group_by(fan_out.c.campaign, fan_out.c.kind)
    )
    return {(campaign, kind): int(people) for campaign, kind, people in rows}


def is_being_written(tx: Connected) -> bool:
    """Whether messages that are to wait are not all written yet."""
    return bool(_unwritten(tx))


def how_much_waits(tx: Connected) -> tuple[int, int]:
    """How many messages wait for the operator, and how many surveys."""
    if last_restore(tx) is None:
        return 0, 0
    messages = select(func.count()).select_from(delivery).where(_WAITS)
    surveys = select(func.count()).select_from(restored_wave)
    written = tx.connection.execute(messages).scalar_one() + sum(_unwritten(tx).values())
    return int(written), tx.connection.execute(surveys).scalar_one()


def waiting_waves(tx: Connected) -> Sequence[UUID]:
    """Surveys whose results wait for the operator."""
    return (
        tx.connection.execute(select(restored_wave.c.wave_id).order_by(restored_wave.c.wave_id))
        .scalars()
        .all()
    )


def decide(tx: Connected, decision: Decision, now: datetime, campaign: str | None = None) -> int:
    """What becomes of the messages that wait; how many. ``campaign`` None: of all of them. Where
    Slack is to be asked, those that nobody can be asked about go on waiting."""
    mine = _WAITS
    if campaign is not None:
        mine = and_(mine, delivery.c.campaign == campaign)
    back = func.nullif(func.substr(delivery.c.lane, len(RESTORED) + 1), "")
    to: dict[str, Any] = {"lane": back, "why": None, "not_before": now, "looks": 0}
    match decision:
        case Decision.SEND:
            to |= {"state": "queued"}
        case Decision.DROP:
            to |= {"state": "recalled", "why": DeliveryReason.RESTORED_DROPPED}
        case Decision.ASK:
            mine = and_(mine, _askable(tx, now))
            keys = select(back).where(mine).distinct()
            lanes = sorted(tx.connection.execute(keys).scalars())
            new = {"arrival": now, "blocked_until": None, "epoch": 0}
            tx.insert_new(lane, [{"key": key, **new} for key in lanes])
            to |= {"state": "unknown", "why": DeliveryReason.RESTORED_ASKED}
    # What was stopped meanwhile is never claimed (``storage.claiming``).
    return tx.connection.execute(update(delivery).where(mine).values(to)).rowcount


def may_draw(tx: Connected, wave_id: UUID) -> None:
    """A survey waits no longer."""
    tx.connection.execute(delete(restored_wave).where(restored_wave.c.wave_id == wave_id))


def _askable(tx: Connected, now: datetime) -> ColumnElement[bool]:
    """Messages that were in the copy have the name under which they were sent; what was written
    after the restore has a new one, which Slack cannot know."""
    restored = last_restore(tx)
    return and_(
        delivery.c.platform == Platform.SLACK,
        delivery.c.person_id.is_not(None),
        delivery.c.lane != RESTORED,
        delivery.c.queued_at > now - LOOKED_BACK,
        delivery.c.queued_at < (restored.noticed_at if restored else now),
    )
