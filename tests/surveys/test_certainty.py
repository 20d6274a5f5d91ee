"""What follows for certain from all groups and all answers together is not said."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.certainty import certain
from surveys.codes import Span

KINDS = {(role, "high", building): 2 for role in ("teacher", "office") for building in "abcd"}
"""Two teachers and two of the office in each of four buildings."""

EVERYBODY = frozenset(KINDS), True


def said(**counts: tuple[int, int]) -> Mapping[str, Span]:
    """How many at least and at most gave each answer."""
    return {
        key: Span(low=low, high=high, exact=low == high, words=None if low == high else "coded")
        for key, (low, high) in counts.items()
    }


def of(*, role: str = "", building: str = "") -> tuple[frozenset[tuple[str, str, str]], bool]:
    inside = (kind for kind in KINDS if role in ("", kind[0]) and building in ("", kind[2]))
    return frozenset(inside), False


def gone(
    *told: tuple[tuple[frozenset[tuple[str, str, str]], bool], Mapping[str, Span]],
) -> set[int]:
    groups, spans = zip(*told, strict=True)
    return certain(KINDS, groups, spans, set(), one_each=True)


WHOLE = EVERYBODY, said(yes=(6, 6), no=(7, 7), other=(3, 3))


def test_a_group_of_one_mind_is_not_told() -> None:
    mixed = of(building="b"), said(yes=(1, 1), no=(1, 2), other=(1, 2))
    assert gone(WHOLE, (of(building="a"), said(yes=(4, 4), no=(0, 0), other=(0, 0))), mixed) == {1}
    assert gone(WHOLE, mixed) == set()


def test_answers_that_leave_no_room_for_each_other_count_together() -> None:
    """Nobody of building a said "other", since its yes and no are four. The office's two there did
    not say yes either; so both said no, and the two teachers yes."""
    here = of(building="a"), said(yes=(2, 2), no=(2, 2), other=(0, 1))
    rest = frozenset(kind for kind in KINDS if kind[0] == "office" and kind[2] == "a"), False
    office = rest, said(yes=(0, 0), no=(0, 2), other=(0, 2))
    found = gone(WHOLE, here, office)
    assert found, "of four people each answer would be known"
    assert gone(WHOLE, here) == set()


def test_the_rest_of_the_district_tells_as_well() -> None:
    rest = frozenset(kind for kind in KINDS if kind[2] != "a"), False
    others = rest, said(yes=(2, 2), no=(7, 7), other=(3, 3))
    assert gone(WHOLE, others) == {1}, "the district without it is building a"


def test_of_what_tells_it_together_the_smaller_group_goes() -> None:
    three = frozenset(kind for kind in KINDS if kind[2] != "d"), False
    two = of(building="a")[0] | of(building="b")[0], False
    larger = three, said(yes=(6, 6), no=(3, 3), other=(3, 3))
    smaller = two, said(yes=(2, 2), no=(3, 3), other=(3, 3))
    assert gone(WHOLE, smaller) == set()
    assert gone((EVERYBODY, said(yes=(6, 6), no=(5, 5), other=(5, 5))), larger, smaller) == {2}


def test_what_is_told_in_any_case_stays() -> None:
    assert gone((EVERYBODY, said(yes=(16, 16), no=(0, 0), other=(0, 0)))) == set()
