"""When a pulse opens and closes: over time zones, holidays and changes of clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from core.local_time import moment
from core.school_calendar import Calendar, Holiday
from governance.changes.model import ChangeRecord
from governance.pulses.asking import opens_at, times, too_late
from governance.pulses.model import OPEN_DAYS, Moment, Pulse
from tests.bot.samples.change import _WORDS

ZONES = ("America/Chicago", "America/Phoenix", "Pacific/Auckland", "Asia/Kolkata", "Africa/Cairo")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def district(zone: str, calendar: Calendar) -> Any:
    """What planning asks of a store."""
    here = SimpleNamespace(timezone=zone, calendar=calendar)
    return SimpleNamespace(
        district=lambda: here, moment_of=lambda local: moment(local, ZoneInfo(zone))
    )


def school_days(calendar: Calendar, first: date, last: date) -> list[date]:
    """Counted day by day, without the calendar's own steps."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = list(calendar.holidays)
    return [
        day
        for day in days
        if day.weekday() < 5 and not any(one.first <= day <= one.last for one in off)
    ]


@given(
    zone=st.sampled_from(ZONES),
    day=DAYS,
    days=st.integers(1, 30),
    breaks=st.lists(st.tuples(DAYS, st.integers(0, 12)), max_size=4),
    which=st.sampled_from(Moment),
    ahead=st.integers(1, 400),
)
def test_it_opens_on_the_morning_of_that_school_day_by_the_districts_clock(
    zone: str,
    day: date,
    days: int,
    breaks: list[tuple[date, int]],
    which: Moment,
    ahead: int,
) -> None:
    calendar = Calendar(
        holidays=tuple(
            Holiday(name="Break", first=first, last=first + timedelta(days=more))
            for first, more in breaks
        )
    )
    store = district(zone, calendar)
    record = ChangeRecord(id=uuid4(), words=_WORDS, day=day)
    pulse = Pulse(change_id=record.id, moment=which, wave_id=uuid4(), days=days, share=1)
    opens = opens_at(store, record, pulse)
    local = opens.astimezone(ZoneInfo(zone))
    assert local.timetz().replace(tzinfo=None) == time(8), "whatever the clocks did in between"
    assert school_days(calendar, local.date(), local.date()), "it is a school day"
    before = which is Moment.BEFORE
    if before:
        counted = school_days(calendar, local.date(), day - timedelta(days=1))
    else:
        counted = school_days(calendar, day + timedelta(days=1), local.date())
    assert len(counted) == days

    now = opens - timedelta(days=ahead)
    starts, closes = times(store, record, pulse, now)
    assert starts == opens
    shut = closes.astimezone(ZoneInfo(zone))
    assert shut.timetz().replace(tzinfo=None) == time(16)
    open_on = school_days(calendar, local.date(), shut.date())
    assert shut.date() in open_on
    assert len(open_on) == (min(days, OPEN_DAYS) if before else OPEN_DAYS)
    assert not before or shut.date() < day


@given(day=DAYS, late=st.integers(0, 60), hour=st.integers(0, 23))
def test_what_is_late_opens_at_once_and_before_a_change_never_on_its_day(
    day: date, late: int, hour: int
) -> None:
    store, zone = district(ZONES[0], Calendar()), ZoneInfo(ZONES[0])
    record = ChangeRecord(id=uuid4(), words=_WORDS, day=day)
    pulse = Pulse(change_id=record.id, moment=Moment.BEFORE, wave_id=uuid4(), days=5, share=1)
    now = moment(datetime.combine(day - timedelta(days=7), time(hour)), zone)
    now += timedelta(days=late)
    assume(opens_at(store, record, pulse) <= now)
    opens, closes = times(store, record, pulse, now)
    assert opens == now
    last = max(
        one for one in school_days(Calendar(), day - timedelta(days=9), day - timedelta(days=1))
    )
    assert closes <= moment(datetime.combine(last, time(16)), zone)
    assert too_late(store, record, pulse, now) is (now >= closes)
    after = replace(pulse, moment=Moment.AFTER)
    assert not too_late(store, record, after, now)
