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
    date_input,
    line,
    misfit,
    number_input,
    text_input,
)
from bot.teams.pairs import pair_inputs
from core.words import Words
from governance import wording
from governance.waves.question_wording import (
    days_that_fit,
    how_many,
    in_unit,
    ordinal,
    too_long,
    what_else,
)
from surveys.asking.counted import all_counted, counted, offered, other_key
from surveys.asking.dates import parsed
from surveys.asking.fitting import missing, no_number
from surveys.questions import (
    Answer,
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
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
    words: Words,
    question: Question,
    given: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Element]:
    """The inputs of one question; ``given`` is what to show as chosen or typed, by the keys that
    are counted, and ``unfit`` why something does not fit, by the same."""
    said = given.get(question.key, "")
    match question:
        case Matrix():
            return _matrix(words, question, given, unfit)
        case SingleChoice():
            made = [_single(words, question, _first(said))]
            return [
                *_why(words, question.key, unfit),
                *made,
                *_other(words, question, given, unfit),
            ]
        case SeveralChoice():
            made = [_several(words, question, said)]
            return [
                *_why(words, question.key, unfit),
                *made,
                *_other(words, question, given, unfit),
            ]
        case _:
            return [*_why(words, question.key, unfit), *_inputs(words, question, said)]


def _why(words: Words, key: str, unfit: Mapping[str, Unfit]) -> list[Element]:
    return [misfit(wording.unfit(words, unfit[key]))] if key in unfit else []


def as_raw(answer: Answer | None) -> RawAnswer:
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
    """What to show in each input: what was just handed in wins over what is kept."""
    keys = [question.key for question in all_counted(questions)]
    return {key: raw[key] if key in raw else as_raw(given.get(key)) for key in keys}


def _inputs(
    words: Words,
    question: Scale | Ranking | Pairwise | Number | Date | FreeText,
    given: RawAnswer,
) -> list[Element]:
    match question:
        case Scale():
            return [_scale(words, question, _first(given))]
        case Ranking():
            return _ranking(words, question, given)
        case Pairwise():
            chosen = (given,) if isinstance(given, str) else given
            heading = line(_prompt(words, question), strong=True)
            return [heading, *pair_inputs(words, question, [one for one in chosen if one])]
        case Number():
            return [_number(words, question, _first(given))]
        case Date():
            return [_date(words, question, _first(given))]
        case FreeText():
            return [_free_text(words, question, _first(given))]
    assert_never(question)


def _first(given: RawAnswer) -> str:
    if isinstance(given, str):
        return given
    return given[0] if given else ""


def _titles(words: Words, choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(choice.key, words.text(choice.label)) for choice in choices]


def _prompt(words: Words, question: Question) -> str:
    """The label, hint included: only a label is read out together with its input."""
    prompt = words.text(question.prompt)
    if not question.required:
        prompt = words.say("{label} (optional)", label=prompt)
    return f"{prompt} {words.text(question.hint)}" if question.hint else prompt


def _single(words: Words, question: SingleChoice, given: str) -> Element:
    return choice_set(
        FIELD + question.key,
        _prompt(words, question),
        _titles(words, offered(question)),
        value=given,
        required=_held_back(question),
        expanded=len(offered(question)) <= MOST_EXPANDED,
        error=wording.unfit(words, missing(question)),
        placeholder=words.say("Choose one"),
    )


def _several(words: Words, question: SeveralChoice, given: RawAnswer) -> Element:
    label, rule = _prompt(words, question), how_many(words, question)
    return choice_set(
        MANY + question.key,
        f"{label} {rule}" if rule else label,
        _titles(words, offered(question)),
        value=given if isinstance(given, str) else ",".join(part for part in given if part),
        required=_held_back(question),
        several=True,
        error=wording.unfit(words, missing(question)),
    )


def _held_back(question: SingleChoice | SeveralChoice) -> bool:
    """Whether Teams holds an empty one back: not where words to "something else" may answer it."""
    return question.required and question.other is None


def _other(
    words: Words,
    question: SingleChoice | SeveralChoice,
    given: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Element]:
    """Room for what "something else" is: a card cannot show an input only when it is chosen."""
    if question.other is None:
        return []
    key = other_key(question)
    label = words.say("{label} (optional)", label=what_else(words, question.other.label))
    typed = text_input(
        FIELD + key,
        label,
        value=_first(given.get(key, "")),
        longest=question.other.longest,
        multiline=False,
        error=too_long(words, question.other.longest),
    )
    return [*_why(words, key, unfit), typed]


def _scale(words: Words, question: Scale, given: str, *, expanded: bool = True) -> Element:
    return choice_set(
        FIELD + question.key,
        _prompt(words, question),
        [(str(point), _point(words, question, point)) for point in question.every_point],
        value=given,
        required=question.required,
        expanded=expanded and question.points <= MOST_EXPANDED,
        error=wording.unfit(words, missing(question)),
        placeholder=words.say("Choose one"),
    )


def _matrix(
    words: Words,
    question: Matrix,
    given: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Element]:
    """The question, and a list to open for each statement: a card has no table to fill in."""
    made = [line(words.text(question.prompt), strong=True, gap="Large")]
    made += [line(words.text(question.hint), quiet=True)] if question.hint else []
    for statement in counted(question):
        if isinstance(statement, Scale):
            said = _first(given.get(statement.key, ""))
            made += _why(words, statement.key, unfit)
            made.append(_scale(words, statement, said, expanded=False))
    return made


def _point(words: Words, question: Scale, point: int) -> str:
    label = question.labels.get(point)
    number = words.number(point)
    if label is None:
        return number
    return words.say("{number}: {label}", number=number, label=words.text(label))


def _ranking(words: Words, question: Ranking, given: RawAnswer) -> list[Element]:
    places = min(question.top, len(question.choices))
    chosen = (given,) if isinstance(given, str) else given
    titles = _titles(words, question.choices)
    made = [line(_prompt(words, question), strong=True)]
    for place in range(1, places + 1):
        value = chosen[place - 1] if place <= len(chosen) else ""
        made.append(
            choice_set(
                f"{RANK}{place}.{question.key}",
                ordinal(place, words),
                titles,
                value=value,
                required=question.required and place == 1,  # as in ``surveys.asking.fitting``
                expanded=False,
                error=wording.unfit(words, missing(question)),
                placeholder=words.say("Choose one"),
            )
        )
    return made


def _number(words: Words, question: Number, given: str) -> Element:
    return number_input(
        FIELD + question.key,
        f"{_prompt(words, question)} {in_unit(words, question)}".strip(),
        value=_typed_number(given),
        required=question.required,
        error=wording.unfit(words, no_number(question)),
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


def _date(words: Words, question: Date, given: str) -> Element:
    day = parsed(given)
    label = f"{_prompt(words, question)} {days_that_fit(words, question)}"
    return date_input(
        FIELD + question.key,
        label,
        value=day.isoformat() if day else "",
        required=question.required,
        error=wording.unfit(words, missing(question)),
    )


def _free_text(words: Words, question: FreeText, given: str) -> Element:
    return text_input(
        FIELD + question.key,
        _prompt(words, question),
        value=given,
        required=question.required,
        longest=question.longest,
        error=wording.unfit(words, missing(question)),
    )
