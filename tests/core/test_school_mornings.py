"""Reminders of a survey go out while people are at work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.school_calendar import Calendar, Holiday
from core.school_mornings import reminders_between

ZONE = "America/Chicago"
THANKSGIVING = Calendar(
    holidays=(Holiday(name="Thanksgiving", first=date(2026, 11, 25), last=date(2026, 11, 27)),)
)


def at(day: int, hour: int, minute: int = 0, *, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(ZONE))


def reminders(
    opens: datetime, closes: datetime, times: int = 1, calendar: Calendar | None = None
) -> list[datetime]:
    return [
        one.astimezone(ZoneInfo(ZONE))
        for one in reminders_between(opens, closes, times, calendar=calendar, timezone=ZONE)
    ]


def test_halfway_at_night_is_the_next_school_morning() -> None:
    """From Wednesday morning to Monday afternoon half the time is over on Friday at midnight."""
    assert reminders(at(2, 8), at(7, 15, 57)) == [at(7, 9)]


def test_a_break_is_waited_for_and_brings_two_together() -> None:
    opens, closes = at(23, 10, month=11), at(30, 16, month=11)
    assert reminders(opens, closes, 2, THANKSGIVING) == [at(30, 9, month=11)]


def test_on_one_day_it_stays_while_people_are_at_work() -> None:
    assert reminders(at(2, 10), at(2, 15)) == [at(2, 12, 30)]


def test_where_nobody_is_at_work_before_the_closing_nobody_is_reminded() -> None:
    assert reminders(at(4, 17), at(7, 8)) == []
    assert reminders(at(7, 8), at(7, 8)) == []


@pytest.mark.parametrize("times", [1, 2])
def test_every_reminder_is_on_a_school_day_and_in_school_hours(times: int) -> None:
    opens = datetime(2026, 11, 16, 0, 30, tzinfo=UTC)
    for hours in range(0, 24 * 14, 5):
        for days in (1, 2, 3, 5, 8):
            began = opens + timedelta(hours=hours)
            ends = began + timedelta(days=days)
            for one in reminders(began, ends, times, THANKSGIVING):
                assert THANKSGIVING.is_school_day(one.date())
                assert 8 <= one.hour <= 16
                assert began < one < ends
