"""Local times: what a wall clock shows, as a moment, exactly once.

Where clocks are set back an hour happens twice, and the first time counts. Where they are set
forward an hour does not happen, and the first moment after it counts (``zoneinfo`` and
APScheduler each do something else; decision 15).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The one moment (in UTC) of a wall clock's time. ``wall`` has no zone of its own."""
    if not 2 < wall.year < 9998:  # somebody mistyped; no zone matters, and sums would overflow
        return wall.replace(tzinfo=UTC)
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_time(before, zone) == wall.replace(fold=0):
        return before
    after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(after.replace(microsecond=0) - _SECOND, before, zone)


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    """What a wall clock there shows at a moment, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two at which clocks are set forward: the first with the new offset."""
    old = early.astimezone(zone).utcoffset()
    late = late.replace(microsecond=0) + _SECOND
    while late - early > _SECOND:
        middle = early + _SECOND * ((late - early) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            early = middle
        else:
            late = middle
    return late
