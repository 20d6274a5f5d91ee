"""The dates of what repeats: any rule on any calendar, never on a day off, never two on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.local_time import moment, wall_time
from core.school_calendar import Calendar, Holiday
from governance.series.model import DaysOff, Moved, Repeat
from scheduler.repeating import check_repeat, dates, too_long

CENTRAL = ZoneInfo("America/Chicago")
FIRST = date(2026, 8, 1)


def on(written: str) -> datetime:
    """What a wall clock shows: without a zone."""
    return datetime.fromisoformat(written)


_days = st.sampled_from(
    ["*", "1", "15", "28", "*/2", "*/5", "8-14", "1,15", "last", "1-7", "31"],
)
_weekdays = st.sampled_from(["*", "mon", "tue", "wed", "fri", "sun", "mon-fri", "tue,thu", "sat"])
_months = st.sampled_from(["*", "9-5", "1-6", "*/3", "11"])


@st.composite
def _rules(draw: st.DrawFn) -> str:
    month = draw(_months).replace("9-5", "1-5,9-12")
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return f"{minute} {hour} {draw(_days)} {month} {draw(_weekdays)}"


_repeats = st.builds(
    Repeat,
    rule=_rules(),
    begins=st.dates(FIRST, FIRST + timedelta(days=200)),
    every=st.integers(1, 4),
    days_off=st.sampled_from(DaysOff),
    days=st.integers(0, 9),
    closes=st.times(time(6), time(22)).map(lambda at: at.replace(second=0, microsecond=0)),
)
_holidays = st.lists(
    st.tuples(st.dates(FIRST, FIRST + timedelta(days=500)), st.integers(0, 80)), max_size=12
)


@given(repeat=_repeats, holidays=_holidays, zone=st.sampled_from(["America/Chicago", "UTC"]))
@settings(max_examples=80, deadline=None)
def test_never_on_a_day_off_and_never_two_on_a_day(
    repeat: Repeat, holidays: list[tuple[date, int]], zone: str
) -> None:
    free = Calendar(
        holidays=tuple(
            Holiday(name="Free", first=first, last=first + timedelta(days=more))
            for first, more in holidays
        )
    )
    check_repeat(repeat)
    there = ZoneInfo(zone)
    after = datetime.combine(repeat.begins, time(0))
    found = list(islice(dates(repeat, free, there, after), 40))
    launched = [one for one in found if one.at is not None]
    for one in launched:
        assert one.at is not None
        assert one.until is not None
        assert one.closes_at is not None
        shown = wall_time(one.at, there)
        assert shown.date() == one.day
        assert free.is_school_day(one.day)
        assert one.slot <= shown or one.slot.date() == one.day
        assert one.at <= one.until
        assert wall_time(one.until, there).date() == one.day
        if repeat.days_off is DaysOff.SKIP:
            assert one.day == one.slot.date()
    for before, one in pairwise(launched):
        assert before.day < one.day
        if not too_long(repeat, there, after):
            assert before.closes_at is not None
            assert one.at is not None
            assert before.closes_at < one.at
    slots = [one.slot for one in found]
    assert slots == sorted(set(slots))


@given(repeat=_repeats, skipped=st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_the_dates_are_the_same_from_wherever_one_looks(repeat: Repeat, skipped: int) -> None:
    after = datetime.combine(repeat.begins, time(0))
    whole = list(islice(dates(repeat, Calendar(), CENTRAL, after), 24))
    if len(whole) > skipped:
        rest = list(islice(dates(repeat, Calendar(), CENTRAL, whole[skipped].slot), 3))
        assert rest == whole[skipped + 1 : skipped + 4] or len(whole) < skipped + 4


def test_a_date_in_the_hour_that_is_left_out_comes_right_after_it() -> None:
    """Where a district's clocks change on a school day."""
    cairo = ZoneInfo("Africa/Cairo")  # 2027-04-30, a Friday, at midnight
    repeat = Repeat(rule="30 0 * * fri", begins=date(2027, 4, 29), days=0)
    found = next(iter(dates(repeat, Calendar(), cairo, on("2027-04-29 00:00"))))
    assert found.at == datetime(2027, 4, 29, 22, tzinfo=UTC)


def test_a_date_that_was_put_on_what_became_a_holiday_is_where_the_rule_has_it() -> None:
    repeat = Repeat(rule="0 9 * * tue", begins=date(2027, 9, 13), days=2)
    slot, friday = on("2027-09-14 09:00"), on("2027-09-17 09:00")
    moved = Moved(slot=slot, to=moment(friday, CENTRAL))
    after = on("2027-09-13 00:00")
    free = Calendar(holidays=(Holiday(name="Storm", first=friday.date(), last=friday.date()),))
    assert next(iter(dates(repeat, Calendar(), CENTRAL, after, moved))).day == friday.date()
    assert next(iter(dates(repeat, free, CENTRAL, after, moved))).day == slot.date()


@pytest.mark.parametrize(
    "rule", ["0 9 * *", "0 9 * * 2", "*/5 9 * * mon", "0 * * * mon", "0 9,12 * * mon", "x y * * *"]
)
def test_a_rule_names_one_time_a_day(rule: str) -> None:
    with pytest.raises(ValueError, match=r"rule|time of day|days of the week|expression"):
        check_repeat(Repeat(rule=rule, begins=FIRST))


def test_it_closes_on_a_school_day_where_the_next_one_is_far_enough() -> None:
    """Five days after a Tuesday is a Sunday; and that Monday is free."""
    free = Calendar(
        holidays=(Holiday(name="Labor Day", first=date(2026, 9, 7), last=date(2026, 9, 7)),)
    )
    pulse = Repeat(rule="0 9 * * tue", begins=date(2026, 9, 1), days=5)
    first, second = islice(dates(pulse, free, CENTRAL, on("2026-08-31 00:00")), 2)
    assert first.closes_at is not None
    assert second.closes_at is not None
    # Tuesday is taken by the next one, which opens in the morning.
    assert wall_time(first.closes_at, CENTRAL) == on("2026-09-06 16:00")
    assert wall_time(second.closes_at, CENTRAL) == on("2026-09-14 16:00")
