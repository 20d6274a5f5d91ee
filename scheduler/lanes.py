"""Lanes: each workspace or tenant has a budget of messages, kept as a GCRA (a leaky bucket by
its theoretical arrival time), so that one transaction can claim a batch and advance the lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.people import Platform

_WAITED_OUT = timedelta(minutes=1)

WEB_PAGES = "web:"
"""The lane of what is on a page as soon as it is queued: nothing leaves the house."""

WEB_MAIL = "web:mail"
"""The lane of what is on a person's page and told by mail as well. A committee's page does not
wait behind mails, and mails keep to what their server takes."""


RESTORED = "restored:"
"""What stands before the name of a lane while a message waits for the operator, because the
database was restored and the message may have been sent before. No process serves such a lane."""


HELP_DESK = "web:help-desk"
"""The lane, and the recipient, of what is handed to the district's help desk."""


def disturbs(lane: str) -> bool:
    """Whether what goes out in a lane rings, buzzes or lies in a mailbox. A page does not."""
    return lane != WEB_PAGES


@dataclass(frozen=True, kw_only=True)
class Budget:
    """``per_second`` messages, of which ``burst`` may be claimed at once (or a part of one more,
    which counts as time ahead)."""

    per_second: float
    burst: float

    @property
    def interval(self) -> timedelta:
        return timedelta(seconds=1 / self.per_second)


DEFAULT_BUDGETS: Mapping[Platform, Budget] = {
    # Slack: "several hundred per minute" a workspace, 230 to 525 observed: the safer end.
    Platform.SLACK: Budget(per_second=230 / 60, burst=4),
    # Teams: 50 requests a second an app and tenant; an older text says 30: the safer one.
    Platform.TEAMS: Budget(per_second=30, burst=15),
    # The web's pages are our own table: only fairness to other work limits it.
    Platform.WEB: Budget(per_second=2000, burst=400),
}

MAIL_BUDGET = Budget(per_second=5, burst=5)


_RECALLING = "!recall"
_RECALL_BUDGET = Budget(per_second=45 / 60, burst=1)
"""Slack deletes about 50 messages a minute for an app (tier 3), whatever it posts beside."""


def recall_lane(key: str) -> str:
    """The lane in which messages of a lane are taken back. Slack counts that by itself: it must
    not slow down what is sent, nor be taken for it. No mail tells of it. What turned out to have
    been sent while it waited for the operator is taken back where it went."""
    key = key.removeprefix(RESTORED)
    if key == WEB_MAIL:
        return WEB_PAGES
    return f"{key}{_RECALLING}" if key.startswith(f"{Platform.SLACK}:") else key


def budget_of(key: str, budgets: Mapping[Platform, Budget]) -> Budget:
    """A lane's budget."""
    if key.endswith(_RECALLING):
        return _RECALL_BUDGET
    return budgets[Platform(key.partition(":")[0])]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """How many may go now, and the lane's theoretical arrival time afterwards."""

    messages: int
    arrival: datetime


def grant(budget: Budget, arrival: datetime, now: datetime, wanted: int) -> Grant:
    """How many of ``wanted`` messages a lane may take now (GCRA, ITU-T I.371).

    A message conforms when ``arrival - now`` is at most ``(burst - 1)`` intervals.
    """
    start = max(_possible(budget, arrival, now), now)
    ahead = (start - now) / budget.interval
    free = int(budget.burst - ahead + 1e-9)
    messages = max(0, min(wanted, free))
    return Grant(messages=messages, arrival=start + messages * budget.interval)


def free_at(budget: Budget, arrival: datetime, now: datetime) -> datetime:
    """When the lane may take one more message."""
    return max(now, _possible(budget, arrival, now) - (budget.burst - 1) * budget.interval)


def _possible(budget: Budget, arrival: datetime, now: datetime) -> datetime:
    """The arrival, unless it is farther ahead than a full burst can put it: then the clock was
    set back since, and the lane would stand still until it is that late again. A step of less
    than a minute is waited out."""
    farthest = now + budget.burst * budget.interval + _WAITED_OUT
    return arrival if arrival <= farthest else now
