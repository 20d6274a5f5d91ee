"""Answers that committees keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from governance.saved_answers.model import SavedAnswer
from storage.connection import Connected
from storage.docket_tables import saved_answer


class SavedAnswers(Connected):
    """Saved answers inside one transaction."""

    def saved_answers(self, queue: str) -> Sequence[SavedAnswer]:
        rows = self.connection.execute(select(saved_answer).where(saved_answer.c.queue == queue))
        found = [
            SavedAnswer(id=row.id, queue=row.queue, title=row.title, text=row.text) for row in rows
        ]
        return sorted(found, key=lambda one: (one.title.casefold(), one.id))

    def put_saved_answer(
        self, one: SavedAnswer, *, item: UUID | None, by: UUID | None, now: datetime
    ) -> None:
        mine = (saved_answer.c.queue == one.queue, saved_answer.c.id == one.id)
        made_of = self.connection.execute(select(saved_answer.c.item_id).where(*mine)).scalar()
        row = {
            "queue": one.queue,
            "id": one.id,
            "title": one.title,
            "text": one.text,
            "item_id": item or made_of,
            "by_person": by,
            "at": now,
        }
        self.put(saved_answer, row, ("queue", "id"))

    def drop_saved_answer(self, queue: str, answer_id: UUID) -> bool:
        mine = (saved_answer.c.id == answer_id, saved_answer.c.queue == queue)
        return bool(self.connection.execute(delete(saved_answer).where(*mine)).rowcount)
