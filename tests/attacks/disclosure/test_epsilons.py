"""Nothing tells more of an answer than the promise says: the ledger of ε over a whole survey."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from surveys.asking.showing import shown_pages
from surveys.ports import OpenResponse
from surveys.promise import promise
from surveys.questions import FreeText, Pairwise, Question, SeveralChoice
from surveys.results.tabulating import Atom
from surveys.survey import Condition, Survey
from tests.attacks.disclosure.any_survey import PROMPT, answer, choices, everything, surveys
from tests.attacks.disclosure.epsilons import (
    THEMES,
    Said,
    answers_between,
    as_kept,
    told,
    whole_closing,
)
from tests.surveys.disclosure.plans import SCHOOLS, response, survey_of, yes_or_no

TARGET = ("teacher", "high", "north")

LARGE: Counter[Atom] = Counter({atom: 5 * n for atom, n in SCHOOLS.items()})
"""540 people: enough for a live look."""


def ledger(survey: Survey, asked: Counter[Atom], one: Said, other: Said) -> Fraction:
    """The ε of one person's answers being those, and not these. Nothing else may differ."""
    others = [OpenResponse(answers=one, role="office", level="high", building="north")] * 250
    first, shown = whole_closing(survey, asked, others, response(TARGET, one))
    second, seen = whole_closing(survey, asked, others, response(TARGET, other))
    assert shown == seen, "something is shown that has no noise"
    return told(first, second)


def bound(survey: Survey, asked: Counter[Atom], answers: Fraction) -> Fraction:
    return promise(survey, asked=sum(asked.values())).epsilon_of(answers)


def _some(question: Question) -> Survey:
    """On a page for some."""
    return survey_of([yes_or_no()], [question], show_if=Condition(question="q", any_of=("yes",)))


_BOXES = SeveralChoice(key="more", prompt=PROMPT, choices=choices(5))
_PAIRS = Pairwise(key="more", prompt=PROMPT, choices=choices(20), pairs=10)
_TEN = tuple(f"c{at}>c{at + 1}" for at in range(0, 20, 2))


@pytest.mark.parametrize(
    ("question", "said"),
    [(yes_or_no("more"), "yes"), (_BOXES, ("c0", "c1", "c2", "c3", "c4")), (_PAIRS, _TEN)],
    ids=["yes or no", "five boxes", "ten pairs"],
)
@pytest.mark.parametrize("asked", [SCHOOLS, LARGE], ids=["108 people", "540 people"])
def test_the_answer_that_decides_who_is_asked_is_one_answer(
    question: Question, said: str | tuple[str, ...], asked: Counter[Atom]
) -> None:
    """Whatever a page for some asks, and however many boxes of it are ticked."""
    survey = _some(question)
    found = ledger(survey, asked, {"q": "yes", "more": said}, {"q": "no"})
    assert found <= bound(survey, asked, Fraction(1))


_WHY, _MORE = (FreeText(key=key, prompt=PROMPT) for key in ("why", "more"))


@pytest.mark.parametrize(
    ("one", "other", "costs"),
    [
        ({"why": "t0"}, {"why": "t1"}, Fraction(3, 2)),
        ({"why": "t0"}, {}, Fraction(3, 2)),
        ({"why": "t0", "more": "t0"}, {"why": "t1", "more": "t1"}, Fraction(3, 2)),
        ({"why": "t0", "more": "t0"}, {}, Fraction(3, 2)),
        ({"why": "t0", "more": "t1"}, {"why": "t0", "more": "t2"}, Fraction(0)),
        ({"why": "t0"}, {"why": "Fine."}, Fraction(3, 4)),
    ],
)
def test_all_comments_of_one_person_are_one_answer(one: Said, other: Said, costs: Fraction) -> None:
    """The ledger has the draws of their themes, and they cost what another answer does."""
    survey = survey_of([yes_or_no(), _WHY, _MORE])
    said = {"q": "yes", "why": "t0", "more": "t2"}
    others = [OpenResponse(answers=said, role="office", level="high", building="north")] * 250
    first, shown = whole_closing(survey, LARGE, others, response(TARGET, {"q": "yes", **one}))
    second, seen = whole_closing(survey, LARGE, others, response(TARGET, {"q": "yes", **other}))
    assert shown == seen
    assert shown.themes is not None
    assert len(shown.themes.themes) == len(THEMES)
    assert told(first, second) == costs <= bound(survey, LARGE, Fraction(1))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_answer_of_any_survey_costs_more_than_is_promised(data: st.DataObject) -> None:
    _hold(data)


@pytest.mark.prove
@pytest.mark.timeout(600)
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_answer_of_any_survey_costs_more_than_is_promised_of_many(
    data: st.DataObject,
) -> None:
    _hold(data)


def _hold(data: st.DataObject) -> None:
    survey = data.draw(surveys())
    asked = data.draw(st.sampled_from([SCHOOLS, LARGE]))
    before = as_kept(survey, data.draw(everything(survey)), {})
    shown = [
        question
        for question in survey.questions
        if any(key.split(".")[0] == question.key for key in before)
    ]
    if not shown:
        return
    changed = data.draw(st.sampled_from(shown))
    own = [q for q in survey.counted if q.key.split(".")[0] == changed.key]
    after = dict(before)
    for one in own:
        if not one.required and data.draw(st.integers(0, 3)) == 0:
            after.pop(one.key, None)
        elif data.draw(st.booleans()):
            after[one.key] = data.draw(answer(one))
    kept = as_kept(survey, after, data.draw(everything(survey)), shown_pages(survey, before))
    answers = answers_between(changed, before, kept)
    found = ledger(survey, asked, before, kept)
    note(f"{changed}: {float(found):.2f} for {answers} answers")
    assert found <= bound(survey, asked, answers)
