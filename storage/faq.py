"""What is answered for everybody about a change, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, select, update

from governance.committees.model import RESTRICTED
from governance.faq.model import Asked, FaqEntry, Offer
from governance.feedback.model import OPEN_STATES, ItemState, Naming
from storage.connection import Connected
from storage.exchange_tables import held_words
from storage.faq_tables import faq_entry
from storage.tables import item
from surveys.encoding import text_from_data, text_to_data

_THERE = faq_entry.c.retired.is_(False)


class Faq(Connected):
    """Implements ``governance.faq.ports.FaqStore``."""

    def faq(self, change_id: UUID) -> Sequence[FaqEntry]:
        return self._entries(faq_entry.c.change_id == change_id)

    def faq_entry(self, entry_id: UUID) -> FaqEntry | None:
        return next(iter(self._entries(faq_entry.c.id == entry_id)), None)

    def _entries(self, which: ColumnElement[bool], *, most: int | None = None) -> list[FaqEntry]:
        wanted = select(faq_entry).where(which, _THERE).limit(most)
        rows = self.connection.execute(wanted.order_by(faq_entry.c.number, faq_entry.c.id))
        return [_entry_from(row) for row in rows]

    def put_faq_entry(self, entry: FaqEntry) -> bool:
        words = {"words": _words(entry), "vectors": None}
        same = faq_entry.c.id == entry.id
        if self.connection.execute(update(faq_entry).where(same, _THERE).values(words)).rowcount:
            return True
        row = {
            "id": entry.id,
            "change_id": entry.change_id,
            "number": entry.number,
            "helped": 0,
            "retired": False,
        }
        return bool(self.insert_new(faq_entry, row | words))

    def retire_faq_entry(self, entry_id: UUID) -> None:
        self._set(entry_id, retired=True)

    def count_helped(self, entry_id: UUID) -> None:
        self._set(entry_id, helped=faq_entry.c.helped + 1)

    def _set(self, entry_id: UUID, **values: object) -> None:
        same = faq_entry.c.id == entry_id
        self.connection.execute(update(faq_entry).where(same).values(values))

    # -- what they mean -------------------------------------------------------------------------

    def faq_meanings(self, change_id: UUID) -> Mapping[UUID, bytes]:
        known = select(faq_entry.c.id, faq_entry.c.vectors).where(
            faq_entry.c.change_id == change_id, faq_entry.c.vectors.is_not(None), _THERE
        )
        return {row.id: row.vectors for row in self.connection.execute(known)}

    def every_faq(self) -> Mapping[UUID, tuple[Sequence[FaqEntry], Mapping[UUID, bytes]]]:
        found: dict[UUID, tuple[list[FaqEntry], dict[UUID, bytes]]] = {}
        wanted = select(faq_entry).where(_THERE).order_by(faq_entry.c.number, faq_entry.c.id)
        for row in self.connection.execute(wanted):
            entries, meanings = found.setdefault(row.change_id, ([], {}))
            entries.append(_entry_from(row))
            if row.vectors is not None:
                meanings[row.id] = row.vectors
        return found

    def faq_without_meaning(self) -> FaqEntry | None:
        return next(iter(self._entries(faq_entry.c.vectors.is_(None), most=1)), None)

    def keep_faq_meaning(self, entry: FaqEntry, vectors: bytes) -> None:
        same = (faq_entry.c.id == entry.id) & (faq_entry.c.words == _words(entry))
        self.connection.execute(update(faq_entry).where(same).values(vectors=vectors))

    # -- what was asked -------------------------------------------------------------------------

    def asked_about(self, change_id: UUID) -> Asked:
        waits = item.c.state.in_(OPEN_STATES)
        there = select(func.count()).where(faq_entry.c.change_id == change_id, _THERE)
        counted = select(
            func.count(),
            func.count(case((item.c.state == ItemState.ANSWERED, 1))),
            func.count(case((waits, 1))),
            func.min(case((waits, item.c.received_at)), type_=item.c.received_at.type),
            there.scalar_subquery(),
        ).where(
            item.c.about.like(f"change-{change_id.hex}-%"),
            item.c.state != ItemState.RECEIVED,
            item.c.queue.is_distinct_from(RESTRICTED),
        )
        questions, answered, waiting, since, entries = self.connection.execute(counted).one()
        return Asked(
            questions=questions, answered=answered, waiting=waiting, since=since, entries=entries
        )

    def offered(self, item_id: UUID, person_id: UUID) -> Offer | None:
        row = self.connection.execute(
            select(held_words).where(
                held_words.c.item_id == item_id,
                held_words.c.person_id == person_id,
                held_words.c.entry_id.is_not(None),
            )
        ).first()
        if row is None:
            return None
        return Offer(entry_id=row.entry_id, about=row.about, naming=Naming(row.naming))


def _words(entry: FaqEntry) -> str:
    said = {"question": text_to_data(entry.question), "answer": text_to_data(entry.answer)}
    return json.dumps(said, ensure_ascii=False)


def _entry_from(row: Row[Any]) -> FaqEntry:
    said = json.loads(row.words)
    return FaqEntry(
        id=row.id,
        change_id=row.change_id,
        number=row.number,
        question=text_from_data(said["question"]),
        answer=text_from_data(said["answer"]),
        helped=row.helped,
    )
