"""Answers to an announcement's question, counted without names; and who has which lesson.

One statement changes all counts of a question, whatever was answered, so that no row says by when
it was changed who chose it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    case,
    delete,
    func,
    select,
    update,
)

from governance.announcements.model import Announcement, AnnouncementState
from governance.lessons.model import AnswerCount
from storage.announcements import Announcements, announced, announcement_from
from storage.columns import metadata
from storage.ledger_tables import delivery
from storage.tables import acknowledgement, announcement

answer_count = Table(
    "answer_count",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("choice", Integer, primary_key=True),
    Column("waiting", Integer, nullable=False),  # since counts were last shown
    Column("shown", Integer, nullable=False),  # all before, with noise
)

answered_before = Table(  # somebody has answered and not been right yet; nobody's name, no time
    "answered_before",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("who", String(64), primary_key=True),  # HMAC, under a key outside the database
)


class Lessons(Announcements):
    """Implements ``governance.lessons.ports.LessonStore``."""

    def count_answer(
        self, announcement_id: UUID, person: UUID, choice: int, of: int, *, right: bool
    ) -> None:
        mine = (
            answered_before.c.announcement_id == announcement_id,
            answered_before.c.who == self._who(announcement_id, person),
        )
        if right:
            first = not self.connection.execute(delete(answered_before).where(*mine)).rowcount
        else:
            row = {"announcement_id": announcement_id, "who": self._who(announcement_id, person)}
            first = bool(self.insert_new(answered_before, row))
        self.insert_new(
            answer_count,
            [
                {"announcement_id": announcement_id, "choice": one, "waiting": 0, "shown": 0}
                for one in range(of)
            ],
        )
        one_more = case((answer_count.c.choice == choice, int(first)), else_=0)
        self.connection.execute(
            update(answer_count)
            .where(answer_count.c.announcement_id == announcement_id)
            .values(waiting=answer_count.c.waiting + one_more)
        )

    def _who(self, announcement_id: UUID, person: UUID) -> str:
        key = self.vault.key("answers")
        said = f"{announcement_id}\n{person}".encode()
        return hmac.new(key, said, hashlib.sha256).hexdigest()

    def answer_counts(self, announcement_id: UUID) -> Sequence[AnswerCount]:
        rows = self.connection.execute(
            select(answer_count)
            .where(answer_count.c.announcement_id == announcement_id)
            .order_by(answer_count.c.choice)
        )
        return [AnswerCount(waiting=row.waiting, shown=row.shown) for row in rows]

    def confirmed_questions(self) -> Sequence[tuple[UUID, int]]:
        waiting = select(answer_count.c.announcement_id).where(answer_count.c.waiting > 0)
        rows = self.connection.execute(
            select(acknowledgement.c.announcement_id, func.count())
            .where(acknowledgement.c.announcement_id.in_(waiting))
            .group_by(acknowledgement.c.announcement_id)
        )
        return [(announcement_id, confirmed) for announcement_id, confirmed in rows]

    def show_answers(self, announcement_id: UUID, more: Sequence[int]) -> None:
        added = case(dict(enumerate(more)), value=answer_count.c.choice, else_=0)
        self.connection.execute(
            update(answer_count)
            .where(answer_count.c.announcement_id == announcement_id)
            .values(shown=answer_count.c.shown + added, waiting=0)
        )

    def forget_who_answered(self, announcement_id: UUID) -> None:
        of = answered_before.c.announcement_id == announcement_id
        self.connection.execute(delete(answered_before).where(of))

    def lessons_of(self, person: UUID) -> Sequence[Announcement]:
        mine = select(delivery.c.subject).where(
            delivery.c.kind == "notice", delivery.c.person_id == person
        )
        return self._announcements(announcement.c.lesson, announcement.c.id.in_(mine), _OUT)

    def to_confirm_by_a_date(self) -> Sequence[Announcement]:
        return self._announcements(announcement.c.due.is_not(None), _OUT)

    def lessons(self) -> Sequence[Announcement]:
        return self._announcements(announcement.c.lesson)

    def _announcements(self, *which: Any) -> Sequence[Announcement]:
        newest = announced.where(*which).order_by(
            announcement.c.sent_at.desc(), announcement.c.due.desc(), announcement.c.id
        )
        return [announcement_from(row) for row in self.connection.execute(newest)]


_OUT = announcement.c.state == AnnouncementState.SENDING
