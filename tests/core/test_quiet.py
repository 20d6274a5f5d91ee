"""Quiet hours are the wall clock's where somebody is: evenings, weekends, holidays, contracts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import Role
from core.quiet import Watch, is_quiet, next_allowed
from core.school_calendar import Calendar, Holiday, Hours

CENTRAL, MOUNTAIN = "America/Chicago", "America/Denver"
SCHOOL_YEAR = Calendar(
    quiet=Hours(begins=time(18), ends=time(7)),
    holidays=(Holiday(name="Thanksgiving", first=date(2026, 11, 25), last=date(2026, 11, 27)),),
    contract_hours={
        Role.OFFICE: Hours(begins=time(7, 30), ends=time(15, 30)),
        Role.SUPPORT: Hours(begins=time(22), ends=time(6)),  # cleans at night
    },
)


def at(written: str, zone: str = CENTRAL) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("role", "moment", "allowed"),
    [
        # Tuesday to Thursday: by the hour, the first quiet minute and the last.
        (Role.TEACHER, "2026-11-03 17:59:59", None),
        (Role.TEACHER, "2026-11-03 18:00", "2026-11-04 07:00"),
        (Role.TEACHER, "2026-11-04 06:59:59", "2026-11-04 07:00"),
        (Role.TEACHER, "2026-11-04 07:00", None),
        # Friday evening until Monday.
        (Role.TEACHER, "2026-11-06 18:30", "2026-11-09 07:00"),
        (Role.TEACHER, "2026-11-08 12:00", "2026-11-09 07:00"),
        # Thanksgiving is followed by a weekend.
        (Role.TEACHER, "2026-11-24 20:00", "2026-11-30 07:00"),
        (Role.TEACHER, "2026-11-26 12:00", "2026-11-30 07:00"),
        # Contract hours stand in place of the quiet ones.
        (Role.OFFICE, "2026-11-03 15:29", None),
        (Role.OFFICE, "2026-11-03 15:30", "2026-11-04 07:30"),
        (Role.SUPPORT, "2026-11-03 12:00", "2026-11-03 22:00"),
        (Role.SUPPORT, "2026-11-03 23:00", None),
        (Role.SUPPORT, "2026-11-04 05:59", None),
        # At midnight a day off begins, and ends.
        (Role.SUPPORT, "2026-11-06 23:59", None),
        (Role.SUPPORT, "2026-11-07 00:30", "2026-11-09 00:00"),
    ],
)
def test_a_message_waits_for_the_next_hour_that_is_not_quiet(
    role: Role, moment: str, allowed: str | None
) -> None:
    assert is_quiet(SCHOOL_YEAR, CENTRAL, role, at(moment)) is (allowed is not None)
    assert next_allowed(SCHOOL_YEAR, CENTRAL, role, at(moment)) == at(allowed or moment)


def test_it_is_the_time_where_somebody_is() -> None:
    moment = at("2026-11-03 18:30")
    assert is_quiet(SCHOOL_YEAR, CENTRAL, Role.TEACHER, moment)
    assert not is_quiet(SCHOOL_YEAR, MOUNTAIN, Role.TEACHER, moment)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_no_fault(name: str) -> None:
    noon = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert not is_quiet(SCHOOL_YEAR, name, Role.TEACHER, noon)


def test_weekends_count_only_where_the_calendar_says_so() -> None:
    working = replace(SCHOOL_YEAR, weekends=False)
    assert not is_quiet(working, CENTRAL, Role.TEACHER, at("2026-11-07 12:00"))


DAYS = Calendar(weekends=False, quiet=Hours(begins=time(18), ends=time(7)))


@pytest.mark.parametrize(
    ("evening", "morning"),
    [("2026-10-31 18:00", "2026-11-01 07:00"), ("2027-03-13 18:00", "2027-03-14 07:00")],
)
def test_the_nights_when_clocks_change_end_at_seven_too(evening: str, morning: str) -> None:
    assert next_allowed(DAYS, CENTRAL, Role.TEACHER, at(evening)) == at(morning)


def test_an_end_that_is_left_out_is_the_first_moment_after_it() -> None:
    calendar = replace(DAYS, quiet=Hours(begins=time(20), ends=time(2, 30)))
    free = next_allowed(calendar, CENTRAL, Role.TEACHER, at("2027-03-14 01:00"))
    assert free == datetime(2027, 3, 14, 8, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_quiet_both_times() -> None:
    """Quiet until 1:30: the clock shows 1:10 again, and it is quiet again."""
    calendar = replace(DAYS, quiet=Hours(begins=time(0, 30), ends=time(1, 30)))
    first, second = (
        datetime(2026, 11, 1, 6, 10, tzinfo=UTC),
        datetime(2026, 11, 1, 7, 10, tzinfo=UTC),
    )
    half_an_hour = timedelta(minutes=20)
    assert next_allowed(calendar, CENTRAL, Role.TEACHER, first) == first + half_an_hour
    assert next_allowed(calendar, CENTRAL, Role.TEACHER, second) == second + half_an_hour


def test_a_calendar_without_any_working_hour_does_not_look_for_ever() -> None:
    closed = Calendar(
        holidays=(Holiday(name="Closed", first=date(2020, 1, 1), last=date(2040, 1, 1)),)
    )
    moment = at("2026-11-03 12:00")
    assert next_allowed(closed, CENTRAL, Role.TEACHER, moment) > moment + timedelta(days=365)


def test_what_would_run_into_quiet_hours_waits() -> None:
    before, after = at("2026-11-03 17:59:59"), at("2026-11-03 18:00:00")
    morning = at("2026-11-04 07:00")
    assert Watch(SCHOOL_YEAR, before).held_until(CENTRAL, "teacher") is None
    assert Watch(SCHOOL_YEAR, before, after).held_until(CENTRAL, "teacher") == morning
    almost = morning - timedelta(seconds=1)
    assert Watch(SCHOOL_YEAR, almost, morning).held_until(CENTRAL, "teacher") == morning
    assert Watch(None, after).held_until(CENTRAL, "teacher") is None


times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
hours = st.builds(Hours, begins=times, ends=times).filter(lambda h: h.begins != h.ends)
calendars = st.builds(
    Calendar,
    quiet=st.none() | hours,
    weekends=st.booleans(),
    contract_hours=st.just({}) | st.builds(lambda h: {Role.OFFICE: h}, hours),
)
near_a_change = st.one_of(
    st.datetimes(
        datetime.fromisoformat("2026-10-30"),
        datetime.fromisoformat("2026-11-03"),
        timezones=st.just(UTC),
    ),
    st.datetimes(
        datetime.fromisoformat("2027-03-12"),
        datetime.fromisoformat("2027-03-16"),
        timezones=st.just(UTC),
    ),
)


@given(calendars, near_a_change, st.sampled_from([Role.TEACHER, Role.OFFICE]))
def test_the_next_allowed_moment_is_allowed_and_the_first(
    calendar: Calendar, moment: datetime, role: Role
) -> None:
    free = next_allowed(calendar, CENTRAL, role, moment)
    assert free >= moment
    assert not is_quiet(calendar, CENTRAL, role, free)
    step = max((free - moment) / 50, timedelta(microseconds=1))
    between = [moment + step * part for part in range(50)]
    assert all(is_quiet(calendar, CENTRAL, role, one) for one in between if one < free)
    if free > moment:
        assert is_quiet(calendar, CENTRAL, role, free - timedelta(microseconds=1))
