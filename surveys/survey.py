"""A survey, one run of it (a wave), and the tables that will be released from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from core.people import Audience
from core.text import Text
from surveys.asking.counted import all_counted, asked_key
from surveys.authoring.effort import minutes
from surveys.questions import CountedQuestion, FreeText, Pairwise, Question
from surveys.waves.sampling import Selection

SCORES_FROM = 12
"""Answers from which on a group's scores are shown; where fewer are asked, nothing is counted.
A district may choose more (``Rules``)."""

COMMENTS_FROM = 10
"""Fewest distinct people among whom comments are shown (domain plan: k >= 10)."""

INLINE_QUESTIONS = 5
"""A survey of up to this many simple questions on one page is answered inside the message."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a district may choose of how its results are protected; a wave keeps those of its
    launch. ``epsilon``: of one answer, over all tables of the closing. ``smallest_group``: answers
    from which on a group is shown. ``themes``: what comments are about is counted; no district
    chooses it, but what was launched before this existed did not promise it."""

    epsilon: float = 1.5
    smallest_group: int = SCORES_FROM
    themes: bool = False

    @property
    def answer(self) -> Fraction:
        """The epsilon as it was written, not as a float holds it."""
        return Fraction(str(self.epsilon))


USUAL = Rules()
"""Where a district chooses nothing, and of waves from before districts could."""


class Dimension(StrEnum):
    """What a planned table splits by."""

    ROLE = "role"
    LEVEL = "level"
    BUILDING = "building"


@dataclass(frozen=True, kw_only=True)
class PlannedTable:
    """One table that will be released: ``()`` is the whole district."""

    by: tuple[Dimension, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What the answer to an earlier ``question`` must be, all of what is given: one of ``any_of``
    (choices' keys or a scale's points; of several choices, at least one), none of ``none_of``,
    not below ``at_least``, not above ``at_most``. It never holds of a question not answered.

    ``question`` is the key that is counted: of a matrix, "matrix.statement"."""

    question: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """``show_if``: shown to those only of whom this holds; None: to everybody."""

    questions: tuple[Question, ...]
    title: Text | None = None
    show_if: Condition | None = None

    @cached_property
    def counted(self) -> tuple[CountedQuestion, ...]:
        """What is counted of its questions; answers are kept under these keys."""
        return all_counted(self.questions)


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The questions, why they are asked, and which tables will ever be released: to the CTO's
    office, and to the members of these ``committees`` (keys), who are named before launch.
    ``adkar``: the counted keys of the five scales that rate ADKAR's elements, in its order.
    ``minutes``: how long its author says that it takes; ``effort`` is what people are told."""

    key: str
    title: Text
    asked_by: Text
    purpose: Text
    pages: tuple[Page, ...]
    tables: tuple[PlannedTable, ...] = (PlannedTable(),)
    minutes: int = 1
    thanks: Text | None = None
    committees: tuple[str, ...] = ()
    adkar: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def effort(self) -> int:
        """Minutes that it takes: as estimated from its questions, or longer as its author says."""
        return max(self.minutes, minutes(self.questions))

    @cached_property
    def counted(self) -> tuple[CountedQuestion, ...]:
        """What is counted of the questions, in their order."""
        return all_counted(self.questions)

    def question(self, key: str) -> Question | None:
        return next((q for q in self.questions if q.key == key), None)

    @property
    def short(self) -> bool:
        """Whether it is answered inside the message: one page of a few simple questions. Each
        statement of a matrix is one, and each pair; words to "something else" belong to their
        choice."""
        simple = sum(_questions_in(q) for page in self.pages for q in page.counted)
        return len(self.pages) == 1 and simple <= INLINE_QUESTIONS

    @property
    def conditional(self) -> bool:
        """Whether how many pages somebody is shown depends on their answers."""
        return any(page.show_if is not None for page in self.pages[1:])

    def depends(self, question: CountedQuestion) -> bool:
        """Whether only those are asked whose earlier answer fits."""
        key = asked_key(question.key)
        return any(
            page.show_if is not None and any(q.key == key for q in page.questions)
            for page in self.pages
        )

    @property
    def has_comments(self) -> bool:
        return any(isinstance(q, FreeText) for q in self.counted)


def _questions_in(question: CountedQuestion) -> int:
    if isinstance(question, Pairwise):
        return question.pairs
    return 0 if isinstance(question, FreeText) and question.asked_in is not None else 1


class WaveState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One run of a survey. All times are aware; ``survey`` is the copy fixed at launch."""

    id: UUID
    survey: Survey
    audience: Audience
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...] = ()
    state: WaveState = WaveState.PLANNED
    launched_by: UUID | None = None
    selection: Selection | None = None
    """Which part of the audience is asked; None: all of it."""
    despite_limit: str | None = None
    """Why also those are asked who were asked often enough; None: they are skipped."""
    continues: UUID | None = None
    """The earlier wave of the same survey that this one repeats."""
    series: UUID | None = None
    """What launched it again and again, where it was not alone."""
    hold: bool = False
    """A records hold: its closing does not delete the answers, lifting the hold does."""
    hold_why: str = ""
    """The reason of a hold that was set after the launch."""
    rules: Rules = USUAL


class Participation(StrEnum):
    """What became of asking one person. Nobody sees it by name."""

    ASKED = "asked"
    PARTIAL = "partial"
    ANSWERED = "answered"
    DECLINED = "declined"
