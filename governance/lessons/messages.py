"""What is shown of lessons, and of the question about an announcement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.messages import InPlace
from core.people import Audience
from core.text import Text
from governance.lessons.commands import TypedQuestion
from governance.lessons.model import LessonLine, MyLesson, Question
from governance.lists.model import AudienceChoices
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class QuestionForm:
    """The question about an announcement, to one of its readers. ``choice``: what they chose."""

    announcement_id: UUID
    title: Text
    question: Question
    choice: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LessonsView(InPlace):
    """The reader's own lessons, and for whoever is responsible how far each is. ``building``: the
    one that is counted; "": all. ``writes``: they write lessons."""

    mine: tuple[MyLesson, ...]
    lines: tuple[LessonLine, ...] = ()
    building: str = ""
    writes: bool = False
    responsible: bool = False


@dataclass(frozen=True, kw_only=True)
class QuestionWritingForm(TypedQuestion):
    """The form to write the question of a draft."""

    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LessonForm(QuestionWritingForm):
    """The form to write a lesson."""

    title: str = ""
    text: str = ""
    due: date | None = None
    audience: Audience = field(default_factory=Audience)
    offered: AudienceChoices = field(default_factory=AudienceChoices)
    declined_why: str = ""


LessonMessage = QuestionForm | LessonsView | QuestionWritingForm | LessonForm
