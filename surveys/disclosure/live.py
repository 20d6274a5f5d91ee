"""Figures of the whole district while a survey is open, at certain numbers of answers.

Nothing is shown in between, and each look has its own noise, so comparing two looks does not reveal
who answered between them. How many people are asked fixes the looks and how the budget is divided
among them, so neither tells anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from secrets import randbelow

from surveys.disclosure.budget import BESIDE, divided
from surveys.disclosure.measures import measures
from surveys.disclosure.noise import Below, Noisy
from surveys.disclosure.tables import Counted, counted
from surveys.ports import OpenResponse
from surveys.questions import CountedQuestion, Date, FreeText, Scale
from surveys.survey import Survey

FEWEST = 100
"""Answers at a look, at least: nothing is told live of fewer than 250 people who are asked. They
are as few as a school's, and their figures would need a margin (``tables``)."""

_LAST = Fraction(2, 5)
"""The part of those asked who have answered at the last look."""

_WORTH = 55
"""Epsilon times answers from which on a look is worth reading: noise moves the share of one choice
of several by 10 points at most, 95 times of 100."""


def looks(asked: int) -> Mapping[int, Fraction]:
    """At how many answers there is a look, and what it tells of each; of so many who are asked.

    At two answers of five people, at half as many, at half of that and so on, while the first look
    is worth reading. Each gets a part in proportion to 1/√n, so that noise shrinks from look to
    look as chance does.
    """
    found: dict[int, Fraction] = {}
    at = _tens(asked * _LAST)
    while at >= FEWEST:
        more = divided(BESIDE, {answers: [answers] for answers in (at, *found)})
        if found and at * more[at] < _WORTH:
            break
        found = more
        at = _tens(Fraction(at, 2))
    return found


def following(asked: int, answers: int) -> int | None:
    """At how many answers the next look is, after so many. None: the figures of the closing are
    next."""
    return next((at for at in sorted(looks(asked)) if at > answers), None)


def _tens(of: Fraction) -> int:
    """A number that is easy to read, not above ``of``."""
    return int(of) // 10 * 10


def told_live(survey: Survey, question: CountedQuestion) -> bool:
    """Not days, words, and what a page asks only of some."""
    return not isinstance(question, FreeText | Date) and not survey.depends(question)


def in_points(question: CountedQuestion) -> bool:
    """Whether all points of a scale are counted live. A net promoter score needs its ends only, and
    the noise of eleven counts would add up in it."""
    return not (isinstance(question, Scale) and question.enps)


def seen(
    survey: Survey,
    asked: int,
    answered: Sequence[OpenResponse],
    below: Below = randbelow,
) -> Mapping[str, Counted]:
    """The look at the ``answered`` responses, as many as one of ``looks`` says; of ``asked``
    people.

    Raises ValueError for any other number of responses.
    """
    part = looks(asked).get(len(answered))
    if part is None:
        raise ValueError(f"there is no look at {len(answered)} answers")
    return {
        question.key: counted(
            # Only complete responses are seen: what was required has been answered.
            measures(question, whole=in_points(question), skipped=not question.required),
            [r.answers[question.key] for r in answered if question.key in r.answers],
            part,
            Noisy(len(answered), 0.0),
            below,
        )
        for question in survey.counted
        if not isinstance(question, FreeText) and told_live(survey, question)
    }
