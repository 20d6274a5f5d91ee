"""Pacing: what a throttle teaches a lane."""

from __future__ import annotations

from datetime import timedelta

from scheduler.lanes import Budget
from scheduler.pacing import SHARE, Learned, paced, rate_now, throttled
from tests.virtual.loop import START

BUDGET = Budget(per_second=10, burst=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def after_one(rate: float = 10, seconds: float = 5) -> Learned:
    learned, _ = throttled(Budget(per_second=rate, burst=rate), Learned(), START, seconds)
    return learned


def test_a_lane_starts_at_what_was_configured_and_sends_a_little_less() -> None:
    assert rate_now(BUDGET, Learned(), START) == 10
    assert paced(BUDGET, 10).per_second == 10 * SHARE


def test_a_throttle_cuts_and_the_lane_climbs_back_to_just_under_where_it_was() -> None:
    learned = after_one()
    assert learned.since is not None
    assert learned.since == START + 5 * SECOND  # it does not climb while it may not send
    rates = [rate_now(BUDGET, learned, learned.since + n * SECOND) for n in range(0, 300, 10)]
    assert rates[0] <= 8
    assert rates == sorted(rates)
    assert 9.5 <= rates[-1] < 10


def test_after_a_while_it_tries_a_little_more_but_never_more_than_configured() -> None:
    learned = Learned(rate=4, ceiling=5, since=START)
    assert rate_now(BUDGET, learned, START + 5 * MINUTE) < 5
    assert 5 < rate_now(BUDGET, learned, START + 16 * MINUTE) < 6
    assert rate_now(BUDGET, learned, START + timedelta(days=2)) == 10


def test_throttled_where_it_is_known_to_be_it_cuts_less() -> None:
    known = Learned(rate=8, ceiling=10, since=START)
    again, _ = throttled(BUDGET, known, START + 3 * MINUTE, 1)
    first = after_one()
    assert again.rate is not None
    assert first.rate is not None
    assert again.rate > first.rate


def test_throttled_again_before_anything_was_taken_it_waits_longer_and_cuts_no_more() -> None:
    learned, waits = after_one(seconds=1), []
    for _ in range(10):
        learned, wait = throttled(BUDGET, learned, START, 1)
        waits.append(wait)
    assert learned.rate == after_one().rate
    assert waits[0] == 2 * SECOND
    assert waits == sorted(waits)
    assert waits[-1] == 2 * MINUTE


def test_no_lane_comes_to_a_standstill() -> None:
    learned = Learned()
    for n in range(100):
        learned, _ = throttled(BUDGET, learned, START + n * SECOND, 0.5)
        learned = Learned(rate=learned.rate, ceiling=learned.ceiling, since=learned.since)
    assert rate_now(BUDGET, learned, START + 100 * SECOND) >= 2.5


def test_a_clock_that_was_set_back_does_not_confuse_it() -> None:
    learned = after_one()
    assert rate_now(BUDGET, learned, START - timedelta(days=1)) == learned.rate
