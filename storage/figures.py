"""Figures of the lanes as they stand, for whoever watches the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from scheduler.lanes import Budget
from scheduler.observing import LaneFigures
from scheduler.pacing import rate_now
from storage.claiming import learned_from
from storage.ledger_tables import delivery, lane
from storage.transaction import Transaction

_MOST_LANES = 2000
"""Beyond it the page would be too long to read; no district has as many workspaces."""


def lanes() -> Select[Any]:
    """Every lane that was ever served, with how many wait in it and since when the first may go.
    What is read are the index's entries of what waits, not the messages that are done."""
    mine = (delivery.c.lane == lane.c.key, delivery.c.state == "queued")
    queued = select(func.count()).where(*mine).scalar_subquery()
    due = select(func.min(delivery.c.not_before)).where(*mine).scalar_subquery()
    return (
        select(lane, queued.label("queued"), due.label("due"))
        .order_by(lane.c.key)
        .limit(_MOST_LANES)
    )


def lane_figures(
    tx: Transaction, now: datetime, budget_of: Callable[[str], Budget]
) -> Sequence[LaneFigures]:
    """The lanes as they stand."""
    return [
        LaneFigures(
            lane=row.key,
            queued=row.queued,
            overdue=_seconds(row.due, now),
            blocked=_seconds(now, row.blocked_until),
            rate=rate_now(budget_of(row.key), learned_from(row), now),
        )
        for row in tx.connection.execute(lanes())
    ]


def _seconds(first: datetime | None, then: datetime | None) -> float:
    """From one moment to another, 0 where it is the other way round or there is none."""
    return max((then - first).total_seconds(), 0.0) if first and then else 0.0
