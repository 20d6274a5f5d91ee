"""What a committee can do with the answers that it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import Slug
from governance.feedback.model import LONGEST_ANSWER
from governance.redaction.put_back import PutBack
from governance.saved_answers.model import LONGEST_TITLE


@dataclass(frozen=True, kw_only=True)
class ShowSavedAnswers(Command):
    """All answers that a committee keeps."""

    queue: Slug


@dataclass(frozen=True, kw_only=True)
class WriteSavedAnswer(Command):
    """Keep an answer, or change one. ``item_id``: the item whose answer it is made of."""

    queue: Slug
    answer_id: UUID
    item_id: UUID | None = None
    title: str = form_field(
        "Title",
        hint="Your committee finds it by this title. The author never sees it.",
        missing="Enter a title.",
        longest=LONGEST_TITLE,
    )
    text: str = form_field(
        "Answer",
        hint="Do not write names or details about a student.",
        missing="Write the answer.",
        longest=LONGEST_ANSWER,
        rows=6,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class DropSavedAnswer(Command):
    """Answers that were sent stay as they are."""

    queue: Slug
    answer_id: UUID
