"""One question as Slack's inputs, with what was said so far and why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.slack.blocks import (
    BOXES,
    OPTION,
    OPTIONS,
    Block,
    Element,
    Pen,
    bold,
    bullets,
    field,
    note,
    option,
    paragraph,
    plain,
    typing,
)
from bot.slack.pairs import pair_blocks
from governance import wording
from governance.waves.question_wording import days_that_fit, how_many, in_unit, ordinal, what_else
from surveys.asking.counted import counted, offered, other_key
from surveys.asking.dates import parsed
from surveys.asking.fitting import missing
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
    chosen_keys,
)


def question_blocks(
    question: Question,
    pen: Pen,
    *,
    given: Mapping[str, Answer],
    raw: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Block]:
    """Why the last try did not fit, what belongs above the input, and the input."""
    key = question.key
    trouble = [_trouble(pen, unfit[key])] if key in unfit else []
    said = _so_far(key, given, raw)
    match question:
        case SingleChoice():
            chosen = _single(question, pen, said)
            return trouble + chosen + _other(question, pen, given, raw, unfit)
        case SeveralChoice():
            chosen = _several(question, pen, said)
            return trouble + chosen + _other(question, pen, given, raw, unfit)
        case Scale():
            return [*trouble, _scale(question, pen, said)]
        case Matrix():
            return _matrix(question, pen, given=given, raw=raw, unfit=unfit)
        case Ranking():
            return trouble + _ranking(question, pen, said)
        case Pairwise():
            return trouble + pair_blocks(question, pen, said)
        case Number():
            return [*trouble, _number(question, pen, said)]
        case Date():
            return [*trouble, _date(question, pen, said)]
        case FreeText():
            return [*trouble, _free_text(question, pen, said)]
        case _:
            assert_never(question)


def _so_far(key: str, given: Mapping[str, Answer], raw: Mapping[str, RawAnswer]) -> tuple[str, ...]:
    """What was just handed in wins over what is kept."""
    return tuple(chosen_keys(raw[key])) if key in raw else _said(given.get(key))


def _trouble(pen: Pen, why: Unfit) -> Block:
    return paragraph(bold(wording.unfit(pen.words, why)))


def _said(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    if isinstance(answer, tuple):
        return answer
    if isinstance(answer, float) and answer.is_integer():
        return (str(int(answer)),)
    return (str(answer),)


def _ask(question: Question, pen: Pen, element: Element, hint: str = "") -> Block:
    """The input with the question as its label; author's and our own hints join."""
    theirs = pen.text(question.hint) if question.hint else ""
    return field(
        question.key,
        pen.text(question.prompt),
        element,
        optional=not question.required,
        hint=" ".join(part for part in (theirs, hint) if part),
    )


# -- choices ----------------------------------------------------------------------------------


def _single(question: SingleChoice, pen: Pen, said: Sequence[str]) -> list[Block]:
    above, options = _options(offered(question), pen)
    return [*above, _ask(question, pen, _one_of(options, said[:1], pen))]


def _several(question: SeveralChoice, pen: Pen, said: Sequence[str]) -> list[Block]:
    above, options = _options(offered(question), pen)
    chosen = [o for o in options if o["value"] in said]
    few = len(options) <= BOXES
    element: Element = {"type": "checkboxes" if few else "multi_static_select", **listed(options)}
    if not few:
        element["placeholder"] = plain(pen.say("Choose"), 150)
        if question.at_most:
            element["max_selected_items"] = question.at_most
    if chosen:
        element["initial_options"] = chosen
    hint = how_many(pen.words, question) or pen.say("Choose all that apply.")
    return [*above, _ask(question, pen, element, hint)]


def _other(
    question: SingleChoice | SeveralChoice,
    pen: Pen,
    given: Mapping[str, Answer],
    raw: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Block]:
    """Room for what "something else" is: Slack cannot show an input only when it is chosen."""
    if question.other is None:
        return []
    key = other_key(question)
    label = what_else(pen.words, question.other.label)
    typed = typing(
        "".join(_so_far(key, given, raw)), multiline=False, longest=question.other.longest
    )
    trouble = [_trouble(pen, unfit[key])] if key in unfit else []
    return [*trouble, field(key, label, typed, optional=True)]


def _scale(question: Scale, pen: Pen, said: Sequence[str]) -> Block:
    return _ask(question, pen, _one_of(_points(question, pen), said[:1], pen))


def _points(question: Scale | Matrix, pen: Pen) -> list[Element]:
    options = []
    for point in question.every_point:
        label = question.labels.get(point)
        words = f"{point} – {pen.text(label)}" if label else str(point)
        options.append(option(str(point), words))
    return options


