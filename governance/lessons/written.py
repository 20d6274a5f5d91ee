"""The question of an announcement as it was typed, and as it is kept."""

from __future__ import annotations

from typing import Any

from core.text import Text
from governance.lessons.commands import EXPLAIN, TWO_CHOICES, WHICH, WRITE_IT, TypedQuestion
from governance.lessons.model import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    LONGEST_EXPLANATION,
    LONGEST_QUESTION,
    Question,
)
from governance.typed import typed
from surveys.questions import Unfit


def typed_of(question: Question | None) -> dict[str, Any]:
    """A question as a form shows it."""
    if question is None:
        return {}
    return {
        "question": question.text.default,
        "right": str(question.right + 1),
        "explanation": question.explanation.default,
        **{f"choice_{n}": one.default for n, one in enumerate(question.choices, start=1)},
    }


def question_of(
    command: TypedQuestion, old: Question | None, language: str
) -> tuple[Question | None, dict[str, Unfit]]:
    """What was typed as a question, and why some of it does not fit. Translations of what stays
    the same are kept."""
    unfit: dict[str, Unfit] = {}

    def fitted(key: str, said: str, most: int) -> str:
        text, too_long = typed(said, most)
        if too_long:
            unfit[key] = too_long
        return text

    asked = fitted("question", command.question, LONGEST_QUESTION)
    choices = [
        fitted(f"choice_{n}", said, LONGEST_CHOICE)
        for n, said in enumerate(command.choices, start=1)
    ]
    why = fitted("explanation", command.explanation, LONGEST_EXPLANATION)
    if not asked and not any(choices):
        return None, unfit
    if not asked and "question" not in unfit:
        unfit["question"] = Unfit(why=WRITE_IT)
    given = [one for one in choices if one]
    if len(given) < FEWEST_CHOICES:
        unfit.setdefault("choice_2", Unfit(why=TWO_CHOICES))
    if len(set(given)) < len(given):
        unfit.setdefault("choice_1", Unfit(why="Two choices are the same."))
    at = int(command.right) - 1 if command.right in ("1", "2", "3", "4", "5") else -1
    if at < 0 or not choices[at]:
        unfit["right"] = Unfit(why=WHICH)
    if not why and "explanation" not in unfit:
        unfit["explanation"] = Unfit(why=EXPLAIN)
    if unfit:
        return None, unfit
    before = [old.text, *old.choices, old.explanation] if old else []
    known = {one.default: one for one in before}
    texts = [known.get(said) or Text(default=said, language=language) for said in given]
    return (
        Question(
            text=known.get(asked) or Text(default=asked, language=language),
            choices=tuple(texts),
            right=given.index(choices[at]),
            explanation=known.get(why) or Text(default=why, language=language),
        ),
        {},
    )
