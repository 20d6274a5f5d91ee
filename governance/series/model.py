"""A survey that repeats: what is asked again and again, on which dates, and what happened to them.

A series is no wave. On each of its dates it launches one, with a panel, a key and a plan of its
own; what a date means on a calendar is worked out in ``scheduler/repeating.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID, uuid5

from core.people import Audience
from surveys.questions import Unfit
from surveys.survey import Survey
from surveys.waves.sampling import Selection

LONGEST_OPEN = 120
"""Days that one repetition may stay open."""


class DaysOff(StrEnum):
    """What becomes of a date on which nobody works."""

    SHIFT = "shift"
    """It moves to the next school day, where that is nearer than the next date. In a break the
    next date is nearer: there it is left out."""
    SKIP = "skip"
    """It is left out."""


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """On which dates a survey is launched. ``rule``: cron's five fields on the district's wall
    clock, one time of day; of its dates every ``every``-th counts, from the day it ``begins``.
    Each one stays open until ``closes`` o'clock, ``days`` days later, and reminds ``reminders``
    times (0 to 2), evenly spread."""

    rule: str
    begins: date
    every: int = 1
    days_off: DaysOff = DaysOff.SHIFT
    days: int = 5
    closes: time = time(16)
    reminders: int = 1


class SeriesState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One date that somebody put somewhere else. ``slot``: the date as the rule names it."""

    slot: datetime
    to: datetime


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is launched again and again. ``survey`` is the copy fixed when the series began.
    ``continues``: the wave that its first one goes on from."""

    id: UUID
    survey: Survey
    audience: Audience
    repeat: Repeat
    started_at: datetime
    started_by: UUID | None = None
    selection: Selection | None = None
    despite_limit: str | None = None
    continues: UUID | None = None
    hold: bool = False
    state: SeriesState = SeriesState.RUNNING
    moved: Moved | None = None

    def wave_id(self, slot: datetime) -> UUID:
        """Of the wave of one of its dates: always the same."""
        return uuid5(self.id, slot.isoformat())


@dataclass(frozen=True, kw_only=True)
class SeriesDate:
    """One date of a series. ``slot``: the wall time that the rule names, without a zone. ``at``:
    when it is launched, and ``until`` when that may happen late; None: not at all, because
    nobody works then (``off``: the holiday's name; "" on a weekend). ``due``: when it is dealt
    with. ``day``: the local day of the launch."""

    slot: datetime
    due: datetime
    day: date
    at: datetime | None = None
    until: datetime | None = None
    closes_at: datetime | None = None
    off: str = ""


class Skipped(StrEnum):
    """Why a date had no launch."""

    DAY_OFF = "day off"
    LATE = "late"
    """The service was not there."""
    OPEN = "open"
    """The one before was still open."""
    PAUSED = "paused"
    UNFIT = "unfit"
    """It could not be launched, as anybody's launch could not: nobody to ask, say."""


@dataclass(frozen=True, kw_only=True)
class PastDate:
    """What became of one date: a wave, or why there is none. ``unfit`` says more of it."""

    id: UUID
    series_id: UUID
    slot: datetime
    day: date
    noted_at: datetime
    wave_id: UUID | None = None
    skipped: Skipped | None = None
    unfit: Unfit = field(default_factory=lambda: Unfit(why=""))

    def left_out(self, why: Skipped, unfit: Unfit | None = None) -> PastDate:
        return replace(self, wave_id=None, skipped=why, unfit=unfit or Unfit(why=""))