def _matrix(
    question: Matrix,
    pen: Pen,
    *,
    given: Mapping[str, Answer],
    raw: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> list[Block]:
    """The question, and a list to open for each statement: Slack has no table to fill in."""
    blocks: list[Block] = [paragraph(bold(pen.text(question.prompt)))]
    if question.hint:
        blocks.append(note(pen.text(question.hint)))
    options = _points(question, pen)
    for statement in counted(question):
        key = statement.key
        blocks += [_trouble(pen, unfit[key])] if key in unfit else []
        blocks.append(_ask(statement, pen, _select(options, _so_far(key, given, raw)[:1], pen)))
    return blocks


def _ranking(question: Ranking, pen: Pen, said: Sequence[str]) -> list[Block]:
    """A select for each rank: Slack has nothing to drag."""
    above, options = _options(question.choices, pen)
    top = min(question.top, len(options))
    hint = pen.text(question.hint) if question.hint else ""
    blocks: list[Block] = [paragraph(bold(pen.text(question.prompt)))]
    for rank in range(1, top + 1):
        element = _select(options, said[rank - 1 : rank], pen)
        blocks.append(
            field(
                question.key,
                ordinal(rank, pen.words),
                element,
                optional=not question.required or rank > 1,  # as in ``surveys.asking.fitting``
                hint=hint if rank == 1 else "",
                rank=rank,
            )
        )
    return above + blocks


def _options(choices: Sequence[Choice], pen: Pen) -> tuple[list[Block], list[Element]]:
    """The options; where Slack has no room for a label, the whole ones are listed above with a
    number each, so that nothing is cut in silence."""
    labels = [pen.text(choice.label) for choice in choices]
    if all(len(label) <= OPTION for label in labels):
        return [], [option(c.key, label) for c, label in zip(choices, labels, strict=True)]
    numbered = [f"{n}. {label}" for n, label in enumerate(labels, start=1)]
    options = [option(c.key, label) for c, label in zip(choices, numbered, strict=True)]
    return [bullets(numbered)], options


def _one_of(options: list[Element], said: Sequence[str], pen: Pen) -> Element:
    if len(options) > BOXES:
        return _select(options, said, pen)
    return _with_initial({"type": "radio_buttons", "options": options}, options, said)


def _select(options: list[Element], said: Sequence[str], pen: Pen) -> Element:
    element: Element = {
        "type": "static_select",
        "placeholder": plain(pen.say("Choose"), 150),
        **listed(options),
    }
    return _with_initial(element, options, said)


def listed(options: list[Element]) -> Element:
    """Up to 100 options as they are; more in groups, which a select may have."""
    if len(options) <= OPTIONS:
        return {"options": options}
    starts = range(0, len(options), OPTIONS)
    return {
        "option_groups": [
            {
                "label": plain(f"{start + 1}–{min(start + OPTIONS, len(options))}", OPTION),
                "options": options[start : start + OPTIONS],
            }
            for start in starts
        ]
    }


def _with_initial(element: Element, options: list[Element], said: Sequence[str]) -> Element:
    chosen = next((o for o in options if o["value"] in said), None)
    return {**element, "initial_option": chosen} if chosen else element


# -- numbers, days and words --------------------------------------------------------------------


def _number(question: Number, pen: Pen, said: Sequence[str]) -> Block:
    element: Element = {"type": "number_input", "is_decimal_allowed": not question.whole}
    if question.minimum is not None:
        element["min_value"] = _written(question.minimum)
    if question.maximum is not None:
        element["max_value"] = _written(question.maximum)
    if said and _numeric(said[0], question):
        element["initial_value"] = said[0]
    return _ask(question, pen, element, in_unit(pen.words, question))


def _date(question: Date, pen: Pen, said: Sequence[str]) -> Block:
    """Slack's calendar knows no limits: they are told below it."""
    element: Element = {
        "type": "datepicker",
        "placeholder": plain(wording.unfit(pen.words, missing(question)), 150),
    }
    if said and parsed(said[0]):
        element["initial_date"] = said[0].strip()
    return _ask(question, pen, element, days_that_fit(pen.words, question))


def _free_text(question: FreeText, pen: Pen, said: Sequence[str]) -> Block:
    element = typing("".join(said), longest=question.longest)
    if question.shortest:
        element["min_length"] = min(question.shortest, element["max_length"])
    return _ask(question, pen, element)


def _written(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _numeric(written: str, question: Number) -> bool:
    """Whether Slack takes it as a starting value: it refuses a whole view for one it does not."""
    try:
        value = float(written)
    except ValueError:
        return False
    low = question.minimum if question.minimum is not None else float("-inf")
    high = question.maximum if question.maximum is not None else float("inf")
    return low <= value <= high and (not question.whole or written.lstrip("-").isdigit())
