"""Pacing: how fast a lane sends now, what a throttle teaches it, and how it finds its way back.

A platform's real limit is often hidden (Slack's lies between 230 and 525 a minute). A lane starts
at the configured rate; a 429 cuts it, and it climbs back quickly to just under where it was
throttled, stays there, and only then feels its way upwards (AIMD with a memory, as TCP's CUBIC).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.lanes import Budget

SHARE = 0.98
"""Of a limit: the rest is for jitter on the way, which bunches messages that left evenly."""

AHEAD_SECONDS = 0.25
"""At least so far ahead messages are claimed, so that a lane does not idle while it claims."""

_DEEP_CUT = 0.7
_SHALLOW_CUT = 0.92
_KNOWN = 0.9
"""Throttled at this share of the last ceiling or above: the limit is where it was thought."""

_PLATEAU = 0.96
_CLIMB = timedelta(seconds=60)
_HOLD = timedelta(minutes=6)
_PROBE_A_MINUTE = 0.01
_FLOOR = 0.25
"""Of the configured rate: slower than this no lane goes, whatever it was told."""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What a lane learned: it was throttled at ``ceiling`` and went on at ``rate`` messages a
    second from ``since``. ``strikes``: throttles since the last message that was taken."""

    rate: float | None = None
    ceiling: float | None = None
    since: datetime | None = None
    strikes: int = 0


def rate_now(budget: Budget, learned: Learned, now: datetime) -> float:
    """Messages a second that a lane may try now."""
    if learned.rate is None or learned.ceiling is None or learned.since is None:
        return budget.per_second
    plateau = max(learned.rate, learned.ceiling * _PLATEAU)
    passed = max(now - learned.since, timedelta())
    if passed < _CLIMB:
        found = learned.rate + (plateau - learned.rate) * (passed / _CLIMB)
    else:
        minutes = max(passed - _HOLD, timedelta()) / timedelta(minutes=1)
        found = plateau + learned.ceiling * _PROBE_A_MINUTE * minutes
    return min(budget.per_second, max(found, budget.per_second * _FLOOR))


def paced(budget: Budget, rate: float) -> Budget:
    """The budget at a rate: a little below it, and claimed far enough ahead."""
    ahead = max(budget.burst * rate / budget.per_second, 1 + AHEAD_SECONDS * rate)
    return Budget(per_second=rate * SHARE, burst=ahead)


def throttled(
    budget: Budget, learned: Learned, now: datetime, seconds: float
) -> tuple[Learned, timedelta]:
    """What a lane knows after a 429, and how long it waits: what the platform said, and longer
    each time when nothing was taken in between (its limit looks back further than it said)."""
    wait = timedelta(seconds=max(seconds, 0.5))
    if learned.strikes and learned.rate is not None:
        wait = max(wait, timedelta(seconds=min(2.0**learned.strikes, 120)))
        again = Learned(
            rate=learned.rate,
            ceiling=learned.ceiling,
            since=now + wait,
            strikes=learned.strikes + 1,
        )
        return again, wait
    rate = rate_now(budget, learned, now)
    known = learned.ceiling is not None and rate >= learned.ceiling * _KNOWN
    lower = max(rate * (_SHALLOW_CUT if known else _DEEP_CUT), budget.per_second * _FLOOR)
    return Learned(rate=lower, ceiling=rate, since=now + wait, strikes=1), wait
