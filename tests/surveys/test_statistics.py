"""The field's figures, against published numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.statistics import (
    Dispositions,
    cooperation_rate_1,
    mean,
    response_rate_1,
    response_rate_2,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(count: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


def test_where_everybody_answered_nothing_is_left_to_guess() -> None:
    assert wilson(62, 100, population=100) == pytest.approx((0.62, 0.62))


def test_the_interval_is_where_cochrans_standard_error_reaches_1_96() -> None:
    """At both ends p, |25/50 - p| is z times sqrt(p(1-p)/50 * (100-50)/(100-1))."""
    for p in wilson(25, 50, population=100):
        assert abs(0.5 - p) / (p * (1 - p) / 50 * 50 / 99) ** 0.5 == pytest.approx(1.959964)


@given(st.integers(1, 300), st.integers(0, 300), st.integers(0, 5000))
def test_an_interval_holds_the_share_and_a_census_narrows_it(n: int, c: int, more: int) -> None:
    count = min(c, n)
    low, high = wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1
    inner_low, inner_high = wilson(count, n, n + more)
    assert low - 1e-12 <= inner_low <= count / n + 1e-12
    assert count / n - 1e-12 <= inner_high <= high + 1e-12


@pytest.mark.parametrize(("count", "n"), [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_has_no_interval(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(count, n)


def test_response_and_cooperation_rates_are_aapors() -> None:
    """I=600, P=40, R=60, NC=250, O=50, U=0: 600/1000, 640/1000, 600/750 by the definitions."""
    became = Dispositions(complete=600, partial=40, refusals=60, non_contacts=250, other=50)
    assert response_rate_1(became) == 0.6
    assert response_rate_2(became) == 0.64
    assert cooperation_rate_1(became) == 0.8


def test_people_who_could_not_be_reached_stay_below_the_line() -> None:
    assert response_rate_1(Dispositions(complete=5, non_contacts=5)) == 0.5
    assert cooperation_rate_1(Dispositions(complete=5, non_contacts=5)) == 1.0
    assert cooperation_rate_1(Dispositions(complete=0, non_contacts=5)) is None


def test_there_is_no_mean_of_nothing() -> None:
    assert mean([1, 2, 6]) == 3
    with pytest.raises(ValueError, match="no values"):
        mean([])
