"""Results that are worth an answer: what readers get to see of a yes-or-no question."""

from __future__ import annotations

import pytest

from tests.surveys.disclosure.plans import BY_BUILDING, BY_LEVEL, BY_ROLE, WHOLE
from tests.surveys.disclosure.usefulness import ends_of_scores, everybody, use


def test_most_buildings_of_the_example_district_have_figures() -> None:
    told = use(everybody(), 0.7, range(4))
    building = told[BY_BUILDING]
    assert building.groups >= 0.5
    assert building.people >= 0.65
    assert building.error <= 4.5
    assert told[BY_LEVEL].groups == 1
    assert told[BY_ROLE].groups >= 0.9
    assert told[WHOLE].error < 1.5


def test_where_a_figure_is_not_shown_a_side_is_named() -> None:
    assert use(everybody(), 0.8, range(2))[BY_BUILDING].sides >= 0.6


@pytest.mark.prove
def test_figures_over_twenty_districts() -> None:
    told = use(everybody(), 0.7, range(20))
    assert told[BY_BUILDING].error <= 4
    assert told[BY_BUILDING].groups >= 0.5
    assert told[BY_BUILDING].people >= 0.65
    assert told[BY_ROLE].people >= 0.95
    assert use(everybody(), 0.92, range(20))[BY_LEVEL].groups >= 0.75
    assert ends_of_scores(everybody(), range(5))[BY_ROLE] >= 0.85
