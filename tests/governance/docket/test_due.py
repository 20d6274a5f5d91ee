"""When an answer is due: counted by the wall clock, and not on days on which nobody can answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.school_calendar import Calendar, Holiday, Summer
from governance.docket.due import (
    ASKED_HOLDS,
    Away,
    asked_days,
    closed_on,
    days_over,
    due_at,
    present,
    stops,
)

CHICAGO = ZoneInfo("America/Chicago")
SUMMER = Summer(first=(6, 5), last=(8, 10))
BREAK = Holiday(name="Winter break", first=date(2026, 12, 21), last=date(2027, 1, 4))
YEAR = Calendar(holidays=(BREAK,), summer=SUMMER)
CHAIR, DEPUTY = "chair", "deputy"


def never(day: date) -> bool:
    return False


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHICAGO)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entered", "due"),
    [
        pytest.param(local(2026, 9, 1, 9), local(2026, 10, 1, 9), id="in fall"),
        pytest.param(local(2026, 10, 20, 9), local(2026, 11, 19, 9), id="over the end of DST"),
        pytest.param(local(2027, 3, 1, 9), local(2027, 3, 31, 9), id="over its beginning"),
        pytest.param(local(2026, 12, 10, 9), local(2027, 1, 25, 9), id="over winter break"),
        pytest.param(local(2027, 5, 20, 9), local(2027, 8, 25, 9), id="over a summer"),
        pytest.param(local(2028, 5, 20, 9), local(2028, 8, 25, 9), id="over the next one"),
        pytest.param(local(2027, 7, 1, 9), local(2027, 9, 9, 9), id="from within a summer"),
    ],
)
def test_thirty_days_end_at_the_same_hour_and_leave_out_breaks_and_summers(
    entered: datetime, due: datetime
) -> None:
    assert due_at(entered, 30, CHICAGO, stops(YEAR, (), {})) == due


def test_an_hour_that_clocks_leave_out_is_the_hour_after_it() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # clocks go from 0 to 1 on Friday, April 30
    entered = datetime(2027, 3, 31, 0, 30, tzinfo=cairo)
    assert due_at(entered, 30, cairo, never) == datetime(2027, 4, 30, 1, 30, tzinfo=cairo)


def test_an_answer_is_due_on_a_school_day_also_without_a_calendar() -> None:
    for first in range(1, 8):
        due = due_at(local(2026, 9, first, 9), 5, CHICAGO, stops(None, (), {}))
        assert due.astimezone(CHICAGO).weekday() < 5


@given(
    st.integers(0, 6 * 366 * 24 * 60),
    st.integers(1, 120),
)
def test_it_is_never_due_on_a_day_that_does_not_count_and_counting_back_finds_the_days(
    minutes: int, days: int
) -> None:
    entered = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    stopped = stops(YEAR, (), {})
    due = due_at(entered, days, CHICAGO, stopped)
    last, day = due.astimezone(CHICAGO).date(), entered.astimezone(CHICAGO).date()
    assert not stopped(last)
    counted = sum(not stopped(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))
    # Saturdays and Sundays count, but an answer is due on the school day after them.
    assert last.weekday() < 5
    rolled = 0
    while (back := last - timedelta(days=rolled + 1)).weekday() >= 5 or stopped(back):
        rolled += 1
    over = sum(not stopped(last - timedelta(days=n)) for n in range(rolled + 1))
    assert days <= counted < days + over
    assert due >= entered + timedelta(days=days, hours=-2)


def test_the_clock_stands_still_only_where_everybody_who_leads_is_away() -> None:
    trip = Away(first=date(2026, 9, 7), last=date(2026, 9, 18))
    entered = local(2026, 9, 1, 9)
    chair_only = stops(None, (CHAIR, DEPUTY), {CHAIR: [trip]})
    assert due_at(entered, 30, CHICAGO, chair_only) == local(2026, 10, 1, 9)
    both = stops(None, (CHAIR, DEPUTY), {CHAIR: [trip], DEPUTY: [trip]})
    assert due_at(entered, 30, CHICAGO, both) == local(2026, 10, 13, 9)
    assert present((CHAIR, DEPUTY), {CHAIR: [trip]}, date(2026, 9, 10)) == (DEPUTY,)
    assert present((CHAIR, DEPUTY), {CHAIR: [trip]}, date(2026, 9, 19)) == (CHAIR, DEPUTY)


def test_a_committee_without_anybody_who_leads_it_is_not_always_away() -> None:
    assert not stops(None, (), {})(date(2026, 9, 7))


def test_late_days_count_as_the_clock_does() -> None:
    stopped = stops(YEAR, (), {})
    due = local(2027, 6, 3, 9)
    assert days_over(due, due, CHICAGO, stopped) == 0
    assert days_over(due, local(2027, 6, 4, 9), CHICAGO, stopped) == 1
    assert days_over(due, local(2027, 8, 10, 9), CHICAGO, stopped) == 1
    assert days_over(due, local(2027, 8, 12, 9), CHICAGO, stopped) == 3


def test_a_summer_over_new_year_is_one_summer() -> None:
    south = Calendar(summer=Summer(first=(12, 15), last=(1, 25)))
    days = [date(2026, 12, 14), date(2026, 12, 15), date(2027, 1, 25), date(2027, 1, 26)]
    assert [closed_on(south, day) for day in days] == [False, True, True, False]


def test_a_calendar_in_which_every_day_is_closed_ends_the_looking() -> None:
    assert due_at(local(2026, 9, 1, 9), 30, CHICAGO, lambda day: True) > local(2026, 9, 1, 9)


DAY_ASKED, FIRST_OF_MAY = date(2026, 5, 4), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("questions", "days"),
    [
        pytest.param([(DAY_ASKED, None)], ASKED_HOLDS, id="no reply yet"),
        pytest.param([(DAY_ASKED, date(2026, 5, 7))], 3, id="a reply after three days"),
        pytest.param([(DAY_ASKED, DAY_ASKED)], 0, id="a reply on the same day"),
        pytest.param([(DAY_ASKED, date(2026, 6, 20))], ASKED_HOLDS, id="a reply after weeks"),
        pytest.param(
            [(DAY_ASKED, date(2026, 5, 9)), (date(2026, 5, 11), None)],
            ASKED_HOLDS,
            id="asked again for more days",
        ),
        pytest.param([(date(2026, 4, 27), None)], 3, id="asked by the committee before it"),
        pytest.param([], 0, id="never asked"),
    ],
)
def test_a_committee_waits_for_an_author_seven_days_at_most(
    questions: list[tuple[date, date | None]], days: int
) -> None:
    waited = asked_days(questions, FIRST_OF_MAY)
    assert len(waited) == days
    assert all(day > FIRST_OF_MAY for day in waited)
