"""A month of the change calendar, week by week."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from governance.changes.messages import ChangeRow

_SUNDAY = 6
"""The day that a week begins with in the United States, as Python counts."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, kw_only=True)
class Day:
    """``here``: it is a day of this month."""

    day: date
    here: bool
    is_today: bool
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, kw_only=True)
class Month:
    """``first``: its first day; ``before`` and ``after``: those of the months beside it."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: date
    after: date

    @property
    def rows(self) -> tuple[ChangeRow, ...]:
        return tuple(row for week in self.weeks for one in week if one.here for row in one.rows)


def month_of(rows: Sequence[ChangeRow], asked: str, today: date) -> Month:
    """``asked``: as an address has it ("2026-12"). Anything else: the month of today."""
    first = _asked(asked) or today.replace(day=1)
    weeks = Calendar(_SUNDAY).monthdatescalendar(first.year, first.month)
    return Month(
        first=first,
        weeks=tuple(
            tuple(
                Day(
                    day=day,
                    here=day.month == first.month,
                    is_today=day == today,
                    rows=tuple(one for one in rows if one.day == day),
                )
                for day in week
            )
            for week in weeks
        ),
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=31)).replace(day=1),
    )


def _asked(written: str) -> date | None:
    year, _, month = written.partition("-")
    if not (written.isascii() and year.isdigit() and month.isdigit() and len(written) == 7):
        return None
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), 1)
