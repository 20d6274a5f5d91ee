"""Looks at an open survey: at a hundred answers and each doubling, within a budget of their own."""

from __future__ import annotations

from itertools import islice

import pytest

from surveys.disclosure.live import looks, seen
from surveys.questions import FreeText
from surveys.survey import Condition
from surveys.words import text
from tests.surveys.disclosure.plans import response, survey_of, yes_or_no

ATOM = ("teacher", "high", "north")


def test_there_is_a_look_at_each_doubling() -> None:
    assert looks(7000) == [100, 200, 400, 800, 1600, 3200, 6400]
    assert looks(99) == []


def test_a_look_tells_the_district_and_not_what_some_are_asked() -> None:
    survey = survey_of(
        [yes_or_no(), FreeText(key="words", prompt=text("?"))],
        [yes_or_no("more")],
        show_if=Condition(question="q", any_of=("yes",)),
    )
    answers = [response(ATOM, {"q": "yes", "more": "no"}) for _ in range(100)]
    told = seen(survey, 300, answers)
    assert set(told) == {"q"}
    assert abs(told["q"].n.value - 100) < 400
    assert set(told["q"].counts) == {"yes"}


def test_there_is_no_look_in_between() -> None:
    answers = [response(ATOM, {"q": "yes"}) for _ in range(101)]
    with pytest.raises(ValueError, match="no look at 101"):
        seen(survey_of([yes_or_no()]), 300, answers)
    with pytest.raises(ValueError, match="no look at 100"):
        seen(survey_of([yes_or_no()]), 90, list(islice(answers, 100)))
