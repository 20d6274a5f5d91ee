"""Majorities over rankings, against the example of the method's author and a second computation."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.schulze import majorities, path_strengths, preferences

SCHULZE = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
"""45 voters: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method" (2011), the example that Wikipedia's "Schulze
method" works through."""
BALLOTS = {tuple(ballot): count for ballot, count in SCHULZE.items()}


def test_the_authors_own_example() -> None:
    assert preferences(BALLOTS, "ABCDE") == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert path_strengths(preferences(BALLOTS, "ABCDE")) == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]
    assert majorities(BALLOTS, "ABCDE").order == (("E",), ("A",), ("C",), ("B",), ("D",))


def test_a_circle_is_told() -> None:
    """Condorcet's own: a third each prefers abc, bca and cab."""
    ballots = {("a", "b", "c", "d"): 1, ("b", "c", "a", "d"): 1, ("c", "a", "b", "d"): 1}
    found = majorities(ballots, "abcd")
    assert found.order == (("a", "b", "c"), ("d",))
    assert found.circles == (("a", "b", "c"),)


def test_a_circle_is_told_the_way_round_that_it_goes() -> None:
    ballots = {("a", "c", "b"): 4, ("c", "b", "a"): 3, ("b", "a", "c"): 2}
    assert majorities(ballots, "abc").circles == (("a", "c", "b"),)


def test_no_circle_is_told_where_there_is_an_order() -> None:
    """Tennessee's capital: everybody prefers Nashville in pairs, whom a plurality does not."""
    ballots = {("M", "N", "C", "K"): 42, ("N", "C", "K", "M"): 26, ("C", "K", "N", "M"): 15}
    ballots |= {("K", "C", "N", "M"): 17}
    found = majorities(ballots, "MNCK")
    assert found.order == (("N",), ("C",), ("K",), ("M",))
    assert found.circles == ()


def test_what_is_not_ranked_stands_below_all_that_is() -> None:
    assert majorities({("c",): 2, ("a",): 1}, "abc").order == (("c",), ("a",), ("b",))


LISTS = st.lists(
    st.permutations("abcd").flatmap(
        lambda order: st.integers(0, 4).map(lambda n: tuple(order[:n]))
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60)
@given(LISTS)
def test_paths_are_as_strong_as_the_strongest_of_all_there_are(
    ballots: list[tuple[str, ...]],
) -> None:
    """Every path is walked, where the product widens them step by step."""
    wins = preferences(Counter(ballots), "abcd")
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
def test_every_choice_has_its_place_and_every_circle_goes_round(
    ballots: list[tuple[str, ...]],
) -> None:
    wins = preferences(Counter(ballots), "abcd")
    found = majorities(Counter(ballots), "abcd")
    assert sorted(key for group in found.order for key in group) == list("abcd")
    for circle in found.circles:
        for one, beaten in zip(circle, [*circle[1:], circle[0]], strict=True):
            a, b = "abcd".index(one), "abcd".index(beaten)
            assert wins[a][b] > wins[b][a]
    if all(len(group) == 1 for group in found.order) and not found.circles:
        winner = "abcd".index(found.order[0][0])
        assert all(wins[winner][b] >= wins[b][winner] for b in range(4))
