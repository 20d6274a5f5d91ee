"""The district's calendar in district.yaml: quiet hours, weekends, holidays, contract hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from bot.files.fields import Entry
from core.people import STAFF_ROLES, Role
from core.school_calendar import Calendar, Holiday, Hours, Period, Summer

Days = TypeVar("Days", bound=Period)

LONGEST_HOLIDAY = timedelta(days=120)
"""A summer. Longer is a mistyped year, and would hold every message back for that long."""


def read_calendar(district: Entry) -> Calendar | None:
    """What ``calendar:`` says; None where there is none: then there are no quiet hours."""
    found = district.entry("calendar")
    if found is None:
        return None
    entry = found.called("the calendar")
    entry.only("quiet", "weekends", "holidays", "contract_hours", "summer", "periods")
    return Calendar(
        quiet=read_hours(entry, "quiet", "the quiet hours"),
        weekends=entry.flag("weekends", default=True),
        holidays=tuple(_in_order(entry, "holidays", "holiday", Holiday)),
        contract_hours=_contract_hours(entry),
        summer=_summer(entry),
        periods=tuple(_in_order(entry, "periods", "period", Period)),
    )


def dump_calendar(calendar: Calendar) -> dict[str, Any]:
    """A calendar as ``read_calendar`` reads it."""
    data: dict[str, Any] = {"weekends": calendar.weekends}
    if calendar.quiet:
        data["quiet"] = dump_hours(calendar.quiet)
    if calendar.holidays:
        data["holidays"] = [_dump_days(holiday) for holiday in calendar.holidays]
    if calendar.periods:
        data["periods"] = [_dump_days(period) for period in calendar.periods]
    if calendar.contract_hours:
        data["contract_hours"] = {
            role.value: dump_hours(hours) for role, hours in calendar.contract_hours.items()
        }
    if calendar.summer:
        first, last = calendar.summer.first, calendar.summer.last
        data["summer"] = {"first": _dump_day(first), "last": _dump_day(last)}
    return data


def _dump_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def dump_hours(hours: Hours) -> dict[str, str]:
    return {"from": f"{hours.begins:%H:%M}", "until": f"{hours.ends:%H:%M}"}


def _dump_days(period: Period) -> dict[str, str]:
    if period.first == period.last:
        return {"name": period.name, "date": period.first.isoformat()}
    first, last = period.first.isoformat(), period.last.isoformat()
    return {"name": period.name, "first": first, "last": last}


def read_hours(entry: Entry, name: str, what: str) -> Hours | None:
    found = entry.entry(name)
    if found is None:
        return None
    found = found.called(what)
    found.only("from", "until")
    begins, ends = _time(found, "from"), _time(found, "until")
    if begins is None or ends is None:
        return None
    if begins == ends:
        message = f"{what[:1].upper()}{what[1:]} begin and end at the same time."
        found.wrong("until", message, "Give them a length, or leave them out.")
        return None
    return Hours(begins=begins, ends=ends)


def _time(entry: Entry, name: str) -> time | None:
    written = entry.scalar(name, kind="a time of day")
    if written is None:
        return None
    try:
        if len(written) != len("07:30"):
            raise ValueError
        return time.fromisoformat(written)
    except ValueError:
        message = f'"{name}" of {entry.what} is "{written}", which is not a time of day.'
        entry.wrong(name, message, 'Write it with 24 hours: "07:30", "18:00".')
        return None


def _contract_hours(calendar: Entry) -> dict[Role, Hours]:
    entry = calendar.entry("contract_hours")
    if entry is None:
        return {}
    entry = entry.called("the contract hours")
    roles = [role for role in Role if role in STAFF_ROLES]
    entry.only(*(role.value for role in roles))
    found = {role: read_hours(entry, role.value, f"the contract hours of {role}") for role in roles}
    return {role: hours for role, hours in found.items() if hours is not None}


def _summer(calendar: Entry) -> Summer | None:
    found = calendar.entry("summer")
    if found is None:
        return None
    entry = found.called("the summer")
    entry.only("first", "last")
    first, last = _day_of_year(entry, "first"), _day_of_year(entry, "last")
    return Summer(first=first, last=last) if first and last else None


def _day_of_year(entry: Entry, name: str) -> tuple[int, int] | None:
    """The same day every year: month and day."""
    written = entry.scalar(name, kind="a day of the year")
    if written is None:
        return None
    try:
        if len(written) != len("06-05"):
            raise ValueError
        day = date.fromisoformat(f"2027-{written}")  # no leap year: the day is in every year
    except ValueError:
        message = f'"{name}" of {entry.what} is "{written}", which is not a day of the year.'
        entry.wrong(name, message, 'Write it as month-day: "06-05".')
        return None
    return day.month, day.day


def _in_order(calendar: Entry, name: str, what: str, kind: type[Days]) -> Iterator[Days]:
    """Holidays or other periods, the first one first; none begins in another one."""
    found: list[tuple[Days, Entry]] = []
    for entry in calendar.entries(name, what):
        days = _days(entry, what, kind)
        if days is not None:
            found.append((days, entry))
    found.sort(key=lambda pair: pair[0].first)
    for (before, _), (after, entry) in pairwise(found):
        if after.first <= before.last:
            message = f'"{after.name}" begins before "{before.name}" is over.'
            entry.wrong("name", message, "Correct the dates, or leave one of them out.")
    yield from (days for days, _ in found)


def _days(entry: Entry, what: str, kind: type[Days]) -> Days | None:
    name = entry.string("name", longest=80)
    entry = entry.called(f'the {what} "{name}"')
    entry.only("name", "date", "first", "last")
    if "date" in entry.fields:
        for other in ("first", "last"):
            if other in entry.fields:
                message = f'{entry.what[:1].upper()}{entry.what[1:]} has "date" and "{other}".'
                entry.wrong(other, message, 'Give "date", or "first" and "last".')
        first = last = _date(entry, "date")
    else:
        first, last = _date(entry, "first"), _date(entry, "last")
    if first is None or last is None:
        return None
    if last < first:
        entry.wrong("last", f'"last" of {entry.what} is before "first".', "Swap or correct them.")
        return None
    if last - first > LONGEST_HOLIDAY:
        message = f"{entry.what[:1].upper()}{entry.what[1:]} lasts {(last - first).days + 1} days."
        entry.wrong("last", message, f"Use at most {LONGEST_HOLIDAY.days + 1}; check the years.")
        return None
    return kind(name=name, first=first, last=last)


def _date(entry: Entry, name: str) -> date | None:
    written = entry.scalar(name, kind="a date")
    if written is None:
        return None
    try:
        if len(written) != len("2026-09-07"):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        message = f'"{name}" of {entry.what} is "{written}", which is not a date.'
        entry.wrong(name, message, "Write it as year-month-day: 2026-09-07.")
        return None
