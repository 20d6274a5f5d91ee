"""What committees asked authors, what these replied, and words that wait for a yes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, select, update

from governance.conversations.model import Exchange
from governance.faq.model import Offer
from storage.connection import Connected, read_once
from storage.exchange_tables import held_words as held
from storage.exchange_tables import item_exchange as said


class Conversations(Connected):
    """Implements ``governance.anonymous.ports``: ``ConversationStore`` and ``HeldWordsStore``."""

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

    @read_once
    def exchanges(self, item_id: UUID) -> tuple[Exchange, ...]:
        rows = self.connection.execute(
            select(said).where(said.c.item_id == item_id).order_by(said.c.number)
        )
        return tuple(exchange_from(row) for row in rows)

    def exchanges_of_each(self, items: Collection[UUID]) -> dict[UUID, tuple[Exchange, ...]]:
        found: dict[UUID, tuple[Exchange, ...]] = {}
        if not items:
            return found
        wanted = select(said).where(said.c.item_id.in_(list(items))).order_by(said.c.number)
        for row in self.connection.execute(wanted):
            found[row.item_id] = (*found.get(row.item_id, ()), exchange_from(row))
        self.keep("exchanges", items, found, nothing=())
        return found

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

    def hold_words(
        self,
        item_id: UUID,
        person_id: UUID,
        words: str,
        now: datetime,
        offer: Offer | None = None,
    ) -> None:
        encrypted = self.vault.encrypt("held-words", item_id, words.encode())
        row = {"item_id": item_id, "person_id": person_id, "encrypted": encrypted, "at": now}
        self.insert_new(held, row | (vars(offer) if offer else {}))

    def held_words(self, item_id: UUID, person_id: UUID, since: datetime) -> str | None:
        encrypted = self.connection.execute(
            select(held.c.encrypted).where(_mine(item_id, person_id), held.c.at >= since)
        ).scalar()
        if encrypted is None:
            return None
        return self.vault.decrypt("held-words", item_id, encrypted).decode()

    def last_held(self, person_id: UUID, since: datetime) -> UUID | None:
        found: UUID | None = self.connection.execute(
            select(held.c.item_id)
            .where(held.c.person_id == person_id, held.c.at >= since)
            .order_by(held.c.at.desc(), held.c.item_id)
            .limit(1)
        ).scalar()
        return found

    def drop_words(self, item_id: UUID, person_id: UUID) -> bool:
        gone = delete(held).where(_mine(item_id, person_id))
        dropped = self.connection.execute(gone).rowcount > 0
        self.wants_rewrite = self.wants_rewrite or dropped
        return dropped

    def forget_words(self, before: datetime) -> int:
        gone = self.connection.execute(delete(held).where(held.c.at < before)).rowcount
        self.wants_rewrite = self.wants_rewrite or gone > 0
        return gone


def _mine(item_id: UUID, person_id: UUID) -> ColumnElement[bool]:
    return (held.c.item_id == item_id) & (held.c.person_id == person_id)


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
