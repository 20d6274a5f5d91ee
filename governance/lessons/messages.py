"""What is shown of lessons, and of the question about an announcement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.messages import InPlace
from governance.announcements.model import Change
from governance.lessons.model import LessonLine, MyLesson, Question
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class QuestionForm:
    """The question about an announcement, to one of its readers, under its words. ``choice``: what
    they chose."""

    announcement_id: UUID
    change: Change
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


LessonMessage = QuestionForm | LessonsView
