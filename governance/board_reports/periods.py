"""The period of a Board report, with presets of the school calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.school_calendar import Calendar, Summer
from surveys.questions import Unfit

LEAST_DAYS = 28
"""Of fewer days the figures would tell of few people."""

MOST_DAYS = 731

_A_DAY = timedelta(days=1)
_USUAL_SUMMER = Summer(first=(6, 1), last=(7, 31))


@dataclass(frozen=True, kw_only=True)
class Period:
    """Both days are included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Preset(StrEnum):
    MONTH = "month"
    """The last whole one."""
    SEMESTER = "semester"
    """The one that is under way or, in summer, has just ended."""
    SEMESTER_BEFORE = "semester-before"
    YEAR = "year"
    """The school year that is under way or, in summer, has just ended."""
    YEAR_BEFORE = "year-before"
    OWN = "own"
    """Two days that somebody chose."""


def presets(calendar: Calendar, today: date) -> dict[Preset, Period]:
    """Up to yesterday at most; without those that have lasted less than ``LEAST_DAYS``."""
    month = today.replace(day=1) - _A_DAY
    halves = list(_halves(calendar, today))
    years = _years(calendar, today)
    found = {
        Preset.MONTH: Period(first=month.replace(day=1), last=month),
        Preset.SEMESTER: halves[0],
        Preset.SEMESTER_BEFORE: halves[1],
        Preset.YEAR: years[0],
        Preset.YEAR_BEFORE: years[1],
    }
    ended = {
        key: Period(first=one.first, last=min(one.last, today - _A_DAY))
        for key, one in found.items()
    }
    return {key: one for key, one in ended.items() if one.days >= LEAST_DAYS}


def _years(calendar: Calendar, today: date) -> list[Period]:
    """School years that have begun, the newest first."""
    summer = calendar.summer or _USUAL_SUMMER
    found = []
    for year in (today.year, today.year - 1, today.year - 2):
        begins = date(year, *summer.last) + _A_DAY
        ends = date(year + 1, *summer.first) - _A_DAY
        if begins < today:
            found.append(Period(first=begins, last=ends))
    return found


def _halves(calendar: Calendar, today: date) -> Iterator[Period]:
    """Semesters that have begun, the newest first. Winter break divides a year."""
    for year in _years(calendar, today):
        turn = date(year.first.year + 1, 1, 1)
        winter = calendar.holiday_on(turn)
        ends = winter.first - _A_DAY if winter else turn - _A_DAY
        begins = winter.last + _A_DAY if winter else turn
        if begins < today:
            yield Period(first=begins, last=year.last)
        yield Period(first=year.first, last=ends)


def unfit_period(period: Period, today: date) -> dict[str, Unfit]:
    """Why a report cannot be about these days."""
    if period.last < period.first:
        return {"last": Unfit(why="The last day is before the first one.")}
    if period.last >= today:
        return {"last": Unfit(why="This day has not passed yet. Choose yesterday or earlier.")}
    if period.days < LEAST_DAYS:
        why = "A report covers at least {n} days."
        return {"last": Unfit(why=why, values={"n": LEAST_DAYS})}
    if period.days > MOST_DAYS:
        return {"last": Unfit(why="A report covers two years at most.")}
    return {}
