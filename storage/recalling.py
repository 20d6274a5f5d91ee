"""Taking back what was sent: the deliveries that do it, beside those that they take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row

from scheduler.delivery import RECALL
from scheduler.lanes import recall_lane
from storage.deliveries import Deliveries
from storage.holding import URGENT
from storage.ledger_tables import delivery

_CARRIED = (
    "recipient",
    "subject",
    "person_id",
    "platform",
    "workspace",
    "conversation",
    "service_url",
    "reference",
)


class Recalling(Deliveries):
    """Inside one transaction."""

    def queue_recalls(
        self, sent: Sequence[tuple[Row[*tuple[Any, ...]], str]], now: datetime
    ) -> int:
        """Take sent messages back, each by a campaign: before all else, and in quiet hours too,
        for it disturbs nobody. How many were not on their way back yet."""
        lanes = [recall_lane(row.lane) if row.lane else None for row, _ in sent]
        rows = [
            {
                **{name: getattr(row, name) for name in _CARRIED},
                "id": uuid4(),
                "campaign": campaign,
                "kind": RECALL,
                "lane": lane,
                "turn": turn,
                "state": "queued",
                "priority": URGENT,
                "not_before": now,
                "queued_at": now,
                "attempts": 0,
            }
            for (row, campaign), lane, turn in zip(
                sent, lanes, self._turns(lanes, URGENT), strict=True
            )
        ]
        return self.insert_new(delivery, rows)
