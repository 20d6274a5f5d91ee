"""Rankings, against a published election and by what must hold for any ballots."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.priorities import borda, standings

WAVE = UUID("5f0c7f0e-6f34-4d55-9d4e-2f0d6a3e8b11")
CITIES = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
M, N, C, K = CITIES


def test_borda_elects_nashville() -> None:
    """The example of Tennessee's capital (Wikipedia, "Borda count"): Nashville 194,
    Chattanooga 173, Memphis 126, Knoxville 107 points of 100 voters and 4 choices."""
    ballots = [(M, N, C, K)] * 42 + [(N, C, K, M)] * 26 + [(C, K, N, M)] * 15 + [(K, C, N, M)] * 17
    found = standings(ballots, CITIES, WAVE)
    points = {standing.key: round(standing.points * 300) for standing in found}
    assert list(points.items()) == [(N, 194), (C, 173), (M, 126), (K, 107)]
    assert {s.key: s.firsts for s in found} == {N: 26, C: 15, M: 42, K: 17}


def test_the_unranked_share_what_is_left() -> None:
    """Of 3, 2, 1, 0 points the first takes 3; the others share 3 evenly."""
    assert [p * 3 for p in borda((C,), CITIES)] == [1, 1, 3, 1]
    assert sum(borda((C, K), CITIES)) == pytest.approx(sum(borda((C, K, N, M), CITIES)))


def test_a_single_choice_is_everybodys_first() -> None:
    assert borda(("a",), ["a"]) == [1.0]


def test_close_choices_are_told_as_a_tie_and_clear_ones_are_not() -> None:
    close = standings([("a", "b", "c")] * 51 + [("b", "a", "c")] * 49, ["a", "b", "c"], WAVE)
    assert [(s.key, s.tied_with_next) for s in close] == [("a", True), ("b", False), ("c", False)]


def test_a_rerun_says_the_same_in_any_order_of_ballots() -> None:
    ballots = [("a", "b"), ("b",), ("c", "a"), ("a", "c"), ("b", "c")] * 5
    once = standings(ballots, ["a", "b", "c"], WAVE, "q")
    assert standings(ballots[::-1], ["a", "b", "c"], WAVE, "q") == once
    assert standings(ballots, ["a", "b", "c"], UUID(int=1), "q") != once


def test_the_interval_is_as_wide_as_the_normal_one_where_that_holds() -> None:
    """200 of 400 put a first of two: standard error sqrt(.25/400) = .025, so .451 to .549."""
    (a, _) = standings([("a", "b")] * 200 + [("b", "a")] * 200, ["a", "b"], WAVE)
    assert (a.low, a.high) == pytest.approx((0.451, 0.549), abs=0.008)


BALLOTS = st.lists(
    st.permutations("abcd").flatmap(
        lambda order: st.integers(0, 4).map(lambda n: tuple(order[:n]))
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(BALLOTS)
def test_points_are_shares_of_what_every_ballot_hands_out(ballots: list[tuple[str, ...]]) -> None:
    found = standings(ballots, list("abcd"), WAVE)
    assert sum(s.points for s in found) == pytest.approx(2.0)  # (3+2+1+0)/3 a ballot
    assert all(0 <= s.low <= s.high <= 1 for s in found)
    assert [s.points for s in found] == sorted((s.points for s in found), reverse=True)
