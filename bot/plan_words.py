"""A survey's plan in sentences, for the page that the association sees before a launch."""

from __future__ import annotations

from bot import caution_words
from bot.promise_words import group_words
from bot.words import Words
from governance.views import PlannedShowing
from surveys.cautions import Caution
from surveys.counted import asked_key
from surveys.questions import (
    Matrix,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import SCORES_FROM, Survey


def planned_line(words: Words, planned: PlannedShowing) -> str:
    """What one table will show: "Results for each building: 41 groups. 9 of them …"."""
    groups = group_words(words, planned.table.by)
    if not planned.table.by:
        return words.say("Results for {groups}.", groups=groups)
    told = words.count(
        "Results for {groups}: {n} group.",
        "Results for {groups}: {n} groups.",
        planned.groups,
        groups=groups,
    )
    if not planned.few:
        return told
    few = words.count(
        "{n} of them has fewer than {k} people: nothing will ever be shown for it.",
        "{n} of them have fewer than {k} people: nothing will ever be shown for them.",
        planned.few,
        k=SCORES_FROM,
    )
    return f"{told} {few}"


def asked_words(words: Words, survey: Survey, key: str) -> str:
    """The question that a condition names."""
    found = survey.question(asked_key(key))
    return words.text(found.prompt) if found else key


def answers_of(words: Words, question: Question) -> str:
    """What can be chosen, in one line; empty where something is typed."""
    match question:
        case SingleChoice() | SeveralChoice():
            offered = [choice.label for choice in question.choices]
            offered += [question.other.label] if question.other else []
            return " · ".join(words.text(label) for label in offered)
        case Ranking() | Pairwise():
            return " · ".join(words.text(choice.label) for choice in question.choices)
        case Matrix():
            lines = " · ".join(words.text(one.label) for one in question.statements)
            return f"{lines} ({_points(words, question)})"
        case Scale():
            return _points(words, question)
        case _:
            return ""


def caution_line(words: Words, caution: Caution, survey: Survey) -> str:
    """A warning beside the question's own words, not its key."""
    line = caution_words.caution_line(words, caution)
    if caution.question is None:
        return line
    asked = asked_words(words, survey, caution.question)
    return f"“{asked}” {line.removeprefix(f'{caution.question}: ')}"


def _points(words: Words, scale: Scale | Matrix) -> str:
    low, high = scale.labels.get(scale.lowest), scale.labels.get(scale.highest)
    return words.say(
        "{low} ({least}) to {high} ({most})",
        low=words.text(low) if low else "",
        high=words.text(high) if high else "",
        least=scale.lowest,
        most=scale.highest,
    )
