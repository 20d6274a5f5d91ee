"""What a chair does with several items at once, and the agenda, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select, update

from governance.announcements.model import AnnouncementState
from governance.chairs.bulk import Became, Bulk, BulkAct, BulkItem
from governance.feedback.model import Item, ItemState
from storage.announcements import Announcements
from storage.digest_tables import bulk, bulk_item
from storage.docket_tables import item_link, recommendation
from storage.feedback import item_from
from storage.ledger_tables import audit
from storage.matter_tables import item_vector
from storage.matters import row_by_row, stands_alone
from storage.occurrences import Occurrences
from storage.tables import item

LEAVES = "leave-together"


class Bulks(Announcements, Occurrences):
    def add_bulk(self, new: Bulk) -> bool:
        row = {
            "id": new.id,
            "queue": new.queue,
            "act": new.act,
            "to_queue": new.to,
            "by_person": new.by,
            "at": new.at,
            "leaves_at": new.leaves_at,
            "ended_at": None,
            "undone": None,
        }
        if not self.insert_new(bulk, row):
            return False
        self.insert_new(
            bulk_item,
            [
                {"bulk_id": new.id, "item_id": one.item_id, "words": one.words, "became": None}
                for one in new.items
            ],
        )
        self.schedule(LEAVES, new.id, new.leaves_at)
        return True

    def bulk(self, bulk_id: UUID) -> Bulk | None:
        row = self.connection.execute(select(bulk).where(bulk.c.id == bulk_id)).first()
        return self._bulk_from(row) if row else None

    def bulks_of(self, queue: str, since: datetime) -> Sequence[Bulk]:
        rows = self.connection.execute(
            select(bulk)
            .where(bulk.c.queue == queue, or_(bulk.c.ended_at.is_(None), bulk.c.ended_at > since))
            .order_by(bulk.c.at.desc())
        ).all()
        return [self._bulk_from(row) for row in rows]

    def end_bulk(self, bulk_id: UUID, now: datetime, *, undone: bool) -> bool:
        ended = self.connection.execute(
            update(bulk)
            .where(bulk.c.id == bulk_id, bulk.c.ended_at.is_(None))
            .values(ended_at=now, undone="yes" if undone else None)
        )
        if undone and ended.rowcount:
            self.connection.execute(
                update(bulk_item).where(bulk_item.c.bulk_id == bulk_id).values(words=None)
            )
        return bool(ended.rowcount)

    def note_became(self, bulk_id: UUID, item_id: UUID, became: Became) -> None:
        """The words are the item's from now on: here they would outlive it."""
        self.connection.execute(
            update(bulk_item)
            .where(bulk_item.c.bulk_id == bulk_id, bulk_item.c.item_id == item_id)
            .values(became=became, words=None)
        )

    def answered_in(self, queue: str, since: datetime, *, most: int = 200) -> Sequence[Item]:
        answered = (
            select(audit.c.subject, func.max(audit.c.at).label("at"))
            .where(audit.c.what == "answered", audit.c.at >= since)
            .group_by(audit.c.subject)
            .subquery()
        )
        rows = self.connection.execute(
            select(item)
            .join(answered, answered.c.subject == item.c.id)
            .where(
                row_by_row(item.c.queue) == queue,
                row_by_row(item.c.state) == ItemState.ANSWERED,
                stands_alone(),
            )
            .order_by(answered.c.at.desc())
            .limit(most)
        )
        return [item_from(row) for row in rows]

    def vectors_of(self, items: Collection[UUID]) -> dict[UUID, bytes]:
        rows = self.connection.execute(
            select(item_vector.c.item_id, item_vector.c.vector).where(
                item_vector.c.item_id.in_(list(items))
            )
        )
        return {row.item_id: row.vector for row in rows}

    def announced_about(self, items: Collection[UUID]) -> dict[UUID, str]:
        rows = self.connection.execute(
            select(item_link.c.item_id, item_link.c.key)
            .where(item_link.c.kind == "announcement", item_link.c.item_id.in_(list(items)))
            .order_by(item_link.c.at)
        ).all()
        sent = {
            str(one.id): one.change.title.default
            for one in (self.announcements() if rows else ())
            if one.state is AnnouncementState.SENDING and one.recalled_at is None
        }
        return {row.item_id: sent[row.key] for row in rows if row.key in sent}

    def recommendations_for_agenda(
        self, queue: str, since: datetime
    ) -> Sequence[tuple[str, bool | None, str]]:
        told = recommendation.c
        rows = self.connection.execute(
            select(told.title, told.state, told.decided_at, told.reason)
            .where(told.queue == queue, or_(told.decided_at.is_(None), told.decided_at >= since))
            .order_by(told.written_at)
        )
        return [
            (
                row.title,
                row.state == "accepted" if row.decided_at is not None else None,
                row.reason or "",
            )
            for row in rows
        ]

    def _bulk_from(self, row: Row[Any]) -> Bulk:
        items = self.connection.execute(
            select(bulk_item).where(bulk_item.c.bulk_id == row.id).order_by(bulk_item.c.item_id)
        )
        return Bulk(
            id=row.id,
            queue=row.queue,
            act=BulkAct(row.act),
            to=row.to_queue or "",
            by=row.by_person,
            at=row.at,
            leaves_at=row.leaves_at,
            items=tuple(
                BulkItem(
                    item_id=one.item_id,
                    words=one.words or "",
                    became=Became(one.became) if one.became else None,
                )
                for one in items
            ),
            ended_at=row.ended_at,
            undone=row.undone == "yes",
        )
