"""How much is open with each committee, as somebody may know it who has no docket: the CTO on Home,
and the Board in a report. Both tell the same, so that nothing is found by taking one from the
other.

It follows the rule of the month's figures. A message is counted from the first day of the month
after it came to its committee, with all others of that month, if five people or more wrote them.
So no figure moves because somebody wrote, was moved or became late on a day that a reader knows of.
It goes down when messages are answered, which says whose work it was and nothing of whose words.
What is restricted is never counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from governance.digests.people import PEOPLE_FROM, people
from governance.docket.open_items import Backlog, OpenMessage
from governance.ports import GovernanceStore
from governance.school_days import today

OTHERS = ""
"""In the place of a queue: what is too little to stand by itself, of all queues together."""


def first_day(store: GovernanceStore, now: datetime) -> date:
    """What came or was due before it is counted."""
    return today(store, now).replace(day=1)


def backlog(store: GovernanceStore, now: datetime) -> tuple[Backlog, ...]:
    """Of each queue that has enough, those with the most late ones first, then of the others."""
    begins = store.moment_of(datetime.combine(first_day(store, now), time()))
    zone = ZoneInfo(store.district().timezone)
    by_queue: dict[str, list[OpenMessage]] = defaultdict(list)
    for one in store.open_messages(today(store, now), now):
        if one.came < begins:
            by_queue[one.queue].append(one)
    counted: list[Backlog] = []
    left: list[OpenMessage] = []
    for queue, messages in by_queue.items():
        told, few = _apart(messages, zone)
        counted += [_counted(queue, told, begins)] if told else []
        left += few
    rest, _ = _apart(left, zone)
    ranked = sorted(counted, key=lambda one: (-(one.late or 0), -one.open, one.queue))
    return (*ranked, *([_counted(OTHERS, rest, begins)] if rest else ()))


def _apart(
    messages: Iterable[OpenMessage], zone: ZoneInfo
) -> tuple[list[OpenMessage], list[OpenMessage]]:
    """Those of the months in which enough people wrote, and those of the others."""
    months: dict[date, list[OpenMessage]] = defaultdict(list)
    for one in messages:
        months[one.came.astimezone(zone).date().replace(day=1)].append(one)
    told, few = list[OpenMessage](), list[OpenMessage]()
    for said in months.values():
        (told if people(said) >= PEOPLE_FROM else few).extend(said)
    return told, few


def _counted(queue: str, told: Sequence[OpenMessage], begins: datetime) -> Backlog:
    """How many are late is not told where it, or what is left without it, is of a few people."""
    late, in_time = list[OpenMessage](), list[OpenMessage]()
    for one in told:
        is_late = one.due_at is not None and one.due_at < begins
        (late if is_late else in_time).append(one)
    few = any(some and people(some) < PEOPLE_FROM for some in (late, in_time))
    return Backlog(queue=queue, open=len(told), late=None if few else len(late))
