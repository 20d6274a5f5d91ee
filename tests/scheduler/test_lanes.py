"""A lane's budget is kept over every stretch of time, however work comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.lanes import Budget, free_at, grant

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
budgets = st.builds(
    Budget,
    per_second=st.sampled_from([0.5, 1.0, 230 / 60, 30.0, 2000.0]),
    burst=st.integers(1, 50),
)
pauses = st.lists(
    st.tuples(st.floats(0, 20, allow_nan=False), st.integers(0, 300)), min_size=1, max_size=40
)


@given(budgets, pauses)
def test_no_stretch_of_time_has_more_than_a_burst_and_its_rate(
    budget: Budget, asked: list[tuple[float, int]]
) -> None:
    now = arrival = NOON
    taken: list[tuple[datetime, int]] = []
    for seconds, wanted in asked:
        now += timedelta(seconds=seconds)
        given_now = grant(budget, arrival, now, wanted)
        assert 0 <= given_now.messages <= wanted
        arrival = given_now.arrival
        taken.append((now, given_now.messages))
    for first, (begin, _) in enumerate(taken):
        sent = 0
        for end, messages in taken[first:]:
            sent += messages
            allowed = budget.burst + (end - begin) / budget.interval
            assert sent <= allowed + 1e-3


@given(budgets, st.integers(1, 500))
def test_when_it_says_that_one_more_is_free_one_more_is(budget: Budget, wanted: int) -> None:
    arrival = grant(budget, NOON, NOON, wanted).arrival
    free = free_at(budget, arrival, NOON)
    assert grant(budget, arrival, free, 1).messages == 1
    if free > NOON:
        sooner = free - max(budget.interval / 2, timedelta(microseconds=2))
        assert grant(budget, arrival, sooner, 1).messages == 0


@given(budgets)
def test_a_lane_that_rested_has_its_burst_again_and_no_more(budget: Budget) -> None:
    used = grant(budget, NOON, NOON, budget.burst)
    assert used.messages == budget.burst
    rested = NOON + 10 * budget.burst * budget.interval
    assert grant(budget, used.arrival, rested, 10**6).messages == budget.burst
