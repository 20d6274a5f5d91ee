"""What people and the clock ask of surveys. Imperative; ids only, no words of the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.people import Audience
from core.tokens import PageNumber
from surveys.questions import RawAnswer
from surveys.survey import Survey
from surveys.waves.sampling import Selection


@dataclass(frozen=True, kw_only=True)
class LaunchSurvey(Command):
    """Fix a survey and its tabulation plan, and plan its wave. ``opens_at`` None: now.
    ``wave_id`` makes a repeated launch the same launch. ``selection``: the part of the audience
    that is asked. ``despite_limit``: why also those are asked who were asked often enough.
    ``continues``: the wave that this one repeats; ``series``: what repeats it. ``hold``: its
    answers are not deleted when it closes, but when the records hold is lifted.
    ``read_warnings``: whoever launches it said that they read what to think about before it; that
    is kept."""

    wave_id: UUID
    survey: Survey
    audience: Audience
    opens_at: datetime | None
    closes_at: datetime
    reminders: tuple[datetime, ...] = ()
    selection: Selection | None = None
    despite_limit: str | None = None
    continues: UUID | None = None
    series: UUID | None = None
    hold: bool = False
    read_warnings: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckLaunch(Command):
    """Whom a launch would reach, before it is one: nothing is written."""

    launch: LaunchSurvey


@dataclass(frozen=True, kw_only=True)
class OpenWave(Command):
    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class RemindWave(Command):
    """``number`` counts from 1; each reminder goes once to those who have not answered."""

    wave_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class CloseWave(Command):
    """No more answers; the results follow. From the clock at the closing time (``due``: not before
    it, should it have been moved), or earlier by the CTO."""

    wave_id: UUID
    due: bool = False


@dataclass(frozen=True, kw_only=True)
class ExtendWave(Command):
    """A later closing of a wave that has not closed."""

    wave_id: UUID
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class SetHold(Command):
    """Put a records hold on a wave that has not closed: everybody who was asked is told, with
    ``why``."""

    wave_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class LiftHold(Command):
    """End a wave's records hold: its answers are deleted now, where it is closed, else then."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowPage(Command):
    """Show a page of a wave's questions to the person, with what they said so far."""

    wave_id: UUID
    page: PageNumber = 0


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Command):
    """Answers to one page. A survey is answered when its last page is. ``back``: keep them and
    show the page before; then nothing on this page has to be answered yet."""

    wave_id: UUID
    page: PageNumber
    answers: Mapping[str, RawAnswer] = field(default_factory=dict)
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class DeclineWave(Command):
    """The person does not wish to answer; they are not reminded."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowSaid(Command):
    """Show the person what they answered, as long as the records know it."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowResults(Command):
    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportResults(Command):
    """Download the released results. ``form`` is for the ledger: "CSV", "command line" …"""

    wave_id: UUID
    form: str


@dataclass(frozen=True, kw_only=True)
class ReadComments(Command):
    """Released comments on a question, some at a time, after the one with the id ``after``."""

    wave_id: UUID
    question: str
    after: UUID | None = None
