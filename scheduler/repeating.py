"""The dates of a survey that repeats: a rule of cron on the district's wall clock and calendar.

A date on which nobody works moves to the next school day, if that is nearer than the next date of
the rule; else it is left out. So one rule does for a single holiday (the pulse comes a day later),
for a break (its weeks are left out) and for "the first school day of a month" (the first of the
month, moved). Moved dates keep their order and share no day: each lies in the first half of the
time to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.local_time import moment, wall_time
from core.school_calendar import Calendar
from governance.series.model import DaysOff, Moved, Repeat, SeriesDate
from scheduler.recurring import check_rule, following

GRACE = timedelta(hours=4)
"""So late, on the same day, a date is still launched; after that it is left out."""

MOST_EVERY = 52
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)
_FARTHEST = timedelta(days=800)
"""Of looking for dates: a rule that names none within two years names none."""


def check_repeat(repeat: Repeat) -> None:
    """``ValueError`` in plain words where its rule is none, or means more than one time a day."""
    check_rule(repeat.rule)
    minute, hour = repeat.rule.split()[:2]
    if not (minute.isdigit() and hour.isdigit()):
        raise ValueError(f'"{repeat.rule}": give one time of day, such as "0 9" for 9:00.')
    if not 1 <= repeat.every <= MOST_EVERY:
        raise ValueError(f"every {repeat.every}th date is not possible: use 1 to {MOST_EVERY}.")


def dates(
    repeat: Repeat,
    calendar: Calendar,
    zone: ZoneInfo,
    after: datetime,
    moved: Moved | None = None,
) -> Iterator[SeriesDate]:
    """The dates after a wall time (without a zone), in order, with those that are left out."""
    for slot, coming in pairwise(_slots(repeat, after)):
        yield _date(repeat, calendar, zone, slot, coming, moved)


def too_long(repeat: Repeat, zone: ZoneInfo, after: datetime) -> bool:
    """Whether one would still be open when the next is launched (looked at a year ahead)."""
    return any(
        _closing(repeat, zone, slot.date()) >= moment(coming, zone)
        for slot, coming in pairwise(_slots(repeat, after, timedelta(days=400)))
    )


def _date(
    repeat: Repeat,
    calendar: Calendar,
    zone: ZoneInfo,
    slot: datetime,
    coming: datetime,
    moved: Moved | None,
) -> SeriesDate:
    nominal = moment(slot, zone)
    put = moved.to if moved is not None and moved.slot == slot else None
    if put is not None and calendar.is_school_day(wall_time(put, zone).date()):
        at = put
    else:
        day = _school_day(repeat, calendar, slot, coming)
        if day is None:
            holiday = calendar.holiday_on(slot.date())
            off = holiday.name if holiday else ""
            return SeriesDate(slot=slot, due=nominal, day=slot.date(), off=off)
        at = nominal if day == slot.date() else moment(datetime.combine(day, slot.time()), zone)
    today = wall_time(at, zone).date()
    midnight = moment(datetime.combine(today + _A_DAY, time(0)), zone)
    return SeriesDate(
        slot=slot,
        due=at,
        day=today,
        at=at,
        until=min(at + GRACE, midnight - _A_MINUTE),
        closes_at=_closes(repeat, calendar, zone, at, coming),
    )


def _school_day(
    repeat: Repeat, calendar: Calendar, slot: datetime, coming: datetime
) -> date | None:
    """Where a date lies; None: it is left out."""
    day = slot.date()
    if repeat.days_off is DaysOff.SKIP:
        return day if calendar.is_school_day(day) else None
    nearest = (coming - slot) / 2
    while not calendar.is_school_day(day):
        day += _A_DAY
        if datetime.combine(day, slot.time()) - slot >= nearest:
            return None
    return day


def _closes(
    repeat: Repeat, calendar: Calendar, zone: ZoneInfo, at: datetime, coming: datetime
) -> datetime:
    """On a school day, and before the next one opens, also where this one opened later than the
    rule says."""
    opened, following_one = wall_time(at, zone).date(), moment(coming, zone)
    day = calendar.school_day_from(opened + _A_DAY * repeat.days)
    for closes in (
        moment(datetime.combine(day, repeat.closes), zone),
        _closing(repeat, zone, opened),
    ):
        if closes < following_one:
            return closes
    eve = moment(datetime.combine(coming.date() - _A_DAY, repeat.closes), zone)
    return eve if eve > at else following_one - _A_MINUTE


def _closing(repeat: Repeat, zone: ZoneInfo, opened: date) -> datetime:
    return moment(datetime.combine(opened + _A_DAY * repeat.days, repeat.closes), zone)


def _slots(repeat: Repeat, after: datetime, farthest: timedelta = _FARTHEST) -> Iterator[datetime]:
    """The rule's wall times after one, and no two on a day."""
    begins = datetime.combine(repeat.begins, time(0))
    # Every second date is counted from the first, whenever somebody asks.
    shown = following(repeat.rule, begins if repeat.every > 1 else max(begins, after))
    number, end = 0, max(begins, after) + farthest
    while shown is not None and shown <= end:
        if number % repeat.every == 0 and shown > after:
            yield shown
        number += 1
        midnight = datetime.combine(shown.date() + _A_DAY, time(0))
        shown = following(repeat.rule, midnight)
