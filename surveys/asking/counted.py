"""What is counted of what is asked: a flat row of simple questions.

Somebody is asked a matrix as one question; it is counted as one scale a statement. A choice with
"something else" is counted with that as a choice of its own, and its words as a free text. All
else is counted as it is asked. Answers are kept under the counted keys, so whatever releases or
exports knows simple questions only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from surveys.questions import (
    OTHER,
    Choice,
    CountedQuestion,
    Date,
    FreeText,
    Matrix,
    Number,
    Other,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)


def counted(question: Question) -> tuple[CountedQuestion, ...]:
    """The simple questions that a question is counted as. Their keys are its own, with a dot and
    more behind it where there are several: no question's own key has a dot."""
    match question:
        case Matrix():
            return tuple(_scale(question, statement) for statement in question.statements)
        case SingleChoice(other=Other() as other) | SeveralChoice(other=Other() as other):
            return _with_other(question, other)
        case (
            SingleChoice()
            | SeveralChoice()
            | Scale()
            | Ranking()
            | Pairwise()
            | Number()
            | Date()
            | FreeText()
        ):
            return (question,)
        case _:
            assert_never(question)


def all_counted(questions: Iterable[Question]) -> tuple[CountedQuestion, ...]:
    return tuple(one for question in questions for one in counted(question))


def asked_key(key: str) -> str:
    """The key of the question that a counted key belongs to."""
    return key.partition(".")[0]


def other_key(question: SingleChoice | SeveralChoice) -> str:
    """The counted key of the words behind "something else"."""
    return f"{question.key}.{OTHER}"


def offered(question: SingleChoice | SeveralChoice) -> tuple[Choice, ...]:
    """Everything there is to choose, "something else" last."""
    if question.other is None:
        return question.choices
    return (*question.choices, Choice(key=OTHER, label=question.other.label))


def _scale(matrix: Matrix, statement: Statement) -> Scale:
    return Scale(
        key=f"{matrix.key}.{statement.key}",
        prompt=statement.label,
        points=matrix.points,
        labels=matrix.labels,
        required=matrix.required,
        lowest=matrix.lowest,
        asked_in=matrix.prompt,
    )


def _with_other(
    question: SingleChoice | SeveralChoice, other: Other
) -> tuple[CountedQuestion, CountedQuestion]:
    words = FreeText(
        key=other_key(question),
        prompt=other.label,
        longest=other.longest,
        asked_in=question.prompt,
    )
    return replace(question, choices=offered(question), other=None), words
