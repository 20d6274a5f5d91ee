"""When an answer is due: a committee's own number of days, with the clock stopped while nobody can
answer. Pure: days in, days out; what stands in the database is gathered in ``dating``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.school_calendar import Calendar

_DAY = timedelta(days=1)
_SATURDAY = 5
_FARTHEST_DAYS = 1000
"""Of looking for a day on which the clock runs. A calendar without one holds everything so long."""

Who = TypeVar("Who")


@dataclass(frozen=True, kw_only=True)
class Away:
    """Local days on which somebody is away, both included."""

    first: date
    last: date

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


def due_at(
    entered: datetime, days: int, zone: ZoneInfo, stopped: Callable[[date], bool]
) -> datetime:
    """The moment (in UTC) that is so many days after another, by the wall clock of ``zone``: the
    same time of the day, also where clocks change between. A day that is ``stopped`` does not
    count, and a Saturday or Sunday counts without being the last. An hour that a change leaves
    out is the hour after it."""
    wall = entered.astimezone(zone)
    day, left = wall.date(), days
    for _ in range(_FARTHEST_DAYS):
        if left <= 0 and day.weekday() < _SATURDAY and not stopped(day):
            break
        day += _DAY
        left -= not stopped(day)
    at = wall.time().replace(fold=0)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def days_over(due: datetime, now: datetime, zone: ZoneInfo, stopped: Callable[[date], bool]) -> int:
    """How many days that count an answer is late; 0: it is not."""
    if now <= due:
        return 0
    day, today = due.astimezone(zone).date(), now.astimezone(zone).date()
    over = 0
    while day < today and over <= _FARTHEST_DAYS:
        day += _DAY
        over += not stopped(day)
    return over


ASKED_HOLDS = 7
"""Days for which a committee's clock waits for an author, in all: asking again buys no more."""


def asked_days(questions: Iterable[tuple[date, date | None]], entered: date) -> frozenset[date]:
    """The days after ``entered`` on which a committee waited for a reply; of each question the day
    it was asked and the day of its reply (None: not yet). Until the reply is there it is taken to
    need all of the days that there are."""
    waited: set[date] = set()
    for asked, replied in questions:
        day, last = asked, asked + _DAY * ASKED_HOLDS
        while day < min(last, replied or last):
            day += _DAY
            if day > entered:
                waited.add(day)
    return frozenset(sorted(waited)[:ASKED_HOLDS])


def closed_on(calendar: Calendar | None, day: date) -> bool:
    """Whether the district's clock stands still: in its summer and on its holidays. Weekends
    count, as they do in the number of days that a committee gives itself."""
    if calendar is None:
        return False
    return calendar.holiday_on(day) is not None or calendar.in_summer(day)


def present(
    leaders: Sequence[Who], away: Mapping[Who, Iterable[Away]], day: date
) -> tuple[Who, ...]:
    """Who of those that lead a committee is there on a day, in their order: where the chair is
    away, whoever comes next stands in."""
    return tuple(
        one for one in leaders if not any(while_.includes(day) for while_ in away.get(one, ()))
    )


def stops(
    calendar: Calendar | None, leaders: Sequence[Who], away: Mapping[Who, Iterable[Away]]
) -> Callable[[date], bool]:
    """On which days a committee's clock stands still: with the district's, and where everybody who
    leads it is away at once."""

    def stopped(day: date) -> bool:
        if closed_on(calendar, day):
            return True
        return bool(leaders) and not present(leaders, away, day)

    return stopped
