"""What an author is told before a survey goes to Teams."""

from __future__ import annotations

from dataclasses import replace

from bot.teams.objections import objections
from core.text import text
from core.words import Words
from surveys.authoring.presets import AGREEMENT
from surveys.questions import (
    Choice,
    FreeText,
    Matrix,
    Question,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.survey import Page, Survey
from tests.bot.samples.kind import platform_survey
from tests.bot.teams.samples import QUESTIONS

SURVEY = Survey(
    key="wifi",
    title=text("Wi-Fi"),
    asked_by=text("Computing Services"),
    purpose=text("To know."),
    pages=(Page(questions=QUESTIONS),),
)


def _with(*questions: Question) -> Survey:
    return replace(SURVEY, pages=(Page(questions=questions),))


def test_a_survey_of_every_kind_of_question_fits() -> None:
    assert objections(Words(), SURVEY) == []


def test_a_list_too_long_for_a_card_is_named() -> None:
    choices = tuple(Choice(key=f"c{n}", label=text(f"Choice {n}")) for n in range(61))
    (said,) = objections(Words(), _with(SingleChoice(key="q", prompt=text("?"), choices=choices)))
    assert said == "Teams: question q has 61 choices; at most 60 fit into one card."


def test_a_comma_in_a_key_of_several_choices_is_named() -> None:
    choices = (Choice(key="a,b", label=text("A")),)
    several = SeveralChoice(key="q", prompt=text("?"), choices=choices)
    (said,) = objections(Words(), _with(several))
    assert "(a,b)" in said
    assert (
        objections(Words(), _with(SingleChoice(key="q", prompt=text("?"), choices=choices))) == []
    )


def test_a_page_that_asks_too_much_is_named() -> None:
    texts = [FreeText(key=f"q{n}", prompt=text("Why?"), longest=2000) for n in range(16)]
    said = objections(Words(), _with(*texts))
    assert said[0].startswith("Teams: page 1 has 16 questions")
    assert "people can write 32000 characters" in said[1]


def _matrices(many: int) -> list[Matrix]:
    statements = tuple(
        Statement(key=f"s{n}", label=text(f"Statement {n} is about as long as one should be."))
        for n in range(10)
    )
    return [
        Matrix(key=f"m{n}", prompt=text("Agree?"), statements=statements, labels=AGREEMENT)
        for n in range(many)
    ]


def test_matrices_that_make_a_card_too_large_are_named() -> None:
    assert objections(Words(), _with(*_matrices(4))) == []
    (said,) = objections(Words(), _with(*_matrices(5)))
    assert said.startswith("Teams: page 1 is too large for one card.")


def test_the_example_of_every_kind_fits() -> None:
    assert objections(Words(), platform_survey()) == []
