"""What recurs happens exactly once per local time, whatever is done to the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.local_time import moment
from scheduler.recurring import check_rule, latest

CHICAGO = ZoneInfo("America/Chicago")
NIGHTLY = "30 2 * * *"


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "now", "slot"),
    [
        (NIGHTLY, "2026-07-01 07:29:59", "2026-06-30 02:30"),
        (NIGHTLY, "2026-07-01 07:30", "2026-07-01 02:30"),
        ("0 9 * * mon", "2026-11-25 15:00", "2026-11-23 09:00"),
        ("0 9 1 1 *", "2026-11-25 15:00", "2026-01-01 09:00"),
        ("*/15 8-15 * * mon-fri", "2026-11-28 15:00", "2026-11-27 15:45"),
        # 2:30 does not come on March 14, 2027: at three o'clock (8:00 UTC) its turn has come.
        (NIGHTLY, "2027-03-14 07:59:59", "2027-03-13 02:30"),
        (NIGHTLY, "2027-03-14 08:00", "2027-03-14 02:30"),
        # 1:30 comes twice on November 1, 2026, and its turn comes with the first.
        ("30 1 * * *", "2026-11-01 06:29:59", "2026-10-31 01:30"),
        ("30 1 * * *", "2026-11-01 06:30", "2026-11-01 01:30"),
        ("30 1 * * *", "2026-11-01 07:05", "2026-11-01 01:30"),  # the clock shows 1:05 again
        ("30 1 * * *", "2026-11-01 07:30", "2026-11-01 01:30"),
    ],
)
def test_the_newest_local_time_whose_moment_has_come(rule: str, now: str, slot: str) -> None:
    assert latest(rule, CHICAGO, utc(now)) == datetime.fromisoformat(slot)


@pytest.mark.parametrize("rule", [NIGHTLY, "30 1 * * *", "0 * * * *", "*/15 * * * *"])
@pytest.mark.parametrize("night", ["2026-11-01", "2027-03-14", "2026-11-25"])
def test_through_a_night_each_local_time_comes_once_and_in_order(rule: str, night: str) -> None:
    """Looking every minute. What falls into the hour that is left out comes together, as one."""
    start = moment(datetime.fromisoformat(f"{night} 00:00"), CHICAGO)
    looks = [start + timedelta(minutes=minute) for minute in range(6 * 60)]
    seen = [latest(rule, CHICAGO, at) for at in looks]
    came: list[datetime] = []
    for slot in seen:
        assert slot is not None
        if not came or slot != came[-1]:
            came.append(slot)
    assert came == sorted(set(came)), "none twice, none out of order"
    moments = [moment(slot, CHICAGO) for slot in came[1:]]
    assert moments == sorted(set(moments)), "each at its own moment"
    first_seen = [looks[seen.index(slot)] for slot in came[1:]]
    assert first_seen == moments, "as soon as its moment has come"


def test_a_year_without_one_is_none() -> None:
    assert latest("0 0 29 2 *", CHICAGO, utc("2026-11-25 12:00")) is None


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("30 2 * *", "4 fields"),
        ("30 2 * * 1", "mon, tue"),  # cron's Monday is APScheduler's Tuesday
        ("30 25 * * *", "25"),
        ("soon", "1 fields"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_rule(rule)
