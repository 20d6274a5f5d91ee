"""How a goal stands: a straight line from the first reading to the target on its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.text import text
from governance.goals.model import Indicator, Reading
from governance.goals.progress import GoalState, Lack, Progress, decides, progress_of

HALFWAY = date(2026, 7, 2)
COVERAGE = Indicator(
    key="coverage", name=text("Rooms with coverage"), target=100, by=date(2027, 1, 1)
)
REPAIRS = replace(COVERAGE, key="repairs", target=0, lower=True)


def readings(*values: float, key: str = "coverage") -> Sequence[Reading]:
    """From New Year on, a month apart."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Reading(goal="wifi", indicator=key, on=date(2026, month, 1), value=value, at=at)
        for month, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (100, GoalState.REACHED),
        (101, GoalState.REACHED),
        (45, GoalState.ON_TRACK),
        (44.8, GoalState.BEHIND),
        (25, GoalState.BEHIND),
        (24.8, GoalState.OFF_TRACK),
        (0, GoalState.OFF_TRACK),
        (-5, GoalState.OFF_TRACK),
    ],
)
def test_halfway_to_the_date_half_of_the_way_is_expected(now: float, state: GoalState) -> None:
    found = progress_of(COVERAGE, readings(0, 10, now), date(2026, 7, 2))
    assert found.state is state
    if state is not GoalState.REACHED:
        assert found.expected == pytest.approx(49.9, abs=0.2)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (0, GoalState.REACHED),
        (110, GoalState.ON_TRACK),
        (111, GoalState.BEHIND),
        (150, GoalState.BEHIND),
        (151, GoalState.OFF_TRACK),
        (220, GoalState.OFF_TRACK),
    ],
)
def test_where_lower_is_better_it_is_the_same_way_down(now: float, state: GoalState) -> None:
    found = progress_of(REPAIRS, readings(200, now, key="repairs"), date(2026, 7, 2))
    assert found.state is state


def test_without_a_date_or_with_one_reading_there_is_no_state_yet() -> None:
    undated = replace(COVERAGE, by=None)
    for indicator, values, lack in (
        (COVERAGE, (), Lack.NO_READING),
        (COVERAGE, (20,), Lack.ONE_READING),
        (undated, (20, 30), Lack.NO_DATE),
        (replace(COVERAGE, by=date(2025, 12, 31)), (20, 30), Lack.BEGAN_LATE),
    ):
        found = progress_of(indicator, readings(*values), HALFWAY)
        assert (found.state, found.lack) == (None, lack)
    for indicator in (COVERAGE, undated):
        assert progress_of(indicator, readings(100), HALFWAY).state is GoalState.REACHED


def test_after_its_date_a_goal_that_is_not_reached_is_never_on_track() -> None:
    late = date(2027, 1, 2)
    assert progress_of(COVERAGE, readings(0, 99), date(2027, 1, 1)).state is GoalState.ON_TRACK
    assert progress_of(COVERAGE, readings(0, 99), late).state is GoalState.BEHIND
    assert progress_of(COVERAGE, readings(0, 49), late).state is GoalState.OFF_TRACK


def test_what_was_at_its_target_and_is_not_any_more_is_off_track() -> None:
    found = progress_of(COVERAGE, readings(100, 99), HALFWAY)
    assert (found.state, found.lost) == (GoalState.OFF_TRACK, True)


def test_readings_after_the_day_do_not_count() -> None:
    found = progress_of(COVERAGE, readings(0, 12, 100), date(2026, 2, 15))
    assert found.state is GoalState.ON_TRACK


def test_what_was_measured_before_a_rewording_does_not_count() -> None:
    values = readings(60, 40, 45)
    assert progress_of(COVERAGE, values, date(2026, 3, 1)).state is GoalState.OFF_TRACK
    since = progress_of(COVERAGE, values, date(2026, 3, 1), date(2026, 1, 15))
    assert since.state is GoalState.ON_TRACK
    unread = progress_of(COVERAGE, values, date(2026, 3, 10), date(2026, 3, 5))
    assert (unread.state, unread.lack) == (None, Lack.REWORDED)


def test_the_worst_indicator_decides_and_all_must_be_reached() -> None:
    on, behind = Progress(state=GoalState.ON_TRACK), Progress(state=GoalState.BEHIND)
    done, unknown = Progress(state=GoalState.REACHED), Progress(lack=Lack.ONE_READING)
    assert decides([on, behind, done]) is behind
    assert decides([unknown, on]) is on
    assert decides([done, unknown]) is unknown
    assert decides([done, done]).state is GoalState.REACHED
    assert decides([]).lack is Lack.NO_INDICATOR
