"""Responses that were begun and not finished: which of them count.

A partial response has answers to at least half of the questions that had to be answered on the
pages that it was shown; with less, somebody broke off. (AAPOR, Standard Definitions, 10th edition,
2023, names 50% as a usual line between break-off and partial.) Partial responses count question by
question, beside the complete ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.asking.showing import shown_pages
from surveys.questions import Answer
from surveys.survey import Survey


def is_partial(survey: Survey, answers: Mapping[str, Answer]) -> bool:
    """Whether enough of an unfinished response is there for it to count."""
    shown = [q for page in shown_pages(survey, answers) for q in survey.pages[page].counted]
    needed = [q for q in shown if q.required] or shown
    return bool(answers) and 2 * sum(q.key in answers for q in needed) >= len(needed)
