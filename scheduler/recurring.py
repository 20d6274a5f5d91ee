"""What recurs: cron's five fields, read on a wall clock.

APScheduler reads the fields, on wall times that have no zone. When a wall time is, is decided in
``core/local_time.py``: left to it, a time in the hour that comes twice fires twice, and one
in the hour that is left out fires at a time that nobody planned.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.local_time import moment, wall_time

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_SPANS = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=8),
    timedelta(days=32),
    timedelta(days=400),
)
"""How far back is looked, little by little: a rule may mean every minute, or once a year."""

_LONGEST_CHANGE = timedelta(hours=3)
"""A wall clock that was set back shows times again whose moment has come already."""

_INSTANT = timedelta(microseconds=1)


def check_rule(rule: str) -> None:
    """``ValueError`` in plain words where a rule cannot be read."""
    _trigger(rule)


def latest(rule: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The newest wall time of a rule (without a zone) whose moment has come; None: none within a
    year. What was missed in an outage is one: the newest."""
    wall = wall_time(now, zone)
    for span in _SPANS:
        found = None
        shown = following(rule, wall - span)
        while shown is not None and shown <= wall + _LONGEST_CHANGE:
            if moment(shown, zone) <= now:
                found = shown
            shown = following(rule, shown + _INSTANT)
        if found is not None:
            return found
    return None


def following(rule: str, wall: datetime) -> datetime | None:
    """The first wall time of a rule from one on."""
    # As if wall clocks were UTC's, which are never changed.
    found = _trigger(rule).get_next_fire_time(None, wall.replace(tzinfo=UTC))
    return None if found is None else found.replace(tzinfo=None)


@lru_cache(maxsize=256)
def _trigger(rule: str) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger

    fields = rule.split()
    if len(fields) != 5:
        raise ValueError(f'"{rule}" is no rule: it has {len(fields)} fields, not five.')
    if any(sign.isdigit() for sign in fields[4]):
        # To cron 0 is Sunday, to APScheduler it is Monday.
        raise ValueError(f'"{rule}": write days of the week as mon, tue, wed, thu, fri, sat, sun.')
    return CronTrigger.from_crontab(rule, timezone=UTC)
