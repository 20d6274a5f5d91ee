"""What somebody believes of whole districts, held against counting every way in which they may have
answered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from statistics import fmean

import pytest

from surveys.believing import Said, too_much


def said(place: int, kinds: Sequence[int], low: int, high: int, *, always: bool = False) -> Said:
    return Said(place=place, kinds=frozenset(kinds), low=low, high=high, open=always)


def surest(people: Sequence[int], told: Sequence[Said]) -> float:
    """The largest share of a finest kind that gave the answer, on the average of all counts that
    agree with what is told."""
    worlds = [
        counts
        for counts in product(*(range(size + 1) for size in people))
        if all(one.low <= sum(counts[kind] for kind in one.kinds) <= one.high for one in told)
    ]
    return max(fmean(world[at] for world in worlds) / size for at, size in enumerate(people))


PEOPLE = (9, 7, 8)
OPEN = said(0, (0, 1, 2), 14, 14, always=True)
CODED = (said(1, (0, 1), 13, 16), said(2, (0, 2), 9, 17))
"""Of a district of 24 people 14 gave an answer, which is open; more than 80% of the first two kinds
did, which is a code; and 9 or more of the first and third."""


@pytest.mark.parametrize("limit", [0.7, 0.8, 0.9, 0.95])
def test_what_is_left_makes_nobody_surer_than_the_limit(limit: float) -> None:
    told = (OPEN, *CODED)
    before = surest(PEOPLE, told)
    gone = too_much(PEOPLE, told, limit, contrary=False)
    assert OPEN.place not in gone, "what is open stays"
    after = surest(PEOPLE, [one for one in told if one.place not in gone])
    # An estimate by an average: some hundredths beside the count of all ways, in so small a place.
    assert after < limit + 0.06
    if before > limit + 0.06:
        assert gone, "something had to go"
    if before < limit - 0.06:
        assert not gone, "and nothing that tells of nobody"


def test_a_group_that_is_told_in_two_tables_goes_from_both() -> None:
    twice = (said(1, (0, 1), 16, 16), said(2, (0, 1), 15, 16))
    apart = said(0, (0, 1, 2), 18, 18, always=True)
    assert too_much(PEOPLE, (apart, *twice), 0.9, contrary=False) == {1, 2}


def test_that_nobody_gave_it_is_guarded_where_that_is_asked() -> None:
    nobody = said(1, (0, 1), 0, 0)
    few = said(0, (0, 1, 2), 4, 4, always=True)
    assert too_much(PEOPLE, (few, nobody), 0.9, contrary=True) == {1}
    assert too_much(PEOPLE, (few, nobody), 0.9, contrary=False) == set()
