"""Which pages of a survey somebody is shown, as their answers stand."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.asking.counted import asked_key
from surveys.questions import Answer
from surveys.survey import Condition, Survey


def shown_pages(survey: Survey, answers: Mapping[str, Answer]) -> tuple[int, ...]:
    """The places of the pages that are shown, in order. An answer on a page that is not shown
    counts as none: what depended on it goes, too. A survey's first page is always shown."""
    known: dict[str, Answer] = {}
    shown: list[int] = []
    for place, page in enumerate(survey.pages):
        if place and page.show_if is not None and not is_met(page.show_if, known):
            continue
        shown.append(place)
        known |= {q.key: answers[q.key] for q in page.counted if q.key in answers}
    return tuple(shown)


def is_met(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether all that a condition asks for holds; nothing holds of what was not answered."""
    answer = answers.get(condition.question)
    if answer is None:
        return False
    chosen = {str(one) for one in (answer if isinstance(answer, tuple) else (answer,))}
    if condition.any_of and chosen.isdisjoint(condition.any_of):
        return False
    if not chosen.isdisjoint(condition.none_of):
        return False
    if condition.at_least is None and condition.at_most is None:
        return True
    if not isinstance(answer, int | float):
        return False
    return (condition.at_least is None or answer >= condition.at_least) and (
        condition.at_most is None or answer <= condition.at_most
    )


def of_shown_pages(survey: Survey, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers without those on pages that are not shown (any more): they are not kept. What is
    kept beside an answer, under its key and a dot, stays with it."""
    keys = {q.key for place in shown_pages(survey, answers) for q in survey.pages[place].counted}
    return {key: answer for key, answer in answers.items() if key in keys or asked_key(key) in keys}
