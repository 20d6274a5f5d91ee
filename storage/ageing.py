"""Deliveries that have been kept for long enough: deleted, and of campaigns the counts stay."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, or_, select

from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import RECALL
from storage.announcements import counted_as
from storage.deliveries import PART
from storage.ledger_tables import delivery, delivery_count
from storage.tallies import Tallies

_COUNTED = frozenset({"notice", "invitation", RECALL})
"""Kinds of which somebody is shown how many there were."""

_OVER = or_(
    delivery.c.state.not_in(("queued", "leased")),
    and_(delivery.c.state == "queued", delivery.c.lane.is_(None)),  # they never opened the chat
)


class Ageing(Tallies):
    """Deleting by age, inside one transaction."""

    def forget_deliveries(self, before: datetime) -> int:
        """Delete some of the deliveries that were queued before a moment and have come to an end,
        the oldest first; how many. What they had become stays counted."""
        old = (
            select(delivery.c.id)
            .where(delivery.c.queued_at < before, _OVER)
            .order_by(delivery.c.queued_at)
            .limit(PART)
        )
        gone = self.connection.execute(
            delete(delivery)
            .where(delivery.c.id.in_(old))
            .returning(
                delivery.c.campaign,
                delivery.c.kind,
                delivery.c.subject,
                delivery.c.state,
                delivery.c.lane,
                delivery.c.sent_at,
                delivery.c.why,
            )
        ).all()
        counts: Counter[tuple[str, str, str, UUID]] = Counter()
        for row in gone:
            if row.kind in _COUNTED:
                outcome = counted_as(
                    row.state,
                    no_address=row.lane is None,
                    unsent=row.sent_at is None,
                    spared=row.why == DeliveryReason.SPARED,
                )
                counts[row.campaign, row.kind, outcome, row.subject] += 1
        self._count(counts)
        return len(gone)

    def _count(self, counts: Counter[tuple[str, str, str, UUID]]) -> None:
        before = {
            (row.campaign, row.kind, row.outcome): row.people
            for row in self.connection.execute(
                select(delivery_count).where(
                    delivery_count.c.campaign.in_({campaign for campaign, *_ in counts})
                )
            )
        }
        rows = [
            {
                "campaign": campaign,
                "kind": kind,
                "outcome": outcome,
                "subject": subject,
                "people": people + before.get((campaign, kind, outcome), 0),
            }
            for (campaign, kind, outcome, subject), people in counts.items()
        ]
        self.put_all(delivery_count, rows, ("campaign", "kind", "outcome"))
