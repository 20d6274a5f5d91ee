"""Which days of a launch are school days, by the district's calendar, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from core.local_time import moment
from core.school_calendar import Calendar
from core.words import Words
from governance.wording import no_school

_CLOSING = time(16, 0)

_NAMED = 7
"""More school days than these are counted, not listed."""

_LONGEST = 400
"""Days of a span that are looked at."""


def usual_closing(
    now: datetime, calendar: Calendar | None, timezone: str, *, days: int = 7
) -> datetime:
    """When a survey closes unless its author says otherwise: in the afternoon of the first school
    day that is ``days`` days or more away."""
    zone = ZoneInfo(timezone)
    day = now.astimezone(zone).date() + timedelta(days=days)
    return moment(datetime.combine((calendar or Calendar()).school_day_from(day), _CLOSING), zone)


def zone_name(words: Words, timezone: str) -> str:
    """ "Central Time", as the reader's language has it."""
    if "/" not in timezone:
        return timezone
    return get_timezone_name(ZoneInfo(timezone), locale=words.spoken)


def school_days(
    words: Words, calendar: Calendar | None, opens: datetime, closes: datetime
) -> list[str]:
    """Whether it opens and closes on school days, and which ones lie between. Nothing where the
    district has no calendar. ``words`` are in the district's time zone."""
    if calendar is None:
        return []
    zone = ZoneInfo(words.timezone)
    first, last = opens.astimezone(zone).date(), closes.astimezone(zone).date()
    span = [first + timedelta(days=n) for n in range(min((last - first).days, _LONGEST) + 1)]
    found = [day for day in span if calendar.is_school_day(day)]
    notes = [no_school(words, calendar, day) for day in dict.fromkeys((first, last))]
    return [*filter(None, notes), _listed(words, found)]


def _listed(words: Words, days: Sequence[date]) -> str:
    if not days:
        return words.say("There is no school day between its opening and its closing.")
    if len(days) > _NAMED:
        return words.count(
            "It is open on {n} school day, from {first} to {last}.",
            "It is open on {n} school days, from {first} to {last}.",
            len(days),
            first=words.day(days[0]),
            last=words.day(days[-1]),
        )
    return words.count(
        "It is open on {n} school day: {days}.",
        "It is open on {n} school days: {days}.",
        len(days),
        days="; ".join(words.day(day) for day in days),
    )
