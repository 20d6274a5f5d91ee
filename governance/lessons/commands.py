"""What can be asked about lessons, and about the question of an announcement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.people import Audience


@dataclass(frozen=True, kw_only=True)
class ShowQuestion(Command):
    """The question about an announcement."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer it. ``choice``: a number from 1, which no button, log or address carries."""

    announcement_id: UUID
    choice: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class CountAnswers(Command):
    """Show the first answers given since the last count, if there are enough."""


@dataclass(frozen=True, kw_only=True)
class ShowLessons(Command):
    """The lessons that the reader was sent; and how far each is, for whoever is responsible."""


@dataclass(frozen=True, kw_only=True)
class ShowQuestionDraft(Command):
    """The form to write the question of a draft."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class TypedQuestion:
    """A question as it was typed. ``right``: the number of the right choice."""

    announcement_id: UUID
    question: str = ""
    choice_1: str = ""
    choice_2: str = ""
    choice_3: str = ""
    choice_4: str = ""
    choice_5: str = ""
    right: str = ""
    explanation: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        return (self.choice_1, self.choice_2, self.choice_3, self.choice_4, self.choice_5)


@dataclass(frozen=True, kw_only=True)
class WriteQuestion(TypedQuestion, Command):
    """Write the question of a draft; an empty one removes it."""


@dataclass(frozen=True, kw_only=True)
class ShowLessonForm(Command):
    """The form to write a lesson; with an id, to change a draft."""

    announcement_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteLesson(TypedQuestion, Command):
    """Write or change the draft of a lesson."""

    title: str = ""
    text: str = ""
    due: date | None = None
    audience: Audience = field(default_factory=Audience)
