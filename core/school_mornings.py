"""When a survey reminds people: on mornings of school days, while it is open."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.local_time import moment, wall_time
from core.school_calendar import Calendar

_MORNING = time(9, 0)
_AT_WORK = time(8, 0), time(16, 0)
"""A time between these stays as it is where no morning comes before the closing."""


def reminders_between(
    opens: datetime,
    closes: datetime,
    times: int,
    *,
    calendar: Calendar | None,
    timezone: str,
) -> tuple[datetime, ...]:
    """At most ``times`` reminders, spread evenly from the opening to the closing. If a break moves
    two of them to the same morning, there is one. If nobody is at work before the closing, there is
    none."""
    if closes <= opens:
        return ()
    step = (closes - opens) / (times + 1)
    even = (opens + step * n for n in range(1, times + 1))
    days, zone = calendar or Calendar(), ZoneInfo(timezone)
    told = (_at_work(at, days, zone, closes) for at in even)
    return tuple(dict.fromkeys(at for at in told if at is not None))


def _at_work(at: datetime, calendar: Calendar, zone: ZoneInfo, before: datetime) -> datetime | None:
    """The first morning of a school day from a time on; else the time itself, if people are at
    work then."""
    day, last = wall_time(at, zone).date(), wall_time(before, zone).date()
    while day <= last:
        morning = moment(datetime.combine(day, _MORNING), zone)
        if calendar.is_school_day(day) and at <= morning < before:
            return morning
        day += timedelta(days=1)
    there = wall_time(at, zone)
    begins, ends = _AT_WORK
    is_at_work = calendar.is_school_day(there.date()) and begins <= there.time() <= ends
    return at if is_at_work else None
