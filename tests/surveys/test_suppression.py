"""What is published together gives no small group away: audited by brute force (audit.py)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.suppression import admitted, exact
from tests.surveys.audit import K, Vector, echelon, given_away, remainder


def planned(
    people: dict[int, int], shape: tuple[int, int, int], plan: Sequence[tuple[int, ...]]
) -> list[tuple[int, frozenset[int]]]:
    """Cells of planned tables over roles × levels × buildings, numbered row by row."""
    places = list(product(*map(range, shape)))
    cells = [frozenset(range(len(places)))]
    for by in plan:
        groups: dict[tuple[int, ...], set[int]] = {}
        for column, place in enumerate(places):
            groups.setdefault(tuple(place[d] for d in by), set()).add(column)
        cells += sorted(
            map(frozenset, groups.values()), key=lambda cell: -sum(people[c] for c in cell)
        )
    return list(enumerate(cells))


SHAPE = (3, 2, 2)
PEOPLE = st.lists(st.one_of(st.integers(0, 3), st.integers(0, 9)), min_size=12, max_size=12).map(
    lambda ns: dict(enumerate(ns))
)
PLAN = st.lists(
    st.sampled_from([(0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)]), unique=True, max_size=5
).map(lambda plan: sorted(plan, key=len))


@settings(max_examples=150, deadline=None)
@given(PEOPLE, PLAN)
def test_no_combination_of_published_cells_gives_a_small_group(
    people: dict[int, int], plan: list[tuple[int, ...]]
) -> None:
    cells = planned(people, SHAPE, plan)
    shown = admitted(cells, people, K)
    published = [cell for i, cell in cells if i in shown]
    assert given_away(published, people) == []


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_nothing_is_withheld_for_its_own_sake(people: dict[int, int]) -> None:
    """In one table under the district: a cell is withheld only if showing it would tell."""
    cells = planned(people, SHAPE, [(0, 1)])
    shown = admitted(cells, people, K)
    for i, cell in cells:
        if i not in shown and sum(people[c] for c in cell) >= K:
            published = [other for j, other in cells if j in shown]
            assert given_away([*published, cell], people)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, PLAN)
def test_cells_that_are_tried_together_are_shown_as_if_each_was_tried_by_itself(
    people: dict[int, int], plan: list[tuple[int, ...]]
) -> None:
    cells = planned(people, SHAPE, plan)
    published: list[frozenset[int]] = []
    for _, cell in cells:
        if sum(people[c] for c in cell) >= K and not given_away([*published, cell], people):
            published.append(cell)
    shown = admitted(cells, people, K)
    assert [cell for i, cell in cells if i in shown] == published


def test_the_audit_finds_the_textbook_case() -> None:
    """A district of 12 with one building of 9 shown: the other building's 3 are given away."""
    people = {0: 9, 1: 3}
    whole, north = frozenset({0, 1}), frozenset({0})
    assert given_away([whole, north], people) == [{1}]
    assert admitted([("all", whole), ("north", north)], people, K) == {"all"}


def test_a_small_group_takes_the_smallest_that_hides_it_along() -> None:
    people = {0: 100, 1: 40, 2: 6, 3: 2}
    cells = [("all", frozenset(people)), *((c, frozenset({c})) for c in people)]
    assert admitted(cells, people, K) == {"all", 0, 1}


def test_two_tables_do_not_tell_together_what_neither_tells_alone() -> None:
    """Teachers minus high-school teachers, where only two teachers are elsewhere."""
    people = {0: 20, 1: 2, 2: 10, 3: 10}  # teacher/high, teacher/middle, office/high, office/middle
    cells = [
        ("all", frozenset({0, 1, 2, 3})),
        ("teacher", frozenset({0, 1})),
        ("office", frozenset({2, 3})),
        ("teacher/high", frozenset({0})),
        ("office/high", frozenset({2})),
    ]
    assert admitted(cells, people, K) == {"all", "teacher", "office", "office/high"}


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_small_remainders_of_several_groups_do_not_add_up(groups: int) -> None:
    """Each group but one person is in a second set: the district minus that set is those few."""
    people = {**dict.fromkeys(range(groups), 1), **dict.fromkeys(range(groups, 2 * groups), 10)}
    cells = [
        ("all", frozenset(people)),
        *((str(i), frozenset({i, groups + i})) for i in range(groups)),
        ("the others", frozenset(range(groups, 2 * groups))),
    ]
    assert admitted(cells, people, K) == {"all", *map(str, range(groups))}


def test_fewer_than_k_in_all_show_nothing() -> None:
    assert admitted([("all", frozenset({0, 1}))], {0: 2, 1: 2}, K) == set()
    assert admitted([("all", frozenset({0}))], {}, K) == set()


ROWS = st.lists(
    st.frozensets(st.integers(0, 5), min_size=1).map(lambda cell: dict.fromkeys(sorted(cell), 1)),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(ROWS, ROWS, ROWS)
def test_a_guarded_figure_is_not_computable_from_what_is_told(
    known: list[dict[int, int]], figures: list[dict[int, int]], guarded: list[dict[int, int]]
) -> None:
    def dense(row: dict[int, int]) -> list[int]:
        return [row.get(c, 0) for c in range(6)]

    def computable(basis: list[tuple[int, Vector]], row: dict[int, int]) -> bool:
        return not any(remainder(basis, [Fraction(v) for v in dense(row)]))

    told = exact(list(enumerate(figures)), known, guarded)
    before = echelon(map(dense, known))
    after = echelon([*map(dense, known), *(dense(figures[i]) for i in sorted(told))])
    for row in guarded:
        assert computable(after, row) == computable(before, row)
