"""A wall clock's time is one moment, also on the two days a year when clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operator.arguments import moment_of as typed_on_the_command_line
from bot.registry import fill
from core.local_time import moment, wall_time
from governance.announcements.commands import SendAnnouncement
from tests.bot.web.examples import number

CHICAGO = ZoneInfo("America/Chicago")
ZONES = [
    "America/Chicago",
    "America/Denver",
    "America/Havana",  # changes at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # left out a whole day
    "Europe/Dublin",  # its summer is its standard
    "UTC",
]


@pytest.mark.parametrize(
    ("wall", "at"),
    [
        # An ordinary day.
        ("2026-07-01 07:30", "2026-07-01 12:30"),
        # November 1, 2026: 1:00 to 2:00 comes twice, and the first counts.
        ("2026-11-01 00:59", "2026-11-01 05:59"),
        ("2026-11-01 01:30", "2026-11-01 06:30"),
        ("2026-11-01 02:00", "2026-11-01 08:00"),
        # March 14, 2027: 2:00 to 3:00 never comes, and the first moment after it counts.
        ("2027-03-14 01:59", "2027-03-14 07:59"),
        ("2027-03-14 02:00", "2027-03-14 08:00"),
        ("2027-03-14 02:30", "2027-03-14 08:00"),
        ("2027-03-14 02:59:59", "2027-03-14 08:00"),
        ("2027-03-14 03:00", "2027-03-14 08:00"),
        ("2027-03-14 03:01", "2027-03-14 08:01"),
    ],
)
def test_a_local_time_is_one_moment(wall: str, at: str) -> None:
    wanted = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert moment(datetime.fromisoformat(wall), CHICAGO) == wanted


def test_wherever_a_local_time_is_typed_it_is_the_same_moment() -> None:
    gap = datetime(2027, 3, 14, 8, tzinfo=UTC)
    assert typed_on_the_command_line("2027-03-14 02:30", CHICAGO) == gap
    assert typed_on_the_command_line("2027-03-14T02:30+00:00", CHICAGO).hour == 2
    command = SendAnnouncement(announcement_id=number(1))
    fields = {"at_date": "2027-03-14", "at_time": "02:30"}
    filled = fill(command, fields, timezone="America/Chicago")
    assert isinstance(filled, SendAnnouncement)
    assert filled.at == gap


walls = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2040-01-01"))


@given(walls, st.sampled_from(ZONES))
def test_a_time_that_the_clock_shows_is_the_first_moment_at_which_it_shows_it(
    wall: datetime, zone: str
) -> None:
    there = ZoneInfo(zone)
    at = moment(wall, there)
    if wall_time(at, there) == wall:
        earlier = [at - timedelta(minutes=m) for m in (30, 60)]
        assert all(wall_time(one, there) != wall for one in earlier)
    else:  # it was left out: this is the first second after it
        second = timedelta(seconds=1)
        assert wall_time(at - second, there) < wall < wall_time(at, there)


@given(walls, st.integers(0, 100_000), st.sampled_from(ZONES))
def test_a_later_local_time_is_never_an_earlier_moment(
    wall: datetime, seconds: int, zone: str
) -> None:
    there = ZoneInfo(zone)
    assert moment(wall, there) <= moment(wall + timedelta(seconds=seconds), there)


@pytest.mark.parametrize("year", [1, 2, 9998, 9999])
def test_a_mistyped_year_is_no_fault(year: int) -> None:
    for zone in ZONES:
        assert moment(datetime.fromisoformat(f"{year:04}-01-01"), ZoneInfo(zone)).year == year
