"""Feedback items, their encrypted originals and their moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, func, select, union_all, update

from core.people import Level, Role
from governance.committees.model import RESTRICTED
from governance.encoding import reading_from_json, reading_to_json
from governance.feedback.model import (
    OPEN_STATES,
    READS_AS_DANGER,
    Danger,
    Item,
    ItemState,
    Naming,
)
from governance.ports import Move
from scheduler.trips import current_trip
from storage.anonymous_tables import kept_news
from storage.connection import read_once
from storage.matter_tables import item_matter
from storage.matters import Matters, is_open, stands_alone
from storage.tables import item, item_move, item_original


def _open_in(queue: str, most: int) -> Select[Any]:
    """The open items of a queue that are due first."""
    here = select(item).where(item.c.queue == queue, stands_alone(), is_open())
    return here.order_by(item.c.due_at, item.c.received_at, item.c.id).limit(most)


def _done_in(queue: str, most: int) -> Select[Any]:
    """The newest items of a queue in which nothing is to be done anymore."""
    done = item.c.state.not_in([*OPEN_STATES, ItemState.HANDED_OVER])
    here = select(item).where(item.c.queue == queue, stands_alone(), done)
    return here.order_by(item.c.received_at.desc()).limit(most)


class Feedback(Matters):
    """Feedback inside one transaction."""

    def add_item(self, new: Item, original: str) -> bool:
        if not self.insert_new(item, {**_row(new), "trip": current_trip() if new.author else None}):
            return False
        self.connection.execute(
            item_original.insert(),
            {
                "item_id": new.id,
                "encrypted": self.vault.encrypt("feedback", new.id, original.encode()),
            },
        )
        return True

    @read_once
    def item(self, item_id: UUID) -> Item | None:
        row = self.connection.execute(select(item).where(item.c.id == item_id)).first()
        return item_from(row) if row else None

    def original(self, item_id: UUID) -> str | None:
        encrypted = self.connection.execute(
            select(item_original.c.encrypted).where(item_original.c.item_id == item_id)
        ).scalar()
        if encrypted is None:
            return None
        return self.vault.decrypt("feedback", item_id, encrypted).decode()

    def trip_of(self, item_id: UUID) -> str | None:
        """The trip that brought an item."""
        found: str | None = self.connection.execute(
            select(item.c.trip).where(item.c.id == item_id)
        ).scalar()
        return found

    def update_item(self, changed: Item) -> None:
        row = _row(changed)
        # Only ``hold_back`` and ``release_danger`` change what is known of danger: a caller that
        # loaded the item before that must not put it back. What reads as danger is held by itself.
        held = Danger.HELD if changed.held_back else None
        kept = func.coalesce(item.c.danger, held)
        self.connection.execute(
            update(item).where(item.c.id == changed.id).values({**row, "danger": kept})
        )
        self.mirror(changed.id, row)

    def hold_back(self, item_id: UUID) -> None:
        self._mark(item_id, Danger.HELD)

    def release_danger(self, item_id: UUID) -> None:
        self._mark(item_id, Danger.RELEASED)

    def note_harmless(self, item_id: UUID) -> None:
        self._mark(item_id, None)

    def _mark(self, item_id: UUID, danger: Danger | None) -> None:
        self.connection.execute(update(item).where(item.c.id == item_id).values(danger=danger))

    def to_read_again(
        self, *, most: int = 20, but: Collection[UUID] = frozenset()
    ) -> Sequence[UUID]:
        return (
            self.connection.execute(
                select(item.c.id)
                .where(item.c.danger == Danger.UNREAD, item.c.id.not_in(but))
                .order_by(item.c.id)
                .limit(most)
            )
            .scalars()
            .all()
        )

    def withdrawn(self) -> Sequence[UUID]:
        return self.connection.execute(self._withdrawn(item.c.id)).scalars().all()

    def withdrawn_from(self, queue: str) -> int:
        found = self._withdrawn(func.count(item.c.id.distinct())).where(
            item_move.c.came_from == queue
        )
        return int(self.connection.execute(found).scalar_one())

    def _withdrawn(self, column: ColumnElement[Any]) -> Select[Any]:
        """Of what is held and was taken from a queue for that."""
        moved = item_move.c.item_id == item.c.id
        return (
            select(column)
            .join(item_move, moved)
            .where(
                item.c.queue == RESTRICTED,
                item.c.danger == Danger.HELD,
                item_move.c.why == READS_AS_DANGER,
            )
        )

    def items_in(self, queue: str, *, most: int = 200) -> Sequence[Item]:
        found = [*self.connection.execute(_open_in(queue, most))]
        if len(found) < most:
            found += self.connection.execute(_done_in(queue, most - len(found)))
        return [item_from(row) for row in found]

    def items_in_each(
        self, queues: Collection[str], *, most: int = 200
    ) -> Mapping[str, Sequence[Item]]:
        found: dict[str, list[Item]] = {one: [] for one in queues}
        for newest in (_open_in, _done_in):
            left = {one: most - len(some) for one, some in found.items() if len(some) < most}
            if left:
                parts = (newest(queue, n).subquery() for queue, n in left.items())
                for row in self.connection.execute(union_all(*(select(one) for one in parts))):
                    found[row.queue].append(item_from(row))
        return found

    def open_items_in(self, queue: str) -> Sequence[Item]:
        rows = self.connection.execute(
            select(item).where(item.c.queue == queue, item.c.state.in_(OPEN_STATES), stands_alone())
        )
        return [item_from(row) for row in rows]

    def items_by(self, author: UUID, *, most: int = 50) -> Sequence[Item]:
        rows = self.connection.execute(
            select(item)
            .where(item.c.author == author)
            .order_by(item.c.received_at.desc())
            .limit(most)
        )
        return [item_from(row) for row in rows]

    def being_read(self, author: UUID, *, most: int = 50) -> frozenset[UUID]:
        mine = select(item.c.id, item.c.state).where(item.c.author == author)
        newest = mine.order_by(item.c.received_at.desc()).limit(most).subquery()
        found = select(newest.c.id).where(newest.c.state == ItemState.RECEIVED)
        return frozenset(self.connection.scalars(found))

    @read_once
    def kept_with(self, lead: UUID) -> Sequence[Item]:
        rows = self.connection.execute(
            select(item)
            .join(item_matter, item_matter.c.item_id == item.c.id)
            .where(item_matter.c.lead_id == lead)
            .order_by(item.c.received_at, item.c.id)
        )
        return [item_from(row) for row in rows]

    def unread_items(
        self, *, most: int = 20, but: Collection[UUID] = frozenset()
    ) -> Sequence[UUID]:
        """The oldest first."""
        return (
            self.connection.execute(
                select(item.c.id)
                .where(item.c.state == ItemState.RECEIVED, item.c.id.not_in(but))
                .order_by(item.c.received_at, item.c.id)
                .limit(most)
            )
            .scalars()
            .all()
        )

    def keep_news(self, item_id: UUID, news: str, now: datetime) -> None:
        self.insert_new(kept_news, {"item_id": item_id, "news": news, "at": now})

    def news_of(self, item_id: UUID) -> Sequence[tuple[str, datetime]]:
        rows = self.connection.execute(
            select(kept_news.c.news, kept_news.c.at)
            .where(kept_news.c.item_id == item_id)
            .order_by(kept_news.c.at, kept_news.c.news)
        )
        return [(row.news, row.at) for row in rows]

    def add_move(self, item_id: UUID, move: Move) -> None:
        self.connection.execute(
            item_move.insert(),
            {
                "id": uuid4(),
                "item_id": item_id,
                "came_from": move.came_from,
                "went_to": move.went_to,
                "why": move.why,
                "by_person": move.by,
                "at": move.at,
            },
        )

    @read_once
    def moves(self, item_id: UUID) -> Sequence[Move]:
        return self._moves_of_each([item_id]).get(item_id, ())

    def _moves_of_each(self, items: Sequence[UUID]) -> dict[UUID, list[Move]]:
        rows = self.connection.execute(
            select(item_move).where(item_move.c.item_id.in_(items)).order_by(item_move.c.at)
        )
        found: dict[UUID, list[Move]] = {}
        for r in rows:
            move = Move(
                came_from=r.came_from, went_to=r.went_to, why=r.why, by=r.by_person, at=r.at
            )
            found.setdefault(r.item_id, []).append(move)
        return found


def _row(one: Item) -> dict[str, Any]:
    return {
        "id": one.id,
        "author": one.author,
        "naming": one.naming,
        "role": one.role,
        "level": one.level,
        "received_at": one.received_at,
        "state": one.state,
        "queue": one.queue,
        "reading": reading_to_json(one.reading) if one.reading else None,
        "theme": next(iter(one.reading.themes), None) if one.reading else None,
        "due_at": one.due_at,
        "answer": one.answer,
        "answered_by": one.answered_by,
        "moves": one.moves,
        "assigned_to": one.assigned_to,
        "about": one.about or None,
        "danger": one.danger,
    }


def item_from(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        author=row.author,
        naming=Naming(row.naming),
        role=Role(row.role) if row.role else None,
        level=Level(row.level) if row.level else None,
        received_at=row.received_at,
        state=ItemState(row.state),
        queue=row.queue,
        reading=reading_from_json(row.reading) if row.reading else None,
        due_at=row.due_at,
        answer=row.answer,
        answered_by=row.answered_by,
        moves=row.moves,
        assigned_to=row.assigned_to,
        about=row.about or "",
        danger=Danger(row.danger) if row.danger else None,
    )
