"""The field's figures beside independent implementations: statsmodels, scipy, plain numpy."""

from __future__ import annotations

from itertools import chain, combinations, product, repeat
from math import prod
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
    effective_size,
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


def width(points: list[int], population: int | None = None) -> float:
    """Half of a net promoter score's interval, as a standard error of the share (0..1)."""
    score, low, high = enps(points, population)
    assert (low, high) == pytest.approx((2 * score - high, high)), "not cut at an end"
    return (high - score) / 100 / float(stats.norm.ppf(0.975))


def test_the_variance_of_a_net_promoter_score_is_that_of_all_outcomes() -> None:
    """Six people, each a promoter, passive or detractor with one half, a third and a sixth: the
    variance over all 3⁶ outcomes, none left out."""
    chances = {1: 1 / 2, 0: 1 / 3, -1: 1 / 6}
    outcomes = list(product(chances, repeat=6))
    likely = np.array([prod(chances[one] for one in outcome) for outcome in outcomes])
    scores = np.array([sum(outcome) / 6 for outcome in outcomes])
    spread = float(likely @ scores**2 - (likely @ scores) ** 2)
    assert width([9] * 3 + [7] * 2 + [0]) ** 2 == pytest.approx(spread)


def test_the_correction_for_a_finite_population_is_that_of_all_samples() -> None:
    """Of eight people all 70 samples of four, without replacement; the sample in hand is made up
    as the eight are."""
    eight = [1, 1, 1, 1, 0, 0, -1, -1]
    spread = float(np.var([sum(some) / 4 for some in combinations(eight, 4)]))
    assert width([10, 9, 8, 2], population=8) ** 2 == pytest.approx(spread)
    # A share's score interval has the same variance at its ends: of all samples of 4 of 8.
    yes = [1, 1, 1, 1, 0, 0, 0, 0]
    spread = float(np.var([sum(some) / 4 for some in combinations(yes, 4)]))
    low, _ = wilson(2, 4, 8)
    at_the_end = low * (1 - low) / 0.25 * spread
    assert 0.5 - low == pytest.approx(stats.norm.ppf(0.975) * np.sqrt(at_the_end))


def test_kishs_effective_size_is_what_weighted_answers_vary_by() -> None:
    """The variance of a weighted share over all outcomes of nine people who say yes by a coin, as
    of so many with equal weights: p(1-p)/n."""
    weights = [1.0, 1.0, 1.0, 2.0, 2.0, 0.5, 0.5, 3.0, 5.0]
    shares = [np.dot(weights, said) / sum(weights) for said in product((0, 1), repeat=9)]
    expected = effective_size([(weight, 1) for weight in weights])
    assert 0.25 / float(np.var(shares)) == pytest.approx(expected)


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
