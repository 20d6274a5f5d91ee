"""What a closing draws: every planned count once, within one person's budget."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest

from core.text import text
from surveys.disclosure.budget import ANSWER, ANSWERED, LEAST
from surveys.disclosure.tables import Released, budget, released
from surveys.questions import Choice, FreeText, Question, Scale, SeveralChoice
from surveys.survey import Condition, Dimension, PlannedTable
from tests.journeys.town import example
from tests.surveys.disclosure.plans import (
    BY_BUILDING,
    BY_ROLE,
    EVERY_TABLE,
    SCHOOLS,
    WHOLE,
    response,
    survey_of,
    yes_or_no,
)

CENTER = frozenset({("administrator", "district", "center")})


def _released(*pages: list[Question], show_if: Condition | None = None) -> Released:
    """Of everybody, who says yes to all."""
    survey = survey_of(*pages, show_if=show_if)
    everything = {q.key: "yes" for q in survey.counted}
    responses = [response(atom, everything) for atom in SCHOOLS.elements()]
    return released(survey, SCHOOLS, responses, below=random.Random(1).randrange)  # noqa: S311


@pytest.mark.parametrize(
    "tables",
    [
        (WHOLE,),
        (BY_BUILDING,),
        EVERY_TABLE,
        (*EVERY_TABLE, PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))),
    ],
)
@pytest.mark.parametrize("whole", [Fraction(1), ANSWER, Fraction(2)])
def test_nobody_is_told_of_by_more_than_the_budget(
    tables: tuple[PlannedTable, ...], whole: Fraction
) -> None:
    parts = budget(tables, SCHOOLS, whole)
    for told, bound in ((parts.answer, whole), (parts.answered, ANSWERED)):
        sums = [sum(part for people, part in told.items() if atom in people) for atom in SCHOOLS]
        assert max(sums) <= bound
        assert max(sums) > bound - Fraction(1, 50), "more noise than is needed"


def test_a_group_of_which_few_are_asked_is_not_counted() -> None:
    office = frozenset({("office", "middle", "east")})
    by_both = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))
    assert SCHOOLS[next(iter(office))] < LEAST
    assert office not in budget((WHOLE, by_both), SCHOOLS).answer


def test_smaller_groups_get_more_of_it() -> None:
    roster = example().roster
    assert roster is not None
    asked = Counter((p.role.value, p.level.value, p.building) for p in roster.people)
    parts = budget(EVERY_TABLE, asked).answer
    school = next(atom[2] for atom in asked if atom[1] == "high")
    building = parts[frozenset(atom for atom in asked if atom[2] == school)]
    district = parts[frozenset(asked)]
    assert building / ANSWER > Fraction(1, 2)
    assert district / ANSWER < Fraction(1, 10)


def test_the_same_people_are_drawn_once() -> None:
    """The center is a building, a level and the administrators at once."""
    parts = budget(EVERY_TABLE, SCHOOLS).answer
    tables = _released([yes_or_no()])
    assert len([people for people in tables.answered if people == CENTER]) == 1
    apart = budget((WHOLE, BY_ROLE, BY_BUILDING), SCHOOLS).answer
    assert parts[CENTER] > max(part for people, part in parts.items() if people != CENTER)
    assert set(tables.questions["q"]) == set(parts)
    assert set(apart) <= set(parts)


def test_a_page_for_some_and_days_are_of_the_district_alone() -> None:
    only_yes = Condition(question="q", any_of=("yes",))
    tables = _released([yes_or_no()], [yes_or_no("more")], show_if=only_yes)
    assert set(tables.questions["more"]) == {frozenset(SCHOOLS)}
    assert len(tables.questions["q"]) > 1


def test_who_stopped_before_a_question_is_not_counted_as_answering_it() -> None:
    survey = survey_of([yes_or_no()], [yes_or_no("later")])
    responses = [
        response(atom, {"q": "yes"} if i % 2 else {"q": "yes", "later": "yes"})
        for i, atom in enumerate(Counter({next(iter(SCHOOLS)): 400}).elements())
    ]
    tables = released(survey, {next(iter(SCHOOLS)): 400}, responses, Fraction(40))
    told = tables.questions["later"][frozenset({next(iter(SCHOOLS))})]
    assert abs(told.n.value - 200) < 10
    assert abs(told.counts["yes"].value - 200) < 10


def test_comments_are_not_counted() -> None:
    words = FreeText(key="words", prompt=text("?"))
    assert set(_released([yes_or_no(), words]).questions) == {"q"}


def test_boxes_are_told_each_by_itself() -> None:
    choices = tuple(Choice(key=k, label=text(k)) for k in "abc")
    survey = survey_of([SeveralChoice(key="q", prompt=text("?"), choices=choices)])
    responses = [response(atom, {"q": ("a", "c")}) for atom in SCHOOLS.elements()]
    tables = released(survey, SCHOOLS, responses, Fraction(60))
    told = tables.questions["q"][frozenset(SCHOOLS)]
    assert {key: round(count.value / 108) for key, count in told.counts.items()} == {
        "a": 1,
        "b": 0,
        "c": 1,
    }


def test_a_district_is_told_every_point_and_a_group_the_ends() -> None:
    survey = survey_of([Scale(key="q", prompt=text("?"), points=5)])
    responses = [response(atom, {"q": 4}) for atom in SCHOOLS.elements()]
    told = released(survey, SCHOOLS, responses).questions["q"]
    assert set(told[frozenset(SCHOOLS)].counts) == {"1", "2", "3", "4", "5"}
    assert set(told[CENTER].counts) == {"low", "high"}
