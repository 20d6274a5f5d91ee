"""Quiet hours: whether somebody may be messaged at a moment, and when next.

The rule is the wall clock's where the person is, so an hour that a change of the clocks repeats
or leaves out is quiet or not by what the clock shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.local_time import moment, wall_time
from core.people import Role
from core.school_calendar import Calendar

_SATURDAY = 5
_FARTHEST_DAYS = 400
"""Of looking for an hour that is not quiet. A calendar without one holds everything that long."""


def is_quiet(calendar: Calendar, timezone: str, role: Role, at: datetime) -> bool:
    """Whether nobody of this role may be messaged there now."""
    wall = wall_time(at, _zone(timezone))
    if calendar.weekends and wall.weekday() >= _SATURDAY:
        return True
    if any(holiday.first <= wall.date() <= holiday.last for holiday in calendar.holidays):
        return True
    contract = calendar.contract_hours.get(role)
    if contract is not None:
        return not contract.include(wall.time())
    return calendar.quiet is not None and calendar.quiet.include(wall.time())


def next_allowed(calendar: Calendar, timezone: str, role: Role, at: datetime) -> datetime:
    """The first moment from ``at`` on (in UTC) that is not quiet; ``at`` itself where it is not."""
    if not is_quiet(calendar, timezone, role, at):
        return at
    for begins in _beginnings(calendar, timezone, role, at):
        if begins > at and not is_quiet(calendar, timezone, role, begins):
            return begins
    return at.astimezone(UTC) + timedelta(days=_FARTHEST_DAYS)


def held_until(
    calendar: Calendar, timezone: str, role: Role, first: datetime, last: datetime
) -> datetime | None:
    """Until when a message is held that would leave between two moments close together; None: it
    may go. What would begin in quiet hours or run into them waits."""
    for at in (first, last):
        free = next_allowed(calendar, timezone, role, at)
        if free > at:
            return free
    return None


def _beginnings(calendar: Calendar, timezone: str, role: Role, at: datetime) -> Iterator[datetime]:
    """Every moment at which quiet hours may end, in order: midnights after days off, and the
    hours' own ends; both of them where the clock shows one twice."""
    contract = calendar.contract_hours.get(role)
    ends = {time(0)}
    if contract is not None:
        ends.add(contract.begins)
    elif calendar.quiet is not None:
        ends.add(calendar.quiet.ends)
    zone = _zone(timezone)
    today = wall_time(at, zone).date()
    for day in range(_FARTHEST_DAYS):
        for end in sorted(ends):
            wall = datetime.combine(today + timedelta(days=day), end)
            once = moment(wall, zone)
            yield once
            again = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
            if again > once and wall_time(again, zone) == wall:
                yield again


def _zone(name: str) -> ZoneInfo:
    """A zone that this machine does not know (the roster was imported on another) must not stop
    the lane of everybody else."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class Watch:
    """The calendar at a moment, for many people: each (time zone, role) is worked out once."""

    def __init__(
        self, calendar: Calendar | None, first: datetime, last: datetime | None = None
    ) -> None:
        self._calendar = calendar
        self._first = first
        self._last = last or first
        self._known: dict[tuple[str, str], datetime | None] = {}

    @property
    def needed(self) -> bool:
        """Whether there are quiet hours at all."""
        return self._calendar is not None

    def held_until(self, timezone: str, role: str) -> datetime | None:
        """Until when somebody's messages are held; None: they may go."""
        if self._calendar is None:
            return None
        key = (timezone, role)
        if key not in self._known:
            self._known[key] = held_until(
                self._calendar, timezone, Role(role), self._first, self._last
            )
        return self._known[key]
