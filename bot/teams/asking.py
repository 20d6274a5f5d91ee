"""A question as inputs of a card, with what was given and why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.teams.cards import (
    FIELD,
    MANY,
    RANK,
    Element,
    choice_set,
    line,
    misfit,
    number_input,
    text_input,
)
from bot.words import Words
from surveys.questions import (
    Answer,
    FreeText,
    Number,
    Question,
    Ranking,
    RawAnswer,
    Scale,
    SeveralChoice,
    SingleChoice,
    Unfit,
)

MOST_EXPANDED = 7
"""Up to this many choices are shown at once; more go into a list to open."""


def question_inputs(
    words: Words, question: Question, given: RawAnswer, unfit: Unfit | None
) -> list[Element]:
    """The inputs of one question; ``given`` is what to show as chosen or typed."""
    why = [misfit(words.unfit(unfit))] if unfit else []
    return why + _inputs(words, question, given)


def as_raw(question: Question, answer: Answer | None) -> RawAnswer:
    """A kept answer as somebody would have handed it in."""
    if answer is None:
        return ""
    if isinstance(answer, tuple):
        return answer
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return str(answer)


def shown(
    questions: Sequence[Question], given: Mapping[str, Answer], raw: Mapping[str, RawAnswer]
) -> Mapping[str, RawAnswer]:
    """What to show in each question: what was just handed in wins over what is kept."""
    return {q.key: raw[q.key] if q.key in raw else as_raw(q, given.get(q.key)) for q in questions}


def _inputs(words: Words, question: Question, given: RawAnswer) -> list[Element]:
    match question:
        case SingleChoice():
            return [_single(words, question, _first(given))]
        case SeveralChoice():
            return [_several(words, question, given)]
        case Scale():
            return [_scale(words, question, _first(given))]
        case Ranking():
            return _ranking(words, question, given)
        case Number():
            return [_number(words, question, _first(given))]
        case FreeText():
            return [_free_text(words, question, _first(given))]
    assert_never(question)


def _first(given: RawAnswer) -> str:
    if isinstance(given, str):
        return given
    return given[0] if given else ""


def _titles(
    words: Words, question: SingleChoice | SeveralChoice | Ranking
) -> list[tuple[str, str]]:
    return [(choice.key, words.text(choice.label)) for choice in question.choices]


def _prompt(words: Words, question: Question) -> str:
    """The label, hint included: only a label is read out together with its input."""
    prompt = words.text(question.prompt)
    if isinstance(question, Number) and question.unit:
        prompt = words.say("{prompt} ({unit})", prompt=prompt, unit=words.text(question.unit))
    if not question.required:
        prompt = words.say("{prompt} (optional)", prompt=prompt)
    return f"{prompt} {words.text(question.hint)}" if question.hint else prompt


def _choose_one(words: Words) -> str:
    return words.say("Please choose one.")


def _single(words: Words, question: SingleChoice, given: str) -> Element:
    return choice_set(
        FIELD + question.key,
        _prompt(words, question),
        _titles(words, question),
        value=given,
        required=question.required,
        expanded=len(question.choices) <= MOST_EXPANDED,
        error=_choose_one(words),
        placeholder=words.say("Choose one"),
    )


def _several(words: Words, question: SeveralChoice, given: RawAnswer) -> Element:
    label = _prompt(words, question)
    if question.at_most:
        rule = words.count("Choose at most {n}.", "Choose at most {n}.", question.at_most)
        label = f"{label} {rule}"
    return choice_set(
        MANY + question.key,
        label,
        _titles(words, question),
        value=given if isinstance(given, str) else ",".join(part for part in given if part),
        required=question.required,
        several=True,
        error=words.say("Please choose at least one."),
    )


def _scale(words: Words, question: Scale, given: str) -> Element:
    titles = [(str(point), _point(words, question, point)) for point in _points(question)]
    return choice_set(
        FIELD + question.key,
        _prompt(words, question),
        titles,
        value=given,
        required=question.required,
        expanded=question.points <= MOST_EXPANDED,
        error=_choose_one(words),
        placeholder=words.say("Choose one"),
    )


def _points(question: Scale) -> range:
    return range(1, question.points + 1)


def _point(words: Words, question: Scale, point: int) -> str:
    label = question.labels.get(point)
    number = words.number(point)
    if label is None:
        return number
    return words.say("{number}: {label}", number=number, label=words.text(label))


def _ranking(words: Words, question: Ranking, given: RawAnswer) -> list[Element]:
    places = min(question.top, len(question.choices))
    chosen = (given,) if isinstance(given, str) else given
    titles = _titles(words, question)
    made = [line(_prompt(words, question), strong=True)]
    for place in range(1, places + 1):
        value = chosen[place - 1] if place <= len(chosen) else ""
        made.append(
            choice_set(
                f"{RANK}{place}.{question.key}",
                words.say("Place {place}", place=words.number(place)),
                titles,
                value=value,
                required=question.required,
                expanded=False,
                error=_choose_one(words),
                placeholder=words.say("Choose one"),
            )
        )
    return made


def _number(words: Words, question: Number, given: str) -> Element:
    return number_input(
        FIELD + question.key,
        _prompt(words, question),
        value=_typed_number(given),
        required=question.required,
        error=_number_error(words, question),
    )


def _typed_number(given: str) -> float | None:
    """A typed text that is no number cannot be put back into a number's input."""
    try:
        number = float(given)
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() else number


def _number_error(words: Words, question: Number) -> str:
    least, most = question.minimum, question.maximum
    if least is not None and most is not None:
        return words.say(
            "Please give a number from {least} to {most}.",
            least=words.number(least),
            most=words.number(most),
        )
    if least is not None:
        return words.say("Please give a number of at least {least}.", least=words.number(least))
    if most is not None:
        return words.say("Please give a number of at most {most}.", most=words.number(most))
    return words.say("Please give a number.")


def _free_text(words: Words, question: FreeText, given: str) -> Element:
    return text_input(
        FIELD + question.key,
        _prompt(words, question),
        value=given,
        required=question.required,
        longest=question.longest,
        error=words.say("Please write something."),
    )
