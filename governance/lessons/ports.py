"""What lessons, and questions about announcements, need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from governance.announcements.model import Announcement
from governance.lessons.model import AnswerCount


class LessonStore(Protocol):
    def count_answer(
        self, announcement_id: UUID, person: UUID, choice: int, of: int, *, right: bool
    ) -> None:
        """Count somebody's answer, one of so many choices, if it is their first. Nothing that is
        kept says what they chose."""
        ...

    def answer_counts(self, announcement_id: UUID) -> Sequence[AnswerCount]:
        """By choice; empty: nobody has answered."""
        ...

    def confirmed_questions(self) -> Sequence[tuple[UUID, int]]:
        """What has answers that are not shown yet, and how many people have confirmed it."""
        ...

    def show_answers(self, announcement_id: UUID, more: Sequence[int]) -> None:
        """Add to what is shown of each choice; nothing waits any more."""
        ...

    def forget_who_answered(self, announcement_id: UUID) -> None:
        """Who has answered and was not right yet: it is not asked any more."""
        ...

    def lessons_of(self, person: UUID) -> Sequence[Announcement]:
        """The lessons that somebody was sent, the newest first."""
        ...

    def lessons(self) -> Sequence[Announcement]:
        """All of them, with drafts."""
        ...

    def to_confirm_by_a_date(self) -> Sequence[Announcement]:
        """What went out and asks people to confirm it by a date, the newest first."""
        ...
