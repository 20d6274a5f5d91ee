"""What is handed to the help desk, and what is sensitive and was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from core.people import Platform
from governance.committees.model import RESTRICTED
from governance.feedback.model import OPEN_STATES, Item, ItemState
from governance.help_desk.model import HandOver, HandOverState
from scheduler.lanes import HELP_DESK
from storage.connection import read_once
from storage.deliveries import Deliveries
from storage.feedback import item_from
from storage.holding import ROUTINE
from storage.tables import item
from storage.urgent_tables import hand_over, restricted_opening


class HandingOver(Deliveries):
    """Inside one transaction."""

    # -- the help desk --------------------------------------------------------------------------

    def has_help_desk(self) -> bool:
        return self.surroundings.help_desk

    def add_hand_over(self, new: HandOver) -> bool:
        return bool(self.insert_new(hand_over, _row(new)))

    def hand_over(self, item_id: UUID) -> HandOver | None:
        wanted = select(hand_over).where(hand_over.c.item_id == item_id)
        row = self.connection.execute(wanted).first()
        if row is None:
            return None
        return HandOver(
            item_id=row.item_id,
            state=HandOverState(row.state),
            offered_at=row.offered_at,
            decided_at=row.decided_at,
            contact=row.contact,
            queue=row.queue,
            theme=row.theme,
            number=row.number or "",
            why=row.why or "",
        )

    def put_hand_over(self, changed: HandOver) -> None:
        self.connection.execute(
            update(hand_over).where(hand_over.c.item_id == changed.item_id).values(_row(changed))
        )

    def handed_over_in(self, queue: str) -> Sequence[tuple[str, int]]:
        rows = self.connection.execute(
            select(func.coalesce(hand_over.c.theme, ""), func.count())
            .select_from(hand_over)
            .join(item, item.c.id == hand_over.c.item_id)
            .where(item.c.queue == queue, item.c.state == ItemState.HANDED_OVER)
            .group_by(hand_over.c.theme)
            .order_by(func.count().desc(), hand_over.c.theme)
        )
        return [(theme, count) for theme, count in rows]

    def deliver_to_help_desk(
        self, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        row = {
            "recipient": HELP_DESK,
            "person_id": None,
            "platform": Platform.WEB,
            "workspace": "",
            "conversation": HELP_DESK,
            "service_url": None,
            "lane": HELP_DESK,
        }
        self._insert_deliveries(
            [row], campaign=campaign, kind=kind, subject=subject, now=now, priority=ROUTINE
        )

    # -- what is sensitive ----------------------------------------------------------------------

    def note_opening(self, item_id: UUID, person_id: UUID, now: datetime) -> None:
        row = {"item_id": item_id, "opened_by": person_id, "opened_at": now}
        self.insert_new(restricted_opening, row)
        self.within.pop(("was_opened", item_id), None)  # where this transaction asked before

    def forget_opening(self, item_id: UUID) -> None:
        gone = delete(restricted_opening).where(restricted_opening.c.item_id == item_id)
        self.connection.execute(gone)

    @read_once
    def was_opened(self, item_id: UUID) -> bool:
        found = select(restricted_opening.c.item_id).where(restricted_opening.c.item_id == item_id)
        return self.connection.execute(found).first() is not None

    def opened_among(self, items: Collection[UUID]) -> frozenset[UUID]:
        if not items:
            return frozenset()
        opened = restricted_opening.c.item_id
        wanted = select(opened).where(opened.in_(list(items)))
        found = frozenset(self.connection.execute(wanted).scalars())
        self.keep("was_opened", items, {one: one in found for one in items})
        return found

    def unopened_items(self) -> Sequence[Item]:
        opened = select(restricted_opening.c.item_id).where(
            restricted_opening.c.item_id == item.c.id
        )
        rows = self.connection.execute(
            select(item)
            .where(item.c.queue == RESTRICTED, item.c.state.in_(OPEN_STATES), ~opened.exists())
            .order_by(item.c.received_at)
        )
        return [item_from(row) for row in rows]


def _row(one: HandOver) -> dict[str, Any]:
    return {
        "item_id": one.item_id,
        "state": one.state,
        "offered_at": one.offered_at,
        "decided_at": one.decided_at,
        "contact": one.contact,
        "queue": one.queue,
        "theme": one.theme,
        "number": one.number or None,
        "why": one.why or None,
    }
