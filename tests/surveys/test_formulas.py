"""The field's figures beside independent implementations: statsmodels, scipy, plain numpy."""

from __future__ import annotations

from itertools import chain, repeat
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from surveys.priorities import borda, standings
from surveys.statistics import (
    Dispositions,
    cooperation_rate_1,
    enps,
    response_rate_1,
    response_rate_2,
    wilson,
)

WAVE = UUID("00000000-0000-4000-8000-000000000001")


@settings(max_examples=60)
@given(st.integers(1, 400), st.integers(0, 400))
def test_wilsons_interval_is_statsmodels(n: int, c: int) -> None:
    count = min(c, n)
    low, high = proportion_confint(count, n, alpha=0.05, method="wilson")
    assert wilson(count, n) == pytest.approx((low, high), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(5, 300), st.floats(0.05, 0.95), st.integers(1, 900))
def test_wilsons_interval_in_a_finite_population_is_where_the_score_test_turns(
    n: int, part: float, more: int
) -> None:
    """By scipy's root finder on the test itself: |c/n - p| = 1.96 sqrt(p(1-p)/n (N-n)/(N-1))."""
    count, size = min(n - 1, max(1, round(n * part))), n + more
    z = stats.norm.ppf(0.975)

    def beyond(p: float) -> float:
        return (count / n - p) ** 2 - z**2 * p * (1 - p) / n * (size - n) / (size - 1)

    low = optimize.brentq(beyond, 1e-12, count / n)
    high = optimize.brentq(beyond, count / n, 1 - 1e-12)
    assert wilson(count, n, size) == pytest.approx((low, high), abs=1e-9)


def test_a_published_example_of_aapors_rates() -> None:
    """I=650, P=50, R=150, NC=100, O=30, U=20: RR1 65%, and by the formulas RR2 70%, COOP1 650/880
    (the response rate calculator of statscalculators.com; AAPOR's own document has formulas, and
    no numbers)."""
    became = Dispositions(
        complete=650, partial=50, refusals=150, non_contacts=100, other=30, unknown=20
    )
    assert response_rate_1(became) == 0.65
    assert response_rate_2(became) == 0.7
    assert cooperation_rate_1(became) == pytest.approx(650 / 880)


SCORES = st.lists(st.integers(0, 40), min_size=11, max_size=11).filter(lambda held: sum(held) > 1)


@settings(max_examples=60)
@given(SCORES)
def test_the_net_promoter_score_is_the_mean_of_its_three_classes(held: list[int]) -> None:
    """Each answer as 1, 0 or -1: statsmodels' mean and its normal interval, with n below the
    variance as in the formula."""
    points = list(chain.from_iterable(repeat(at, n) for at, n in enumerate(held)))
    classes = DescrStatsW(np.array([(p >= 9) - (p <= 6) for p in points], dtype=float), ddof=0)
    half = stats.norm.ppf(0.975) * np.sqrt(classes.var / len(points))
    score, low, high = enps(points)
    assert score == pytest.approx(100 * classes.mean)
    assert low == pytest.approx(max(-100.0, 100 * (classes.mean - half)))
    assert high == pytest.approx(min(100.0, 100 * (classes.mean + half)))


def test_a_net_promoter_score_by_hand() -> None:
    """50 promoters, 30 between, 20 detractors of 100: 30; Var = (0.7 - 0.09)/100, so ±15.3."""
    score, low, high = enps([9] * 50 + [7] * 30 + [3] * 20)
    assert score == pytest.approx(30.0)
    assert (low, high) == pytest.approx((14.69, 45.31), abs=0.005)


def test_the_bootstrap_interval_of_priorities_is_scipys() -> None:
    """scipy resamples the ballots themselves; both have chance in them, so within 0.02."""
    choices = ["a", "b", "c", "d"]
    ballots = (
        [("a", "b")] * 30 + [("b", "c", "a")] * 25 + [("d",)] * 15 + [("c", "a", "d", "b")] * 10
    )
    points = np.array([borda(ballot, choices) for ballot in ballots])
    for standing in standings(ballots, choices, WAVE):
        column = points[:, choices.index(standing.key)]
        theirs = stats.bootstrap(
            (column,),
            np.mean,
            n_resamples=4000,
            method="percentile",
            rng=np.random.default_rng(5),
        ).confidence_interval
        assert standing.points == pytest.approx(column.mean())
        assert (standing.low, standing.high) == pytest.approx((theirs.low, theirs.high), abs=0.02)
