"""The district's calendar: when its people are left in peace. What it means for a moment and a
person is decided in ``core/quiet.py``; all its times are the wall clock's where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from core.people import Role

_SATURDAY = 5
_FARTHEST_DAYS = 400


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A part of every day: from ``begins`` up to ``ends``, over midnight where that is earlier."""

    begins: time
    ends: time

    def include(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days with a name, the last one included; people have little time in them, such as exams."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Holiday(Period):
    """Days on which nobody works."""


@dataclass(frozen=True, kw_only=True)
class Summer:
    """The weeks between two school years, (month, day) of the first and the last of them: every
    year anew, so that what comes in during spring is due in fall before the next calendar is
    written. Over New Year where the last day is before the first."""

    first: tuple[int, int]
    last: tuple[int, int]

    def includes(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """``quiet``: hours of every day in which nobody is messaged. ``weekends``: whether Saturday
    and Sunday are quiet. ``contract_hours``: the only hours in which people of a role are
    messaged, in place of ``quiet`` (whoever works at night is told at night). ``summer``: when
    committees do not meet, and the days until an answer is due do not count; messages go.
    ``periods``: named days, such as exams. Planning a message in one shows a warning."""

    quiet: Hours | None = None
    weekends: bool = True
    holidays: tuple[Holiday, ...] = ()
    contract_hours: Mapping[Role, Hours] = field(default_factory=dict)
    summer: Summer | None = None
    periods: tuple[Period, ...] = ()

    def in_summer(self, day: date) -> bool:
        return self.summer is not None and self.summer.includes(day)

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday that a day belongs to."""
        return next((one for one in self.holidays if one.first <= day <= one.last), None)

    def school_day_from(self, day: date) -> date:
        """The first school day from a day on. A calendar without one gives the day itself."""
        days = (day + timedelta(days=n) for n in range(_FARTHEST_DAYS))
        return next(filter(self.is_school_day, days), day)

    def school_day_after(self, day: date, days: int) -> date:
        """The school day that is so many after a day; before it, where they are negative."""
        step = timedelta(days=1 if days > 0 else -1)
        for _ in range(_FARTHEST_DAYS):
            if not days:
                break
            day += step
            days -= step.days if self.is_school_day(day) else 0
        return day

    def is_school_day(self, day: date) -> bool:
        """Whether schools are open: Monday to Friday, but for the holidays."""
        return day.weekday() < _SATURDAY and self.holiday_on(day) is None
