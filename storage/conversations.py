"""What committees asked authors, and what these replied."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from governance.conversation import Exchange
from storage.connection import Connected
from storage.exchange_tables import item_exchange as said


class Conversations(Connected):
    """Implements ``governance.anonymous_ports.ConversationStore``."""

    def add_exchange(self, exchange: Exchange, original: str | None = None) -> bool:
        row = {
            "id": exchange.id,
            "item_id": exchange.item_id,
            "number": exchange.number,
            "asked_by": exchange.asked_by,
            "queue": exchange.queue,
            "words": exchange.words,
            "encrypted": self.vault.encrypt("reply", exchange.id, original.encode())
            if original is not None
            else None,
            "at": exchange.at,
        }
        return bool(self.insert_new(said, row))

    def exchanges(self, item_id: UUID) -> tuple[Exchange, ...]:
        rows = self.connection.execute(
            select(said).where(said.c.item_id == item_id).order_by(said.c.number)
        )
        return tuple(exchange_from(row) for row in rows)

    def exchange(self, exchange_id: UUID) -> Exchange | None:
        row = self.connection.execute(select(said).where(said.c.id == exchange_id)).first()
        return exchange_from(row) if row else None

    def reply_original(self, exchange_id: UUID) -> str | None:
        encrypted = self.connection.execute(
            select(said.c.encrypted).where(said.c.id == exchange_id)
        ).scalar()
        if encrypted is None:
            return None
        return self.vault.decrypt("reply", exchange_id, encrypted).decode()

    def keep_reply(self, exchange_id: UUID, words: str, *, original: bool) -> None:
        changed: dict[str, Any] = {"words": words}
        if not original:
            changed["encrypted"] = None
        self.connection.execute(update(said).where(said.c.id == exchange_id).values(changed))

    def unread_replies(
        self, *, most: int = 20, but: Collection[UUID] = frozenset()
    ) -> Sequence[UUID]:
        waiting = (
            select(said.c.id)
            .where(said.c.words.is_(None), said.c.id.not_in(but))
            .order_by(said.c.at, said.c.id)
            .limit(most)
        )
        return self.connection.execute(waiting).scalars().all()

    def forget_replies(self, before: datetime) -> int:
        old = (
            update(said)
            .where(said.c.at < before, said.c.encrypted.is_not(None), said.c.words.is_not(None))
            .values(encrypted=None)
        )
        gone = self.connection.execute(old).rowcount
        self.wants_rewrite = self.wants_rewrite or gone > 0
        return gone


def exchange_from(row: Row[Any]) -> Exchange:
    return Exchange(
        id=row.id,
        item_id=row.item_id,
        number=row.number,
        words=row.words,
        at=row.at,
        asked_by=row.asked_by,
        queue=row.queue,
    )
