"""What people and the clock ask of surveys that repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.people import Audience
from governance.series.model import Repeat
from surveys.commands import LaunchSurvey
from surveys.survey import Survey
from surveys.waves.sampling import Selection


@dataclass(frozen=True, kw_only=True)
class StartSeries(Command):
    """Launch a survey on each date of ``repeat``. What it launches is fixed now, as
    ``LaunchSurvey`` has it; ``series_id`` makes a repeated start the same start."""

    series_id: UUID
    survey: Survey
    audience: Audience
    repeat: Repeat
    selection: Selection | None = None
    despite_limit: str | None = None
    continues: UUID | None = None
    hold: bool = False
    read_warnings: bool = False

    @classmethod
    def repeating(cls, launch: LaunchSurvey, repeat: Repeat) -> StartSeries:
        """What a launch says, on each date of ``repeat``; its own times are left out."""
        return cls(
            series_id=launch.wave_id,
            survey=launch.survey,
            audience=launch.audience,
            repeat=repeat,
            selection=launch.selection,
            despite_limit=launch.despite_limit,
            continues=launch.continues,
            hold=launch.hold,
            read_warnings=launch.read_warnings,
        )


@dataclass(frozen=True, kw_only=True)
class CheckSeries(Command):
    """On which dates a series would launch, and whom it would reach today: nothing is written."""

    start: StartSeries


@dataclass(frozen=True, kw_only=True)
class ShowSeries(Command):
    """One series with its next dates and what became of the last ones."""

    series_id: UUID


@dataclass(frozen=True, kw_only=True)
class PauseSeries(Command):
    """Launch no more until it is resumed; dates meanwhile are left out."""

    series_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class ResumeSeries(Command):
    series_id: UUID


@dataclass(frozen=True, kw_only=True)
class StopSeries(Command):
    """Launch no more, for good. A wave that is open stays open until it closes."""

    series_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class MoveDate(Command):
    """Launch the next one at another time, this once. ``to`` without a zone is the speaker's."""

    series_id: UUID
    to: datetime


@dataclass(frozen=True, kw_only=True)
class RepeatSurvey(Command):
    """Deal with the dates of a series that are due. From the clock."""

    series_id: UUID
