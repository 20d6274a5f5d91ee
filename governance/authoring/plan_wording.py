"""A survey's plan in sentences, for the page that the association sees before a launch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from core.people import Audience
from core.words import Words
from governance import wording
from governance.authoring import caution_wording as caution_words
from governance.views import PlannedShowing, PlanView
from governance.waves import reach_wording as reach_words
from surveys.asking.counted import asked_key
from surveys.authoring.cautions import Caution
from surveys.messages import PanelReach
from surveys.questions import (
    Matrix,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Survey


def audience_lines(words: Words, audience: Audience, names: Mapping[str, str]) -> list[str]:
    """What an audience names beside roles and levels: whom it adds, and whom it leaves out.
    ``names``: of its buildings, committees and lists, by key."""

    def listed(keys: Collection[str]) -> str:
        return ", ".join(sorted(names.get(key, key) for key in keys))

    said = []
    if audience.buildings:
        said.append(words.say("Buildings: {names}.", names=listed(audience.buildings)))
    if audience.committees:
        said.append(words.say("Members of: {names}.", names=listed(audience.committees)))
    if audience.lists:
        said.append(words.say("On the list: {names}.", names=listed(audience.lists)))
    if audience.except_buildings:
        out = listed(audience.except_buildings)
        said.append(words.say("Left out: everyone in {names}.", names=out))
    if audience.except_committees:
        out = listed(audience.except_committees)
        said.append(words.say("Left out: members of {names}.", names=out))
    if audience.except_people:
        n = len(audience.except_people)
        said.append(words.count("Left out: {n} person.", "Left out: {n} people.", n))
    return said


def planned_line(words: Words, planned: PlannedShowing) -> str:
    """What one table will show: "Results for each building: 41 groups. 9 of them …"."""
    groups = wording.groups(words, planned.table.by)
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
    if planned.part < 1:
        drawn = caution_words.few_drawn(words, planned.few, planned.groups, planned.least)
        return f"{told} {drawn}"
    few = words.count(
        "{n} of them has fewer than {k} people: nothing will ever be shown for it.",
        "{n} of them have fewer than {k} people: nothing will ever be shown for them.",
        planned.few,
        k=planned.least,
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


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan and the sentences about it, for the template."""

    plan: PlanView
    line: Callable[[Words, PlannedShowing], str] = planned_line
    asked: Callable[[Words, Survey, str], str] = asked_words
    answers: Callable[[Words, Question], str] = answers_of
    caution: Callable[[Words, Caution, Survey], str] = caution_line
    audience: Callable[[Words, Audience, Mapping[str, str]], list[str]] = audience_lines
    reach: Callable[[Words, PanelReach], list[str]] = reach_words.lines
