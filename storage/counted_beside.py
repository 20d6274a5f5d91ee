"""What is counted of announcements beside their deliveries, in one statement for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Uuid, cast, func, literal, null, select, union_all

from governance.announcements.model import Outcome
from scheduler.delivery import RECALL
from storage.connection import Connected
from storage.halting import TAKE_BACK, campaign_of, fanned_out, recall_of
from storage.ledger_tables import delivery, delivery_count, fan_out, fan_out_part, halt
from storage.tables import acknowledgement


@dataclass(frozen=True, kw_only=True)
class CountedBeside:
    """People, by announcement. ``forgotten``: also by what happened to it, where the deliveries are
    not kept anymore. ``to_write``: who has no delivery yet."""

    forgotten: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    read: Counter[UUID] = field(default_factory=Counter)
    to_write: Counter[UUID] = field(default_factory=Counter)
    recalling: Counter[UUID] = field(default_factory=Counter)
    stopped: set[UUID] = field(default_factory=set)


def counted_beside(tx: Connected, announcements: Iterable[UUID]) -> CountedBeside:
    ids, found = list(announcements), CountedBeside()
    if not ids:
        return found
    named = {which(one): one for one in ids for which in (campaign_of, recall_of)}
    rows: Iterable[Any] = tx.connection.execute(union_all(*_counts(ids)))
    for what, subject, label, people in rows:
        one = subject or named[label]
        match what:
            case "gone":
                found.forgotten[one, label] += people
            case "halt":
                found.stopped.add(one)
            case "read":
                found.read[one] += people
            case "write":
                found.to_write[one] += people
            case _:
                found.recalling[one] += people
    return found


def _counts(ids: Sequence[UUID]) -> list[Select[tuple[str, UUID | None, str, int]]]:
    """Each with what it counts, the announcement or its campaign, and how many people."""
    nobody, nothing = cast(null(), Uuid), literal("", String)
    campaigns = [campaign_of(one) for one in ids]
    undone = func.sum(fan_out_part.c.people)
    return [
        select(
            literal("gone", String).label("what"),
            delivery_count.c.subject,
            delivery_count.c.outcome,
            delivery_count.c.people,
        ).where(delivery_count.c.subject.in_(ids), delivery_count.c.kind == "notice"),
        select(literal("halt", String), halt.c.subject, nothing, literal(0)).where(
            halt.c.subject.in_(ids)
        ),
        select(literal("read", String), acknowledgement.c.announcement_id, nothing, func.count())
        .where(acknowledgement.c.announcement_id.in_(ids))
        .group_by(acknowledgement.c.announcement_id),
        select(literal("write", String), nobody, fan_out_part.c.campaign, undone)
        .where(fan_out_part.c.campaign.in_(campaigns), fan_out_part.c.kind == "notice")
        .group_by(fan_out_part.c.campaign),
        select(literal("recall", String), fan_out.c.subject, nothing, undone)
        .select_from(fanned_out)
        .where(fan_out.c.subject.in_(ids), fan_out.c.act == TAKE_BACK)
        .group_by(fan_out.c.subject),
        select(literal("recall", String), nobody, delivery.c.campaign, func.count())
        .where(
            delivery.c.subject.in_(ids),
            delivery.c.kind == RECALL,
            delivery.c.state.in_((Outcome.QUEUED, Outcome.LEASED)),
        )
        .group_by(delivery.c.campaign),
    ]
