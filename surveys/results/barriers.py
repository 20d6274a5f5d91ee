"""ADKAR: what holds each person back from a change, counted like an answer.

A person's barrier is the first element that they rate 3 or less. It is counted person by person:
the barrier of the averages would be nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.text import text
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, CountedQuestion, SingleChoice
from surveys.survey import Survey

BARRIER: Final = "adkar.barrier"
"""The counted key; no question's own key has a dot."""

NOT_YET: Final = 3
"""Of 5. Whoever rates an element so, or lower, is held back there."""

NONE: Final = "none"

ELEMENTS: Final = (
    Choice(key="awareness", label=text("Awareness: why it changes", es="Saber por qué cambia")),
    Choice(key="desire", label=text("Desire: wanting it", es="Querer el cambio")),
    Choice(key="knowledge", label=text("Knowledge: knowing how", es="Saber cómo hacerlo")),
    Choice(key="ability", label=text("Ability: being able to", es="Poder hacerlo")),
    Choice(key="reinforcement", label=text("Reinforcement: making it last", es="Lograr que dure")),
)

_QUESTION = SingleChoice(
    key=BARRIER,
    prompt=text("What holds people back first", es="Qué detiene primero a la gente"),
    choices=(*ELEMENTS, Choice(key=NONE, label=text("Nothing of these", es="Nada de esto"))),
)


def told_of(survey: Survey) -> tuple[CountedQuestion, ...]:
    """Everything that a survey's results tell of: what is counted, and the barrier last, where five
    scales are marked as ADKAR's."""
    return (*survey.counted, _QUESTION) if survey.adkar else survey.counted


def rests_on(survey: Survey, question: CountedQuestion) -> tuple[CountedQuestion, ...]:
    """The questions from whose answers this one is counted: itself, or ADKAR's scales."""
    if question.key != BARRIER:
        return (question,)
    return tuple(one for one in survey.counted if one.key in survey.adkar)


def depends(survey: Survey, question: CountedQuestion) -> bool:
    """Whether a question is counted of those only whose earlier answer fits: itself, or one of
    ADKAR's scales that the barrier is counted from."""
    return any(survey.depends(one) for one in rests_on(survey, question))


def with_barriers(survey: Survey, responses: Sequence[OpenResponse]) -> Sequence[OpenResponse]:
    """The responses, with each person's barrier where it follows from what they rated."""
    if not survey.adkar:
        return responses
    return [
        response
        if (found := barrier(survey.adkar, response.answers)) is None
        else replace(response, answers={**response.answers, BARRIER: found})
        for response in responses
    ]


def barrier(scales: Sequence[str], answers: Mapping[str, Answer]) -> str | None:
    """The first of the five elements that is rated 3 or less, or ``"none"``; None where an element
    before it is not rated. ``scales`` are the elements' counted keys, in ADKAR's order.

    Source: J. M. Hiatt, ADKAR: A Model for Change in Business, Government and Our Community (2006),
    chapter 8: the first element with a score of 3 or below is the barrier point.
    """
    for element, scale in zip(ELEMENTS, scales, strict=True):
        rated = answers.get(scale)
        if not isinstance(rated, int):
            return None
        if rated <= NOT_YET:
            return element.key
    return NONE
