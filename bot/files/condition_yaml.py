"""When a page of a survey's file is shown: ``show_if``, held against the pages before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.files.fields import Entry
from bot.files.problems import one_of
from surveys.asking.counted import all_counted
from surveys.questions import (
    CountedQuestion,
    Date,
    FreeText,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
)
from surveys.survey import Condition

TESTS = ("any_of", "none_of", "at_least", "at_most")


def read_condition(entry: Entry, before: Sequence[Question]) -> Condition | None:
    """The condition of a page, or None where it has none, or (with a problem) a wrong one.
    ``before``: the questions of the pages before it; of a matrix, one statement is named."""
    found = entry.entry("show_if")
    if found is None:
        return None
    found.only("question", *TESTS)
    key = found.scalar("question")
    counted = all_counted(before)
    asked = next((question for question in counted if question.key == key), None)
    if key and asked is None:
        keys = [q.key for q in counted if not isinstance(q, FreeText | Ranking | Pairwise | Date)]
        fix = one_of(key, keys) if keys else "Put the question on a page before this one."
        found.wrong("question", f'No page before this one asks "{key}".', fix)
    if asked is None:
        return None
    if isinstance(asked, FreeText | Ranking | Pairwise | Date):
        fix = "Name a question with choices, a scale or a number."
        found.wrong("question", f'No page can depend on "{key}".', fix)
        return None
    before_it = len(found.source.problems)
    if not any(test in found.fields for test in TESTS):
        message = '"show_if" says of which question, and not of which answers.'
        found.source.problem(found.node, message, 'Add "any_of:" with the answers.')
    numbers = isinstance(asked, Scale | Number)
    for test in ("at_least", "at_most"):
        if test in found.fields and not numbers:
            fix = 'Use "any_of:" with its choices.'
            found.wrong(test, f'"{asked.key}" has no numbers to compare.', fix)
    condition = Condition(
        question=asked.key,
        any_of=_answers(found, "any_of", asked),
        none_of=_answers(found, "none_of", asked),
        at_least=found.decimal("at_least"),
        at_most=found.decimal("at_most"),
    )
    if len(found.source.problems) == before_it and not _can_hold(condition, asked):
        message = "This page would never be shown: no answer fits its condition."
        found.source.problem(found.node, message, "Widen the condition, or remove the page.")
    return condition


def _answers(found: Entry, test: str, asked: CountedQuestion) -> tuple[str, ...]:
    known = _possible(asked)
    if test in found.fields and known is None:
        fix = 'Use "at_least:" or "at_most:".'
        found.wrong(test, f'"{asked.key}" has no answers to choose from.', fix)
        return ()
    values = found.words(test)
    for node, value in values:
        if value not in (known or ()):
            message = f'"{value}" is not an answer of "{asked.key}".'
            found.source.problem(node, message, one_of(value, known or ()))
    return tuple(value for _, value in values)


def _possible(asked: CountedQuestion) -> list[str] | None:
    """What can be answered, as it is compared; None for a number."""
    if isinstance(asked, Scale):
        return [str(point) for point in asked.every_point]
    if isinstance(asked, Number | Date | FreeText):
        return None
    return [choice.key for choice in asked.choices]


def _can_hold(condition: Condition, asked: CountedQuestion) -> bool:
    low, high = condition.at_least, condition.at_most
    if low is not None and high is not None and low > high:
        return False
    if not isinstance(asked, Scale):
        return not condition.any_of or not set(condition.any_of) <= set(condition.none_of)
    points = [n for n in asked.every_point if str(n) not in condition.none_of]
    wanted = set(condition.any_of)
    return any(
        (not wanted or str(n) in wanted)
        and (low is None or n >= low)
        and (high is None or n <= high)
        for n in points
    )


def condition_data(condition: Condition) -> Mapping[str, Any]:
    """As it is written in a file."""
    data: dict[str, Any] = {"question": condition.question}
    data |= {"any_of": list(condition.any_of)} if condition.any_of else {}
    data |= {"none_of": list(condition.none_of)} if condition.none_of else {}
    bounds = {"at_least": condition.at_least, "at_most": condition.at_most}
    return data | {
        name: int(bound) if bound.is_integer() else bound
        for name, bound in bounds.items()
        if bound is not None
    }
