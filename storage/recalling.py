"""What was sent is taken back or drawn again: the deliveries that do it, beside those that
they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, select

from core.people import Platform
from scheduler.delivery import RECALL, RENEWED
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
        self,
        sent: Sequence[tuple[Row[*tuple[Any, ...]], str]],
        now: datetime,
        turns: dict[str, int] | None = None,
    ) -> None:
        """Take sent messages back, each by a campaign: before all else, and in quiet hours too,
        for it disturbs nobody."""
        self._queue_about([(row, campaign, RECALL) for row, campaign in sent], now, turns)

    def renew_sent(self, kind: str, subject: UUID, now: datetime) -> None:
        """Draw the messages of a kind about a subject again where they stand in chats. A page is
        drawn when somebody looks at it."""
        sent = self.connection.execute(
            select(delivery).where(
                delivery.c.subject == subject,
                delivery.c.kind == kind,
                delivery.c.state == "sent",
                delivery.c.platform != Platform.WEB,
                delivery.c.reference.is_not(None),
            )
        ).all()
        moment = int(now.timestamp() * 1000)  # what has changed again is drawn again
        again = [(row, f"{row.campaign}:{moment}", f"{kind}{RENEWED}") for row in sent]
        self._queue_about(again, now)

    def _queue_about(
        self,
        sent: Sequence[tuple[Row[*tuple[Any, ...]], str, str]],
        now: datetime,
        turns: dict[str, int] | None = None,
    ) -> None:
        """Deliveries about sent messages, each with its campaign and kind."""
        if not sent:
            return
        lanes = [recall_lane(row.lane) if row.lane else None for row, _, _ in sent]
        rows = [
            {
                **{name: getattr(row, name) for name in _CARRIED},
                "id": uuid4(),
                "campaign": campaign,
                "kind": kind,
                "lane": lane,
                "turn": turn,
                "state": "queued",
                "priority": URGENT,
                "not_before": now,
                "queued_at": now,
                "attempts": 0,
            }
            for (row, campaign, kind), lane, turn in zip(
                sent, lanes, self._turns(lanes, URGENT, turns), strict=True
            )
        ]
        self.insert_new(delivery, rows)
