"""When a page is shown: on which answer to an earlier question it depends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.files.fields import DECIMAL
from bot.files.question_yaml import read_question
from bot.files.yaml_source import Source
from bot.web.authoring.body import entry_of
from bot.web.authoring.inputs import Data
from bot.web.forms import Form
from core.words import Words
from surveys.asking.counted import counted
from surveys.questions import (
    CountedQuestion,
    Number,
    Question,
    Scale,
    SeveralChoice,
    SingleChoice,
    Unfit,
)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A question that a page can depend on. ``answers`` are (value, label); None: a number.
    ``numbers``: whether its answers can be held against a lowest and a highest one."""

    key: str
    prompt: str
    answers: tuple[tuple[str, str], ...] | None
    numbers: bool = False


def earlier_questions(asked: Sequence[Data], words: Words, locale: str) -> list[Earlier]:
    """Of the questions of the pages before, those that a page can depend on."""
    found = []
    for data in asked:
        question = question_of(data, locale)
        for one in counted(question) if question is not None else ():
            if isinstance(one, SingleChoice | SeveralChoice | Scale | Number):
                answers = _answers(one, words)
                numbers = isinstance(one, Scale | Number)
                prompt = prompt_of(one, words)
                found.append(Earlier(key=one.key, prompt=prompt, answers=answers, numbers=numbers))
    return found


def prompt_of(question: CountedQuestion, words: Words) -> str:
    """A statement of a matrix stands behind the question that asks it."""
    prompt = words.text(question.prompt)
    if isinstance(question, Scale) and question.asked_in is not None:
        return f"{words.text(question.asked_in)} {prompt}"
    return prompt


def question_of(data: Data, locale: str) -> Question | None:
    """A question as far as it is written; None where even its kind is not known."""
    filled = {name: part for name, part in data.items() if part not in (None, "", {}, [])}
    source = Source(file="", locale=locale)
    return read_question(entry_of(filled, source, "the question"))


def _answers(question: CountedQuestion, words: Words) -> tuple[tuple[str, str], ...] | None:
    match question:
        case SingleChoice() | SeveralChoice():
            return tuple((choice.key, words.text(choice.label)) for choice in question.choices)
        case Scale():
            return tuple(
                (str(point), _point(question, point, words)) for point in question.every_point
            )
        case _:
            return None


def _point(scale: Scale, point: int, words: Words) -> str:
    label = scale.labels.get(point)
    number = words.number(point)
    if label is None:
        return number
    return words.say("{number}: {label}", number=number, label=words.text(label))


def read_condition(
    form: Form, before: Mapping[str, Any] | None, choices: Sequence[Earlier]
) -> Data | None:
    """What a page's form says; None: everybody is shown it. What a form does not ask for of the
    same question stays."""
    key = form.one("depends")
    chosen = next((one for one in choices if one.key == key), None)
    if chosen is None:
        return None
    kept = dict(before) if before and before.get("question") == key else {}
    condition: Data = {"question": key}
    if chosen.answers is not None:
        known = {value for value, _ in chosen.answers}
        condition["any_of"] = [value for value in form.all("any_of") if value in known]
        none_of = [value for value in form.all("none_of") if value in known]
        if none_of:
            condition["none_of"] = none_of
    for bound in ("at_least", "at_most") if chosen.numbers else ():
        if not form.all(bound):
            condition |= {bound: kept[bound]} if bound in kept else {}
        elif typed := form.one(bound).strip():
            condition[bound] = float(typed) if DECIMAL.fullmatch(typed) else typed
    return condition


def unfit_condition(
    condition: Mapping[str, Any] | None, choices: Sequence[Earlier]
) -> dict[str, Unfit]:
    """What does not fit, by the id of its input."""
    if not condition:
        return {}
    chosen = next((one for one in choices if one.key == condition.get("question")), None)
    if chosen is None:
        return {"f-depends": Unfit(why="The question that it depends on is not before this page.")}
    tests = ("any_of", "none_of", "at_least", "at_most")
    wrong = {
        f"f-{bound}": Unfit(why="This is not a number. Write it like 5 or 2.5.")
        for bound in ("at_least", "at_most")
        if isinstance(condition.get(bound), str)
    }
    if not any(condition.get(test) not in (None, [], "") for test in tests):
        if chosen.answers is None:
            wrong["f-at_least"] = Unfit(why="Enter a lowest number, a highest number, or both.")
        else:
            wrong["f-any_of"] = Unfit(why="Choose the answers that lead to this page.")
    return wrong


def told(condition: Mapping[str, Any] | None, choices: Sequence[Earlier], words: Words) -> str:
    """When a page is shown, in a sentence; "" where everybody is shown it."""
    if not condition:
        return ""
    chosen = next((one for one in choices if one.key == condition.get("question")), None)
    if chosen is None:
        return words.say("Depends on a question that is not before this page.")
    labels = dict(chosen.answers or ())
    parts = []
    if any_of := condition.get("any_of"):
        named = [f"“{labels.get(str(value), str(value))}”" for value in any_of]
        parts.append(words.any_of(named))
    if none_of := condition.get("none_of"):
        named = [f"“{labels.get(str(value), str(value))}”" for value in none_of]
        parts.append(words.say("not {answers}", answers=words.any_of(named)))
    if (least := condition.get("at_least")) is not None:
        parts.append(words.say("at least {n}", n=_number(least, words)))
    if (most := condition.get("at_most")) is not None:
        parts.append(words.say("at most {n}", n=_number(most, words)))
    return words.say(
        "Shown only to those who answered “{question}” with {answers}.",
        question=chosen.prompt,
        answers=", ".join(parts) or "…",
    )


def _number(value: Any, words: Words) -> str:
    return words.number(value) if isinstance(value, int | float) else str(value)
