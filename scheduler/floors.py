"""Floors: what one conversation takes, whatever the budget of its lane.

A platform's windows ("7 in one second, 60 in thirty") are kept by leaky buckets that allow a
little less than any of them: a bucket of b and one each T seconds lets at most b + w/T pass in
any w seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.people import Platform
from scheduler.lanes import Budget


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Two buckets: for seconds, and for the hour."""

    short: Budget
    long: Budget


_LITTLE = timedelta(seconds=5)
"""A step back of the clock that is waited out."""

FLOORS: Mapping[Platform, Floor] = {
    # Slack: one a second to a channel.
    Platform.SLACK: Floor(
        short=Budget(per_second=1 / 1.1, burst=1), long=Budget(per_second=1 / 1.1, burst=1)
    ),
    # Teams: 7 in 1 s, 8 in 2 s, 60 in 30 s (4 + 30/0.54 < 60); 1,800 in 3,600 s (240 + 1,500).
    Platform.TEAMS: Floor(
        short=Budget(per_second=1 / 0.54, burst=4), long=Budget(per_second=1 / 2.4, burst=240)
    ),
}


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A conversation's two theoretical arrival times; ``new`` ones begin at ``start``."""

    arrival: datetime
    long_arrival: datetime

    @classmethod
    def new(cls, start: datetime) -> Conversation:
        return cls(arrival=start, long_arrival=start)

    def possible(self, floor: Floor, now: datetime) -> Conversation:
        """Its times, unless they are farther ahead than full buckets put them: then the clock was
        set back since, and it would take nothing until it is that late again."""
        return Conversation(
            arrival=_possible(floor.short, self.arrival, now),
            long_arrival=_possible(floor.long, self.long_arrival, now),
        )

    def free_at(self, floor: Floor) -> datetime:
        """From when it takes one more message."""
        return max(
            self.arrival - (floor.short.burst - 1) * floor.short.interval,
            self.long_arrival - (floor.long.burst - 1) * floor.long.interval,
        )

    def taking(self, floor: Floor, at: datetime) -> Conversation:
        """After one more message at a time when it was free."""
        return Conversation(
            arrival=max(self.arrival, at) + floor.short.interval,
            long_arrival=max(self.long_arrival, at) + floor.long.interval,
        )


def _possible(budget: Budget, arrival: datetime, now: datetime) -> datetime:
    return arrival if arrival <= now + budget.burst * budget.interval + _LITTLE else now
