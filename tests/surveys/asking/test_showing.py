"""Pages that depend on an answer: skipped, brought in, and forgotten with what they asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.people import Person
from core.text import text
from surveys.asking.answering import answer_page, show_page
from surveys.asking.showing import is_met, shown_pages
from surveys.commands import AnswerPage, ShowPage
from surveys.encoding import survey_from_json, survey_to_json
from surveys.messages import Answered, QuestionPage, Rejected
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, RawAnswer, Scale, SeveralChoice, SingleChoice
from surveys.results.release import final_results
from surveys.results.tabulating import atom_of
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey, Wave
from tests.surveys.store import NOON, DictStore, person, wave

USED = SingleChoice(
    key="used",
    prompt=text("Did you use the new platform?"),
    choices=tuple(Choice(key=key, label=text(key)) for key in ("yes", "no", "unsure")),
)
WELL = Scale(key="well", prompt=text("How well did it work?"))
WHY = SeveralChoice(
    key="why",
    prompt=text("What went wrong?"),
    choices=tuple(Choice(key=key, label=text(key)) for key in ("slow", "broken", "other")),
)
LAST = Scale(key="last", prompt=text("How was the week?"))


def survey() -> Survey:
    """1: used? · 2, if yes: how well? · 3, if at most 2 of 5: why? · 4: the week."""
    return replace(
        wave().survey,
        pages=(
            Page(questions=(USED,)),
            Page(questions=(WELL,), show_if=Condition(question="used", any_of=("yes",))),
            Page(questions=(WHY,), show_if=Condition(question="well", at_most=2)),
            Page(questions=(LAST,)),
        ),
    )


@pytest.fixture
def ana() -> Person:
    return person()


@pytest.fixture
def asked() -> Wave:
    return replace(wave(), survey=survey())


@pytest.fixture
def store(asked: Wave, ana: Person) -> DictStore:
    made = DictStore([ana])
    made.add_wave(asked)
    made.freeze_panel(asked.id, [ana])
    return made


@pytest.mark.parametrize(
    ("answer", "condition", "met"),
    [
        ("yes", {"any_of": ("yes", "unsure")}, True),
        ("no", {"any_of": ("yes", "unsure")}, False),
        ("no", {"none_of": ("yes",)}, True),
        ("yes", {"none_of": ("yes",)}, False),
        (("slow", "other"), {"any_of": ("other",)}, True),
        (("slow", "other"), {"none_of": ("other",)}, False),
        (3, {"any_of": ("3",)}, True),
        (3, {"at_least": 3}, True),
        (3, {"at_least": 4}, False),
        (3.5, {"at_least": 3, "at_most": 4}, True),
        (5, {"at_most": 4}, False),
        ("yes", {"at_least": 0}, False),
        (None, {"none_of": ("yes",)}, False),
        (None, {"at_most": 9}, False),
    ],
)
def test_a_condition_holds_of_answers(
    answer: Answer | None, condition: dict[str, Any], met: bool
) -> None:
    answers = {} if answer is None else {"q": answer}
    assert is_met(Condition(question="q", **condition), answers) is met


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, (0, 3)),
        ({"used": "no"}, (0, 3)),
        ({"used": "yes"}, (0, 1, 3)),
        ({"used": "yes", "well": 2}, (0, 1, 2, 3)),
        ({"used": "yes", "well": 3}, (0, 1, 3)),
        (
            {"used": "no", "well": 1},
            (0, 3),
        ),  # a page not shown counts for nothing
    ],
)
def test_the_pages_shown_follow_the_answers(
    answers: dict[str, Answer], shown: tuple[int, ...]
) -> None:
    assert shown_pages(survey(), answers) == shown


class Talk:
    """Hands in pages, and keeps what came back."""

    def __init__(self, store: DictStore, who: Person, asked: Wave) -> None:
        self.store, self.who, self.wave = store, who, asked

    def hand_in(self, page: int, **answers: RawAnswer) -> object:
        command = AnswerPage(wave_id=self.wave.id, page=page, answers=answers)
        return answer_page(self.store, self.who, command, NOON)

    def page(self, page: int, **answers: RawAnswer) -> QuestionPage:
        found = self.hand_in(page, **answers)
        assert isinstance(found, QuestionPage)
        return found

    @property
    def kept(self) -> dict[str, Answer]:
        response = self.store.response(self.wave.id, self.who.id)
        return dict(response.answers) if response else {}


def test_a_page_whose_condition_is_not_met_is_skipped(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    talk = Talk(store, ana, asked)
    week = talk.page(0, used="no")
    assert (week.page, week.step, week.steps, week.earlier, week.last) == (3, 2, 2, 0, True)
    assert week.about
    assert isinstance(talk.hand_in(3, last="4"), Answered)
    assert talk.kept == {"used": "no", "last": 4}


def test_going_back_and_changing_the_answer_brings_it_in_and_takes_it_out_again(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    talk = Talk(store, ana, asked)
    talk.page(0, used="no")
    well = talk.page(0, used="yes")
    assert (well.page, well.step, well.steps, well.last) == (1, 2, 3, False)
    why = talk.page(1, well="1")
    assert (why.page, why.step, why.steps, why.earlier) == (2, 3, 4, 1)
    assert talk.page(2, why=("slow",)).page == 3
    assert isinstance(talk.hand_in(3, last="4"), Answered)
    assert set(talk.kept) == {"used", "well", "why", "last"}
    assert talk.page(0, used="no").page == 3
    assert talk.kept == {"used": "no", "last": 4}, "what is not asked any more is not kept"


def test_what_is_required_on_a_page_that_is_not_shown_is_not_missing(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    talk = Talk(store, ana, asked)
    talk.page(0, used="yes")
    found = talk.hand_in(3, last="4")
    assert isinstance(found, QuestionPage), "a page that is shown was skipped"
    assert (found.page, set(found.unfit)) == (1, {"well"})
    talk.page(0, used="no")
    assert isinstance(talk.hand_in(3, last="4"), Answered)


def test_a_page_that_is_not_shown_takes_no_answer(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    talk = Talk(store, ana, asked)
    talk.page(0, used="no")
    assert talk.page(1, well="1").page == 3
    assert "well" not in talk.kept
    shown = show_page(store, ana, ShowPage(wave_id=asked.id, page=2), NOON)
    assert isinstance(shown, QuestionPage)
    assert shown.page == 3


def test_a_last_page_that_falls_away_completes_with_the_one_before(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    pages = survey().pages
    ends = replace(asked, survey=replace(asked.survey, pages=(pages[0], pages[1])))
    store.waves[asked.id] = ends
    talk = Talk(store, ana, ends)
    assert not talk.page(0, used="yes").unfit
    assert isinstance(talk.hand_in(0, used="no"), Answered)


def test_an_answer_that_does_not_fit_changes_no_pages(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    talk = Talk(store, ana, asked)
    talk.page(0, used="yes")
    again = talk.hand_in(0, used="perhaps")
    assert isinstance(again, Rejected)
    assert again.page is not None
    assert again.page.shown == (0, 1, 3)


def test_conditions_are_stored_with_their_survey() -> None:
    assert survey_from_json(survey_to_json(survey())) == survey()


@pytest.mark.usefixtures("exact")
def test_what_a_page_asks_that_depends_is_told_of_the_whole_district_only() -> None:
    """How many were asked further tells how many said yes."""
    tables = (PlannedTable(), PlannedTable(by=(Dimension.ROLE,)))
    asked = wave(replace(survey(), tables=tables))
    responses = [
        OpenResponse(
            answers={"used": "no", "last": 3} if n == 0 else {"used": "yes", "well": 4, "last": 3},
            role="teacher", level="high", building="oak",
        )
        for n in range(20)
    ]  # fmt: skip
    panel = {atom_of(responses[0]): 20}
    results = final_results(asked, responses, panel, 20, str, NOON)
    whole, group = [cell for table in results.tables for cell in table.cells]
    assert {q.question: getattr(q, "n", None) for q in whole.questions} == {
        "used": 20, "well": 20, "why": None, "last": 20,
    }  # fmt: skip
    assert [q.question for q in group.questions] == ["used", "last"]
