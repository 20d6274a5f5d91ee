"""Who is asked which pairs: all equally often, each person always the same."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from scipy.stats import chisquare

from surveys.asking.pairing import in_place, league, own_pairs, undecided

WAVE = UUID("5f0c7f0e-6f34-4d55-9d4e-2f0d6a3e8b11")
PEOPLE = [uuid5(NAMESPACE_URL, f"person {n}") for n in range(3000)]


@pytest.mark.parametrize("n", range(2, 12))
def test_in_a_league_each_meets_each_once_and_nobody_twice_in_a_round(n: int) -> None:
    keys = "abcdefghijk"[:n]
    row = league(keys)
    assert {frozenset(pair) for pair in row} == {frozenset(p) for p in combinations(keys, 2)}
    assert len(row) == n * (n - 1) // 2
    half = n // 2
    for start in range(0, len(row), half):
        met = [key for pair in row[start : start + half] for key in pair]
        assert len(met) == len(set(met)) == 2 * half


@pytest.mark.parametrize("keys", ["abcde", "abcdefgh"])
def test_each_pair_is_asked_of_as_many_people_and_either_way_round(keys: str) -> None:
    asked = [pair for one in PEOPLE for pair in own_pairs(keys, 6, WAVE, one, "q")]
    both = Counter(frozenset(pair) for pair in asked)
    assert len(both) == len(list(combinations(keys, 2)))
    # Each person is asked several: whole people are drawn, so counts vary less than by chance.
    assert chisquare(list(both.values())).pvalue > 0.001
    first = Counter(pair[0] for pair in asked)
    assert chisquare([first[key] for key in keys]).pvalue > 0.001


def test_one_person_is_asked_the_same_pairs_each_once() -> None:
    for one in PEOPLE[:100]:
        mine = own_pairs("abcdefgh", 6, WAVE, one, "q")
        assert mine == own_pairs("abcdefgh", 6, WAVE, one, "q")
        assert len({frozenset(pair) for pair in mine}) == 6
        met = Counter(key for pair in mine for key in pair)
        assert len(met) >= 7, "as many choices as possible"
    several = {own_pairs("abcdefgh", 6, WAVE, one, "q") for one in PEOPLE[:100]}
    assert len(several) > 80


def test_more_pairs_than_there_are_is_all_of_them() -> None:
    assert len(own_pairs("abc", 10, WAVE, PEOPLE[0], "q")) == 3


def test_what_was_said_is_found_at_its_pair_whichever_way_round() -> None:
    pairs = (("a", "b"), ("d", "c"), ("a", "e"))
    assert in_place(pairs, ("b>a", undecided("d", "c"))) == ("b>a", "c=d", "")
