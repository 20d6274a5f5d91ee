"""Figures of the whole district while a survey is open: at a hundred answers and at each doubling.

Nothing is shown in between, and each look has its own noise, so comparing two looks does not reveal
who answered between them. The number of people asked fixes how many looks there are, and how the
budget is divided among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import randbelow

from surveys.disclosure import tables
from surveys.disclosure.budget import BESIDE
from surveys.disclosure.measures import measures
from surveys.disclosure.noise import Below, Noisy
from surveys.disclosure.tables import Counted, counted
from surveys.ports import OpenResponse
from surveys.questions import Date, FreeText
from surveys.survey import Survey

FIRST = 100
"""Answers at the first look."""


def looks(asked: int) -> list[int]:
    """At how many answers there is a look, of so many people who are asked. None where they are as
    few as a school's: their figures need a margin (``tables``)."""
    found: list[int] = []
    if asked < tables.MORE_THAN_A_SCHOOL:
        return found
    at = FIRST
    while at <= asked:
        found.append(at)
        at *= 2
    return found


def seen(
    survey: Survey,
    asked: int,
    answered: Sequence[OpenResponse],
    below: Below = randbelow,
) -> Mapping[str, Counted]:
    """The look at the ``answered`` responses, as many as one of ``looks`` says; of ``asked``
    people. Days, and what a page asks only of some, are not told live.

    Raises ValueError for any other number of responses.
    """
    planned = looks(asked)
    if len(answered) not in planned:
        raise ValueError(f"there is no look at {len(answered)} answers")
    part = BESIDE / len(planned)
    return {
        question.key: counted(
            measures(question, whole=True, skipped=True),
            [r.answers[question.key] for r in answered if question.key in r.answers],
            part,
            Noisy(len(answered), 0.0),
            below,
        )
        for question in survey.counted
        if not isinstance(question, FreeText | Date) and not survey.depends(question)
    }
