"""What can be asked about lessons, and about the question of an announcement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, asked_of, form_field
from core.people import Audience
from governance.announcements.asked import LIMITS
from governance.lessons.model import (
    LONGEST_CHOICE,
    LONGEST_EXPLANATION,
    LONGEST_QUESTION,
    LONGEST_TEXT,
)

WRITE_IT = "Write the question."
TWO_CHOICES = "Enter at least two choices."
WHICH = "Say which choice is right."
EXPLAIN = "Explain in one sentence why it is right."


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
class TypedQuestion:
    """A question as it was typed. ``right``: the number of the right choice."""

    question: str = form_field("Question", missing=WRITE_IT, longest=LONGEST_QUESTION, rows=2)
    choice_1: str = form_field("Choice 1", missing=TWO_CHOICES, longest=LONGEST_CHOICE)
    choice_2: str = form_field("Choice 2", missing=TWO_CHOICES, longest=LONGEST_CHOICE)
    choice_3: str = form_field("Choice 3", longest=LONGEST_CHOICE)
    choice_4: str = form_field("Choice 4", longest=LONGEST_CHOICE)
    choice_5: str = form_field("Choice 5", longest=LONGEST_CHOICE)
    right: str = form_field(
        "Which choice is right?",
        missing=WHICH,
        choices={
            "1": "Choice 1",
            "2": "Choice 2",
            "3": "Choice 3",
            "4": "Choice 4",
            "5": "Choice 5",
        },
    )
    explanation: str = form_field(
        "Why is it right?",
        hint="One sentence. People who choose another answer see it.",
        missing=EXPLAIN,
        longest=LONGEST_EXPLANATION,
        rows=2,
    )

    @property
    def choices(self) -> tuple[str, ...]:
        return (self.choice_1, self.choice_2, self.choice_3, self.choice_4, self.choice_5)


QUESTION = tuple(one.name for one in asked_of(TypedQuestion))
"""The inputs of a question."""


@dataclass(frozen=True, kw_only=True)
class WriteQuestion(TypedQuestion, Command):
    """Write the question of a draft; an empty one removes it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class _Text:
    title: str = form_field("Title", missing=FILL_IN, longest=LIMITS["title"])
    text: str = form_field("Text", missing=FILL_IN, longest=LONGEST_TEXT, rows=8)


@dataclass(frozen=True, kw_only=True)
class WriteLesson(TypedQuestion, _Text, Command):
    """Write or change the draft of a lesson. ``announcement_id`` None: a new one."""

    announcement_id: UUID | None = None
    due: date | None = form_field("To be done by", None, missing="Choose a day.")
    audience: Audience = form_field("Who gets it?", Audience())
