"""How long a survey takes to answer: an estimate by kind of question.

The seconds are rules of thumb for reading and answering on a phone. They were not measured with
this service; an author who has tried a survey may promise more minutes, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import assert_never

from surveys.questions import (
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)

_BEFORE = 10
"""Seconds to read what it is about."""


def seconds(question: Question) -> int:
    """Of one question."""
    match question:
        case SingleChoice() | Scale():
            return 8
        case SeveralChoice():
            return 12
        case Matrix():
            return 6 + 5 * len(question.statements)
        case Ranking():
            return 10 + 5 * min(question.top, len(question.choices))
        case Pairwise():
            return 6 * question.pairs
        case Number() | Date():
            return 10
        case FreeText():
            return 40 if question.required else 15  # many leave an optional one empty
        case _:
            assert_never(question)


def minutes(questions: Iterable[Question]) -> int:
    """Of all questions, in whole minutes: at least 1."""
    return max(1, ceil((_BEFORE + sum(map(seconds, questions))) / 60))
