"""When a message goes out, on whatever calendar: on a school day, at its time of day by the wall
clock, and in the order of its phases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.local_time import moment
from core.school_calendar import Calendar, Holiday
from core.text import text
from governance.announcements.model import Change
from governance.changes.model import USUAL, Phase, Planned
from governance.changes.planning import followed, moment_of, spoken_day
from tests.bot.samples.change import CHANGE

ZONES = ("America/Chicago", "America/Phoenix", "Pacific/Honolulu", "America/St_Johns")
DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 31))
HOLIDAYS = st.lists(
    st.builds(
        lambda first, length: Holiday(name="Off", first=first, last=first + timedelta(days=length)),
        DAYS,
        st.integers(0, 16),
    ),
    max_size=4,
).map(tuple)


class _House:
    """A store with a calendar and a clock."""

    def __init__(self, calendar: Calendar, zone: str) -> None:
        self._district = SimpleNamespace(calendar=calendar, timezone=zone)

    def district(self) -> Any:
        return self._district

    def moment_of(self, slot: datetime) -> datetime:
        return moment(slot, ZoneInfo(self._district.timezone))


def planned(days: int, at: time) -> Planned:
    return Planned(change_id=CHANGE, announcement_id=CHANGE, phase=Phase.HOW_TO, days=days, at=at)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(DAYS, HOLIDAYS, st.integers(-60, 60), TIMES, st.sampled_from(ZONES))
def test_a_message_goes_out_on_a_school_day_so_many_before_or_after(
    day: date, holidays: tuple[Holiday, ...], days: int, at: time, zone: str
) -> None:
    calendar = Calendar(holidays=holidays)
    house: Any = _House(calendar, zone)
    on = moment_of(house, day, planned(days, at)).astimezone(ZoneInfo(zone))
    if days == 0:
        assert on.date() == day, "on the day itself, whatever day it is"
        return
    between = [day + timedelta(days=n) for n in range(1, 400)]
    if days < 0:
        between = [day - timedelta(days=n) for n in range(1, 400)]
    open_days = [one for one in between if one.weekday() < 5 and not _off(one, holidays)]
    assert on.date() == open_days[abs(days) - 1]


def _off(day: date, holidays: tuple[Holiday, ...]) -> bool:
    return any(one.first <= day <= one.last for one in holidays)


@given(DAYS, HOLIDAYS, st.sampled_from(ZONES))
def test_the_usual_messages_go_out_at_their_time_of_day_in_their_order(
    day: date, holidays: tuple[Holiday, ...], zone: str
) -> None:
    """Also where the clocks change between two of them: none of these times is skipped."""
    house: Any = _House(Calendar(holidays=holidays), zone)
    local = [
        moment_of(house, day, planned(days, at)).astimezone(ZoneInfo(zone))
        for days, at in USUAL.values()
    ]
    assert [one.time() for one in local] == [at for _, at in USUAL.values()]
    assert local == sorted(local)
    assert len({one.date() for one in local}) == len(USUAL)


def test_a_time_that_the_clock_skips_is_none_that_is_lost() -> None:
    """On March 14, 2027, it is never 2:30 in Chicago."""
    house: Any = _House(Calendar(), "America/Chicago")
    at = moment_of(house, date(2027, 3, 14), planned(0, time(2, 30)))
    assert at.astimezone(ZoneInfo("America/Chicago")).date() == date(2027, 3, 14)


WORDS = st.text("abc", max_size=3).map(text)


@given(
    *[st.builds(Change, **dict.fromkeys(("title", "what", "why", "when", "who", "action"), WORDS))]
    * 3
)
def test_what_nobody_rewrote_follows_and_the_rest_stays(
    said: Change, before: Change, now: Change
) -> None:
    found = followed(said, before, now)
    for name in ("title", "what", "why", "when", "who", "action"):
        theirs, was = getattr(said, name), getattr(before, name)
        wanted = getattr(now, name) if theirs == was else theirs
        assert getattr(found, name) == wanted


@given(DAYS, st.sampled_from(ZONES))
def test_the_day_is_the_same_in_every_language(day: date, zone: str) -> None:
    said = spoken_day(day, zone)
    assert str(day.day) in said.default
    assert str(day.day) in said.in_locale("es")
    assert spoken_day(day, zone, "es").default == said.in_locale("es")
