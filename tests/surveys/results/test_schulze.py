"""Majorities over rankings, against the examples of the method's author and all paths walked."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.results.schulze import path_strengths, schulze

Ballots = Mapping[str, int]

FORTY_FIVE = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
"""45 voters: the example that Wikipedia's "Schulze method" works through, from M. Schulze."""

EXAMPLE_1 = {"ACDB": 8, "BADC": 2, "CDBA": 4, "DBAC": 4, "DCBA": 3}
"""M. Schulze, Social Choice and Welfare 36 (2011), section 3.1: 21 voters, D is elected."""

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
"""Where Tennessee's capital should be, as in Wikipedia's "Condorcet method"."""


def preferred(ballots: Ballots, choices: str) -> list[list[float]]:
    """How many put the row above the column; what is not ranked stands below all that is."""

    def place(ballot: str, one: str) -> int:
        return ballot.index(one) if one in ballot else len(choices)

    return [
        [
            float(sum(n for ballot, n in ballots.items() if place(ballot, a) < place(ballot, b)))
            for b in choices
        ]
        for a in choices
    ]


def nets(ballots: Ballots, choices: str) -> list[list[float]]:
    above = preferred(ballots, choices)
    everyone = range(len(choices))
    return [[above[a][b] - above[b][a] for b in everyone] for a in everyone]


def test_the_authors_own_example() -> None:
    assert path_strengths(preferred(FORTY_FIVE, "ABCDE")) == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


@pytest.mark.parametrize("of", [preferred, nets])
@pytest.mark.parametrize(
    ("ballots", "choices", "order"),
    [(FORTY_FIVE, "ABCDE", "EACBD"), (EXAMPLE_1, "ABCD", "DACB"), (TENNESSEE, "MNCK", "NCKM")],
)
def test_published_orders_come_of_votes_and_of_how_many_more(  # type: ignore[no-untyped-def]
    of, ballots: Ballots, choices: str, order: str
) -> None:
    assert schulze(of(ballots, choices), choices).order == tuple((one,) for one in order)


def test_a_circle_is_told() -> None:
    """Condorcet's own: a third each prefers abc, bca and cab."""
    found = schulze(preferred({"abcd": 1, "bcad": 1, "cabd": 1}, "abcd"), "abcd")
    assert found.order == (("a", "b", "c"), ("d",))
    assert found.circles == (("a", "b", "c"),)


def test_a_circle_is_told_the_way_round_that_it_goes() -> None:
    found = schulze(preferred({"acb": 4, "cba": 3, "bac": 2}, "abc"), "abc")
    assert found.circles == (("a", "c", "b"),)


def test_no_circle_is_told_where_there_is_an_order() -> None:
    assert schulze(nets(TENNESSEE, "MNCK"), "MNCK").circles == ()


LISTS = st.dictionaries(
    st.permutations("abcd").flatmap(lambda o: st.integers(1, 4).map(lambda n: "".join(o[:n]))),
    st.integers(1, 5),
    min_size=1,
)


@settings(max_examples=60)
@given(LISTS)
def test_paths_are_as_strong_as_the_strongest_of_all_there_are(ballots: Ballots) -> None:
    """Every path is walked, where the product widens them step by step."""
    wins = preferred(ballots, "abcd")
    strength = path_strengths(wins)
    for a, b in permutations(range(4), 2):
        others = [c for c in range(4) if c not in (a, b)]
        paths = [(a, *way, b) for n in range(3) for way in permutations(others, n)]
        assert strength[a][b] == max(
            min(wins[x][y] if wins[x][y] > wins[y][x] else 0 for x, y in pairwise(path))
            for path in paths
        )


@settings(max_examples=60)
@given(LISTS)
def test_every_choice_has_its_place_and_every_circle_goes_round(ballots: Ballots) -> None:
    wins = preferred(ballots, "abcd")
    found = schulze(wins, "abcd")
    assert sorted(key for group in found.order for key in group) == list("abcd")
    for circle in found.circles:
        for one, beaten in zip(circle, [*circle[1:], circle[0]], strict=True):
            a, b = "abcd".index(one), "abcd".index(beaten)
            assert wins[a][b] > wins[b][a]
