"""How a committee hears of what staff bring to it: message by message, or once a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from core.school_calendar import Calendar

_A_DAY = timedelta(days=1)
_EVENING = 18
"""From this hour on nothing is posted that could have been in the morning."""


class Briefs(StrEnum):
    """EACH: a post for each message. WEEKLY: one digest, and at once only what cannot wait."""

    EACH = "each"
    WEEKLY = "weekly"


class SchoolDay(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def number(self) -> int:
        """0: Monday, as ``date.weekday`` counts."""
        return list(SchoolDay).index(self)


@dataclass(frozen=True, kw_only=True)
class BriefChoice:
    """``day`` and ``hour`` (0 to 23, the district's wall clock): when the digest comes."""

    briefs: Briefs = Briefs.EACH
    day: SchoolDay = SchoolDay.MONDAY
    hour: int = 7


@dataclass(frozen=True, kw_only=True)
class Untold:
    """What came to a queue after ``since``, when its last digest was made, and by ``until``; and
    what was there before, since ``looks_back``, and is in no digest: it was read too late."""

    queue: str
    since: datetime
    until: datetime
    looks_back: datetime


@dataclass(frozen=True, kw_only=True)
class KeptDigest:
    """A digest that was made. ``week``: the Monday of its week; a committee has one for each.
    What came since ``since`` is new in it."""

    id: UUID
    queue: str
    week: date
    since: datetime
    at: datetime


def is_school_day(calendar: Calendar | None, day: date) -> bool:
    return (calendar or Calendar()).is_school_day(day)


def digest_day(choice: BriefChoice, calendar: Calendar | None, week: date) -> date | None:
    """The day of a week (its Monday) on which the digest comes: the chosen one, or where that is a
    holiday the next school day of the week. None: there is none."""
    day = week + _A_DAY * choice.day.number
    while day < week + _A_DAY * 5:
        if is_school_day(calendar, day):
            return day
        day += _A_DAY
    return None


def digest_is_due(choice: BriefChoice, calendar: Calendar | None, local: datetime) -> date | None:
    """The week (its Monday) whose digest should be there by a local time; None: not now. One that
    was missed comes later in the week, in the daytime of a school day."""
    week = monday(local.date())
    day = digest_day(choice, calendar, week)
    if day is None or local.date() < day or not is_school_day(calendar, local.date()):
        return None
    begins = time(choice.hour)
    in_time = begins <= local.time() and (local.hour == choice.hour or local.hour < _EVENING)
    return week if in_time else None


def monday(day: date) -> date:
    return day - _A_DAY * day.weekday()


def first_school_day(calendar: Calendar | None, month: date) -> date:
    """Of a month (its first day). A month without one has its figures told on its last day."""
    day = month
    while not is_school_day(calendar, day) and (day + _A_DAY).month == month.month:
        day += _A_DAY
    return day


def month_before(month: date, months: int = 1) -> date:
    """The first day of the month that is so many before another's first day."""
    number = month.year * 12 + month.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
