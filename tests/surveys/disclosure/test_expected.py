"""What is foreseen of a table's error before a launch, held against what is released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from statistics import mean, median

import pytest

from surveys.disclosure.budget import ANSWERING
from surveys.disclosure.expected import TooFine, off_by, too_fine
from surveys.disclosure.tables import released
from surveys.results.tabulating import Atom, planned_cells
from surveys.results.taking_part import make_up_tables
from surveys.survey import Dimension, PlannedTable, Rules, Survey
from tests.surveys.disclosure.plans import (
    BY_BUILDING,
    BY_LEVEL,
    BY_ROLE,
    WHOLE,
    response,
    survey_of,
    yes_or_no,
)
from tests.surveys.disclosure.usefulness import everybody, small_district

ROLE_IN_BUILDING = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))
ROLE_AT_LEVEL = PlannedTable(by=(Dimension.ROLE, Dimension.LEVEL))
CLOSINGS = 400


@pytest.fixture(autouse=True)
def real(real_launches: None) -> None:
    """With the limit of a launch."""


def measured(survey: Survey, asked: Mapping[Atom, int]) -> dict[PlannedTable, float]:
    """The median, over a table's groups, of how far its figures are off on the average: three of
    ten answer, and half of them say yes."""
    chance = Random(7)  # noqa: S311 - a test is repeatable
    answered = {atom: round(ANSWERING * n) for atom, n in asked.items()}
    given = [
        response(atom, {"q": "yes" if one % 2 else "no"})
        for atom, n in answered.items()
        for one in range(n)
    ]
    off: dict[PlannedTable, dict[frozenset[Atom], list[float]]] = {}
    for _ in range(CLOSINGS):
        tables = released(
            survey,
            asked,
            given,
            below=chance.randrange,
            beside=(WHOLE, *make_up_tables(survey)),
        )
        for table in survey.tables:
            for cell in planned_cells(table, asked):
                n = sum(answered[atom] for atom in cell.atoms)
                yes = sum(answered[atom] // 2 for atom in cell.atoms)
                one = tables.questions["q"][cell.atoms]
                told = one.counts["yes"].value / max(1, one.n.value)
                off.setdefault(table, {}).setdefault(cell.atoms, []).append(abs(told - yes / n))
    return {
        table: median(100 * mean(sizes) for sizes in groups.values())
        for table, groups in off.items()
    }


def test_the_error_that_is_foreseen_is_the_one_that_is_measured() -> None:
    """To a sixth of it: a share of two noisy counts is off by a little more than its top and its
    bottom are on their own."""
    asked = {
        ("teacher", level, f"{level}-{n}"): 120
        for level in ("elementary", "high")
        for n in range(3)
    }
    tables = [WHOLE, BY_LEVEL, BY_BUILDING]
    foreseen = off_by(tables, asked)
    for table, error in measured(survey_of([yes_or_no()], tables=tables), asked).items():
        assert foreseen[table] == pytest.approx(error, rel=1 / 6), table
    assert foreseen[WHOLE] < foreseen[BY_LEVEL] < foreseen[BY_BUILDING]


def test_a_large_district_may_have_every_single_table() -> None:
    assert too_fine([WHOLE, BY_LEVEL, BY_ROLE, BY_BUILDING], everybody()) == []


def test_a_small_district_is_told_what_to_choose_instead() -> None:
    (found,) = too_fine([WHOLE, BY_BUILDING], small_district())
    assert found == TooFine(table=BY_BUILDING, points=9, instead=BY_LEVEL)
    assert too_fine([WHOLE, BY_LEVEL], small_district()) == []
    (found,) = too_fine([WHOLE, ROLE_IN_BUILDING], small_district())
    assert found.instead is not None
    assert set(found.instead.by) == set(ROLE_AT_LEVEL.by)


def test_tables_are_left_out_until_the_others_are_worth_it() -> None:
    """The worst first: what the others are worth changes with it."""
    found = too_fine([WHOLE, BY_LEVEL, BY_ROLE, BY_BUILDING], small_district())
    assert [one.table for one in found] == [BY_BUILDING, BY_LEVEL]
    assert too_fine([WHOLE, BY_ROLE], small_district()) == []


def test_a_sample_of_a_district_is_as_uncertain_as_a_smaller_one() -> None:
    tables = [WHOLE, BY_BUILDING]
    whole, half = off_by(tables, everybody()), off_by(tables, everybody(), 0.5)
    assert half[WHOLE] == pytest.approx(2 * whole[WHOLE], rel=0.1)
    assert [one.table for one in too_fine(tables, everybody(), 0.1)] == [BY_BUILDING]


def test_a_samples_groups_are_as_large_as_are_asked_of_them() -> None:
    """Of 40 people in each building ten are drawn: no building is ever shown, so none is foreseen,
    and none takes from what the levels have."""
    asked = {("teacher", "high", f"school-{n}"): 40 for n in range(40)}
    assert BY_BUILDING in off_by([WHOLE, BY_BUILDING], asked)
    assert BY_BUILDING not in off_by([WHOLE, BY_BUILDING], asked, 0.25)
    alone = off_by([WHOLE], asked, 0.25)[WHOLE]
    assert off_by([WHOLE, BY_BUILDING], asked, 0.25)[WHOLE] == pytest.approx(alone)


def test_what_a_district_chose_changes_what_is_foreseen() -> None:
    tables = [WHOLE, BY_BUILDING]
    usual, more, less = (
        off_by(tables, everybody(), rules=Rules(epsilon=epsilon))[BY_BUILDING]
        for epsilon in (1.5, 2, 1)
    )
    assert more < usual < less
    few = Counter(dict.fromkeys([("teacher", "high", str(n)) for n in range(40)], 30))
    assert BY_BUILDING in off_by(tables, few)
    assert BY_BUILDING not in off_by(tables, few, rules=Rules(smallest_group=31))


def test_the_whole_district_is_always_offered() -> None:
    few: Counter[Atom] = Counter({("teacher", "high", "north"): 20})
    assert off_by([WHOLE], few)[WHOLE] > 5
    assert too_fine([WHOLE], few) == []


def test_a_table_of_one_group_is_the_whole_audience_again() -> None:
    """A survey with a table by level may ask one school."""
    school: Counter[Atom] = Counter(
        {("teacher", "high", "north"): 30, ("office", "high", "north"): 9}
    )
    assert off_by([WHOLE, BY_LEVEL], school)[BY_LEVEL] > 5
    assert too_fine([WHOLE, BY_LEVEL], school) == []
    assert [one.table for one in too_fine([WHOLE, BY_LEVEL, BY_ROLE], school)] == [BY_ROLE]


def test_a_table_of_which_nothing_is_ever_shown_costs_nothing() -> None:
    """Its groups have fewer than 12 people each, and get no part of the budget."""
    asked = {("teacher", "high", f"school-{n}"): 10 for n in range(40)}
    assert BY_BUILDING not in off_by([WHOLE, BY_BUILDING], asked)
