"""What does not fit in a launch of a survey to which staff may add ideas."""

from __future__ import annotations

from datetime import datetime, timedelta

from surveys.ports import SurveyStore
from surveys.priorities.asked_pairs import pairs_of
from surveys.questions import Pairwise, Unfit
from surveys.survey import INLINE_QUESTIONS, Survey

_A_DAY = timedelta(hours=23)
"""A launch takes its time between reading the clock and opening."""


def of_ideas(
    store: SurveyStore, survey: Survey, opens_at: datetime, closes_at: datetime
) -> dict[str, Unfit]:
    """By the field's name: the first thing that is wrong."""
    alone = [pairs_of(survey, place) for place in range(len(survey.pages))]
    for question in survey.questions:
        if not isinstance(question, Pairwise) or question.ideas is None:
            continue
        ideas, name = question.ideas, question.prompt.default
        if not store.works_here(ideas.moderator):
            why = "“{question}” takes ideas, but {moderator} is not on the roster."
            return {"survey": _unfit(why, question=name, moderator=ideas.moderator)}
        if question not in alone:
            why = (
                "“{question}” takes ideas, so it needs a page of its own and more than {most} "
                "pairs for each person."
            )
            return {"survey": _unfit(why, question=name, most=INLINE_QUESTIONS)}
        if opens_at < closes_at < opens_at + timedelta(days=ideas.days) + _A_DAY:
            why = (
                "“{question}” takes ideas for {days} days. Close the survey at least a day after "
                "that, so that the last ideas are compared, too."
            )
            return {"closes_at": _unfit(why, question=name, days=ideas.days)}
    return {}


def _unfit(why: str, **values: str | int) -> Unfit:
    return Unfit(why=why, values=values)
