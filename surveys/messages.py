"""What surveys say to people: meaning, not widgets. Each platform draws every one of these.

Words that somebody wrote are ``Text``; the bot's own words are the platform's to draw from the
catalogue. Times are aware; a platform shows them in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.messages import Concludes, InPlace
from core.people import Held
from core.text import Text
from surveys.promise import Promise
from surveys.questions import Answer, Question, RawAnswer, Unfit
from surveys.results.model import WaveResults
from surveys.survey import SCORES_FROM, Participation
from surveys.waves.limiting import AskingLimit
from surveys.waves.sampling import Selection


@dataclass(frozen=True, kw_only=True)
class PanelReach:
    """Whom a launch asks, as it may be told: ``people`` of an ``audience``, and how many are
    ``spared`` because they were asked often enough (None: fewer than five, or nobody). ``about``:
    the figures are rounded down to fives, because exact ones would tell who was chosen at random.
    ``limit`` is what skips them; ``part`` is how the people are chosen."""

    audience: int
    people: int
    spared: int | None = 0
    about: bool = False
    limit: AskingLimit | None = None
    part: Selection | None = None
    despite: bool = False


@dataclass(frozen=True, kw_only=True)
class LaunchChecked:
    """Before a launch: whom it would reach, and what does not fit in it by the field's name."""

    reach: PanelReach
    held: Held | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Asks one person to answer. ``inline`` holds the questions of a short survey, which are
    answered inside the message (as page 0); else one button opens ``ShowPage``.
    ``reminder`` is 0 for the first asking, then 1, 2."""

    wave_id: UUID
    title: Text
    asked_by: Text
    purpose: Text
    question_count: int
    minutes: int
    closes_at: datetime
    promise: Promise
    inline: tuple[Question, ...] = ()
    reminder: int = 0


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """A form: one page of questions with what was answered so far (``given``, as kept).

    ``page`` is its place among all ``pages``; ``shown`` are the places of those that this person
    is shown as their answers stand (empty: all), and may be others when they change (``about``).
    ``raw`` is what the person has just handed in (it wins over ``given`` when present) and
    ``unfit`` says beside which input why it does not fit: the rest is kept.
    """

    wave_id: UUID
    title: Text
    page: int
    pages: int
    questions: tuple[Question, ...]
    closes_at: datetime
    promise: Promise
    given: Mapping[str, Answer] = field(default_factory=dict)
    raw: Mapping[str, RawAnswer] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    shown: tuple[int, ...] = ()
    about: bool = False

    @property
    def _places(self) -> tuple[int, ...]:
        return self.shown or tuple(range(self.pages))

    @property
    def step(self) -> int:
        """Which of the shown pages it is, from 1."""
        return 1 + sum(1 for place in self._places if place < self.page)

    @property
    def steps(self) -> int:
        """How many are shown."""
        return len(self._places)

    @property
    def earlier(self) -> int | None:
        """The place of the shown page before it."""
        return max((place for place in self._places if place < self.page), default=None)

    @property
    def last(self) -> bool:
        """Whether handing it in ends the survey, as the answers stand."""
        return self.page >= max(self._places)


@dataclass(frozen=True, kw_only=True)
class Answered(InPlace, Concludes):
    """Thank you: what happens next and when. The answer can be changed until ``closes_at``.
    ``trial``: it was a test, and nothing that was answered is kept. ``held``: a records hold keeps
    the answers after that. ``smallest_group``: results show for as many people or more."""

    wave_id: UUID
    title: Text
    closes_at: datetime
    changed: bool
    thanks: Text | None = None
    trial: bool = False
    held: bool = False
    smallest_group: int = SCORES_FROM

    @property
    def opened_for(self) -> UUID:
        return self.wave_id


@dataclass(frozen=True, kw_only=True)
class Declined(InPlace):
    """No answer is a fine answer: not reminded again; can still answer until it closes."""

    wave_id: UUID
    title: Text
    closes_at: datetime


class StillKnown(StrEnum):
    """Why the records still know whose an answer is: the wave is open, it has closed and has no
    results yet, or a records hold is on it."""

    OPEN = "open"
    CLOSING = "closing"
    HELD = "held"


@dataclass(frozen=True, kw_only=True)
class WhatYouSaid:
    """To one person, what they answered: ``questions`` as they were shown them, ``answers`` by the
    counted keys. Only for their eyes: where others or a chat's history would keep it, a platform
    draws the way to their own page instead."""

    wave_id: UUID
    title: Text
    closes_at: datetime
    became: Participation
    known: StillKnown
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class AnswersDeleted:
    """Somebody asks what they answered after the answers were deleted."""

    wave_id: UUID
    title: Text
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaveClosedAlready(InPlace):
    """Somebody answers after the closing."""

    title: Text
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaveLaunched:
    """To who launched it: how many it reaches, when it opens and closes. ``held``: whom quiet
    hours keep from being asked when it opens. ``again``: it had been launched before, and stands
    as it was then."""

    wave_id: UUID
    title: Text
    people: int
    opens_at: datetime
    closes_at: datetime
    held: Held | None = None
    reach: PanelReach | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Results:
    """A wave's released results: a card with one picture in chat, a page on the web."""

    results: WaveResults


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """Answers that do not fit. ``unfit`` maps an input's key to why; nothing else is lost.
    ``page`` is the form to show again, where there is one."""

    unfit: Mapping[str, Unfit]
    page: QuestionPage | None = None


SurveyMessage = (
    Invitation
    | QuestionPage
    | Answered
    | Declined
    | WhatYouSaid
    | AnswersDeleted
    | WaveClosedAlready
    | WaveLaunched
    | Results
)


@dataclass(frozen=True, kw_only=True)
class NotForYou:
    """A polite no: there is nothing here for this person, and why. Not a form's error, and not
    drawn as it is: whoever answers people says it as a refusal."""

    why: Unfit
