"""Published cells beside an exhaustive linear program: what somebody who knows the roster can
bound of every group that is not shown.

The program knows nothing of how cells were chosen. Its variables are how many answered in each
finest group: no fewer than none, no more than the roster has. What is published are equations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from surveys.suppression import admitted
from tests.surveys.audit import K

Cell = frozenset[int]

ONE_NUMBER = 0.5
"""Bounds closer than this hold one number of people."""


def bounds(
    target: Cell, published: Sequence[Cell], people: Mapping[int, int], roster: Mapping[int, int]
) -> tuple[float, float] | None:
    """The least and the most that can have answered in ``target``, as the published counts are.
    None: the most is far from what is so, which already leaves it open."""
    columns = sorted(roster)
    rows = np.array([[float(c in cell) for c in columns] for cell in published])
    rows = rows.reshape(len(published), len(columns))
    told = np.array([float(sum(people[c] for c in cell)) for cell in published])
    aim = np.array([float(c in target) for c in columns])
    limits = [(0.0, float(roster[c])) for c in columns]

    def least(of: np.ndarray) -> float:
        found = linprog(of, A_eq=rows, b_eq=told, bounds=limits, method="highs")
        assert found.success
        return float(found.fun)

    most = -least(-aim)
    return None if most - sum(people[c] for c in target) >= ONE_NUMBER else (least(aim), most)


def exposed(
    cells: Sequence[Cell], shown: set[int], people: Mapping[int, int], roster: Mapping[int, int]
) -> list[tuple[Cell, float, float]]:
    """Planned cells and finest groups of 1 to K-1 people who answered, and which the linear program
    pins to one number."""
    published = [cells[i] for i in sorted(shown)]
    targets = {cell for i, cell in enumerate(cells) if i not in shown}
    targets |= {frozenset({c}) for c in roster} - set(published)
    found = []
    for target in sorted(targets, key=sorted):
        if 0 < sum(people[c] for c in target) < K:
            within = bounds(target, published, people, roster)
            if within is not None and within[1] - within[0] < ONE_NUMBER:
                found.append((target, *within))
    return found


def two_way(rows: int, columns: int) -> list[Cell]:
    """The whole, its rows, its columns, and its inner cells."""
    at = {place: n for n, place in enumerate(product(range(rows), range(columns)))}
    return [
        frozenset(at.values()),
        *(frozenset(n for (r, _), n in at.items() if r == row) for row in range(rows)),
        *(frozenset(n for (_, c), n in at.items() if c == column) for column in range(columns)),
        *(frozenset({n}) for n in at.values()),
    ]


def hierarchy(chance: Random, levels: int, most: int) -> list[Cell]:
    """The whole, levels, and the buildings of each."""
    groups: list[Cell] = []
    for _ in range(levels):
        first = sum(map(len, groups))
        groups.append(frozenset(range(first, first + chance.randint(1, most))))
    buildings = [frozenset({n}) for group in groups for n in sorted(group)]
    return [frozenset().union(*groups), *groups, *buildings]


def districts(seeds: range) -> Iterator[tuple[Random, list[Cell], dict[int, int]]]:
    """Small tables, one with two margins and one of levels in turn, with few people in many cells;
    and what chance there is for their roster."""
    for seed in seeds:
        chance = Random(seed)  # noqa: S311
        if seed % 2:
            cells = two_way(chance.randint(2, 4), chance.randint(2, 4))
        else:
            cells = hierarchy(chance, chance.randint(2, 4), 4)
        yield chance, cells, {c: chance.choice((0, 1, 2, 3, 4, 5, 8, 13)) for c in cells[0]}


def pinned(seeds: range, *, answer: float | None, plain: bool = False) -> int:
    """How many small groups are pinned in all. ``answer``: what part of everybody in a group has
    answered, as the roster shows (None: whoever looks has no roster). ``plain``: published is every
    cell of five and more, and nothing else is minded."""
    found = 0
    for chance, cells, people in districts(seeds):
        ordered = [cells[0], *sorted(cells[1:], key=lambda c: -sum(people[p] for p in c))]
        shown = (
            {i for i, cell in enumerate(ordered) if sum(people[c] for c in cell) >= K}
            if plain
            else admitted(list(enumerate(ordered)), people, K)
        )
        roster = {
            c: 10_000 if answer is None else max(n, round(n / answer)) + chance.randint(0, 2)
            for c, n in people.items()
        }
        found += len(exposed(ordered, shown, people, roster))
    return found


SOME, MANY = range(40), range(1500)


@pytest.mark.parametrize("answer", [None, 0.5, 0.7])
def test_no_small_group_is_pinned_also_with_the_roster(answer: float | None) -> None:
    assert pinned(SOME, answer=answer) == 0


def test_a_plain_minimum_of_five_pins_many() -> None:
    assert pinned(SOME, answer=None, plain=True) > 40


def test_where_nearly_all_answered_the_roster_can_bound_a_small_group() -> None:
    """What is not guarded: with nine of ten and more, that no group has more people than the roster
    says is enough, here and there, to say how many of a small one answered."""
    assert pinned(SOME, answer=0.9) > 0


@pytest.mark.prove
@pytest.mark.parametrize("answer", [None, 0.5, 0.7])
def test_no_small_group_is_pinned_in_many_tables(answer: float | None) -> None:
    assert pinned(MANY, answer=answer) == 0
