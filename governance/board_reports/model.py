"""The Board report: one page about a period, a draft until it is issued and then never changed.

A correction is a new edition that says what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text
from governance.board_reports.periods import Period
from governance.changes.model import ChangeState
from governance.goals.model import NO_WORDS, StepKind
from governance.goals.progress import GoalState
from governance.rules.model import RuleStep

LONGEST_HEADLINE = 120
LONGEST_INTRO = 300
LONGEST_NOTE = 160
LONGEST_STORY = 200
LONGEST_CORRECTION = 300
"""Characters: with these the report stays on one sheet."""

STORIES = 3


class Section(StrEnum):
    """What the CTO's office may write a note to."""

    GOALS = "goals"
    PRIORITIES = "priorities"
    HEARD = "heard"
    DECISIONS = "decisions"
    CHANGES = "changes"
    SURVEYS = "surveys"


# -- figures -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """``value``: the last reading in the period, ``on`` its day. ``before``: the last one earlier
    than that."""

    name: Text
    target: float
    unit: Text = NO_WORDS
    by: date | None = None
    lower: bool = False
    value: float | None = None
    on: date | None = None
    before: float | None = None


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """``state``: how it stood on the period's last day. Older reports have none."""

    title: Text
    indicators: tuple[IndicatorLine, ...] = ()
    state: GoalState | None = None


@dataclass(frozen=True, kw_only=True)
class GoalStep:
    """What happened to a goal in the period. ``became``: what it was merged or split into.
    ``measured``: how the indicators stood of a goal that is over, and ``go_on``: the goals that
    keep them."""

    goal: Text
    kind: StepKind
    on: date
    reason: str = ""
    decided_by: str = ""
    became: tuple[Text, ...] = ()
    measured: tuple[IndicatorLine, ...] = ()
    go_on: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    name: Text
    goals: tuple[GoalLine, ...] = ()
    steps: tuple[GoalStep, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Priority:
    """It may have the places from ``place`` to ``last``, counted from 1. Older reports have no
    ``last``: there those that share a ``place`` are ``tied``. ``goals``: which answer it, as a
    person confirmed. None: nobody has said yet."""

    place: int
    last: int | None = None
    tied: bool = False
    label: Text
    goals: tuple[Text, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """What staff put first in a survey that closed in the period. ``more``: so many others may
    have a place that the last of ``first`` may have."""

    survey: Text
    question: Text
    first: tuple[Priority, ...]
    choices: int
    more: int = 0

    @property
    def told(self) -> tuple[Priority, ...]:
        """Of each place, all that may have it. None where nothing stands out: too many may be
        first."""
        last = self.first[-1].place if self.first else 0
        if self.more:
            return tuple(one for one in self.first if one.place < last)
        alone = self.choices == 1
        return self.first if last > 1 or len(self.first) < self.choices or alone else ()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Messages of staff. None: of fewer than five people, or the rest would be.

    ``base``: messages whose 30 days are over, ``within`` of them those that were answered in time.
    ``few_left``: all but a few of them were.
    """

    received: int | None = None
    answered: int | None = None
    base: int | None = None
    within: int | None = None
    few_left: bool = False


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """What became of a committee's recommendation."""

    title: str
    committee: str
    accepted: bool
    reason: str
    on: date
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    title: Text
    day: date
    state: ChangeState


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """``step``: published, superseded or retired."""

    number: str
    title: Text
    step: RuleStep
    on: date


@dataclass(frozen=True, kw_only=True)
class SurveyLine:
    """The surveys of one name. ``times``: how many closed in the period. ``asked``: how many people
    the last one asked. ``low`` and ``high``: their response rates (0 to 1). ``first_rate``: it
    is AAPOR's Response Rate 1, of everyone who completed it, else 2, with those who answered at
    least half."""

    title: Text
    times: int
    asked: int
    low: float
    high: float
    first_rate: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenItems:
    """Messages that are open when the figures are gathered. None: as of ``Heard``. ``before``:
    only what came before this day; None: it was gathered when all were counted."""

    open: int | None = None
    overdue: int | None = None
    before: date | None = None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that a report tells beside its words. Each is released or published. ``further``: what
    other features add, in the district's languages."""

    district: str
    vision: Text | None = None
    components: tuple[ComponentLine, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    heard: Heard = field(default_factory=Heard)
    decisions: tuple[DecisionLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    surveys: tuple[SurveyLine, ...] = ()
    still_open: OpenItems = field(default_factory=OpenItems)
    further: tuple[Text, ...] = ()


# -- words -------------------------------------------------------------------------------------


class StoryKind(StrEnum):
    RECOMMENDATION = "recommendation"
    CONCLUSIONS = "conclusions"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a story can be about: it is published, and staff messages or a survey led to it."""

    kind: StoryKind
    key: str
    title: Text

    @property
    def token(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, kw_only=True)
class Story:
    """``source``: its token. ``words``: what somebody of the CTO's office wrote."""

    source: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ReportWords:
    """What the CTO's office wrote, in its own ``language``. ``notes``: by section."""

    headline: str = ""
    intro: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    stories: tuple[Story, ...] = ()
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What a report on a period tells, and what its stories may come from."""

    figures: Figures
    sources: tuple[Source, ...]


# -- the report --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A report as it was issued. Stored as it is, and never changed."""

    period: Period
    edition: int
    correction: str
    words: ReportWords
    figures: Figures
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BoardReport:
    """``edition`` counts from 1. ``corrects``: the edition before, and ``correction`` what changed
    since. ``issued`` None: a draft. ``public_at``: since when anybody can read it.
    ``announcement``: its "You said, we did"."""

    id: UUID
    period: Period
    edition: int = 1
    corrects: UUID | None = None
    correction: str = ""
    words: ReportWords = field(default_factory=ReportWords)
    written_by: UUID | None = None
    written_at: datetime
    issued: Issued | None = None
    public_at: datetime | None = None
    announcement: UUID | None = None
