"""What somebody answered, in words that every platform shows alike: each question with their
answer, or that there is none; and what they can do with it now."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from core.text import Text
from core.words import Words
from governance.waves.question_wording import ordinal
from surveys.asking.counted import counted, offered, other_key
from surveys.asking.dates import day_name, parsed
from surveys.asking.pairing import in_place, pairs_shown
from surveys.messages import Answered, AnswersDeleted, StillKnown, WhatYouSaid
from surveys.questions import (
    OTHER,
    Answer,
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Participation

_CLOSED = re.compile(r"[.?!:…](<[^<>]*>)?$")
"""The end of a sentence, also before a mark that a platform sets behind it."""

Written = Callable[[Text], str]
"""Draws what an author wrote: a platform may mark its language."""


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """One answer. ``label`` is what it answers within its question, "" where that is all of it."""

    said: str
    label: str = ""
    answered: bool = True

    @property
    def colon(self) -> str:
        """Between the label and the answer; a label that is a sentence has its own end."""
        return "" if _CLOSED.search(self.label) else ":"


@dataclass(frozen=True, kw_only=True)
class SaidQuestion:
    """A question with its answers, in the order in which they were shown."""

    prompt: str
    lines: tuple[SaidLine, ...]


@dataclass(frozen=True, kw_only=True)
class _Pen:
    words: Words
    text: Written
    say: Callable[..., str]
    answers: Mapping[str, Answer]

    def keys(self, key: str) -> tuple[str, ...]:
        """The keys that were chosen; of one alone, that one."""
        answer = self.answers.get(key)
        if answer is None:
            return ()
        return answer if isinstance(answer, tuple) else (str(answer),)

    @property
    def nothing(self) -> SaidLine:
        return SaidLine(said=self.say("You did not answer this."), answered=False)


def title(words: Words, message: WhatYouSaid | AnswersDeleted, text: Written | None = None) -> str:
    return words.say("What you said: {title}", title=(text or words.text)(message.title))


def said(
    words: Words,
    message: WhatYouSaid,
    text: Written | None = None,
    say: Callable[..., str] | None = None,
) -> tuple[SaidQuestion, ...]:
    """Every question with what was answered; nothing where nobody is known to have answered."""
    if not message.answers and message.became is not Participation.ANSWERED:
        return ()
    written = text or words.text
    pen = _Pen(words=words, text=written, say=say or words.say, answers=message.answers)
    return tuple(
        SaidQuestion(prompt=written(question.prompt), lines=tuple(_lines(question, pen)))
        for question in message.questions
    )


def state(words: Words, message: WhatYouSaid) -> str:
    """What they did, and until when they can change it."""
    say, when = words.say, words.when(message.closes_at)
    match message.known, message.became:
        case StillKnown.OPEN, Participation.ANSWERED:
            return say("You answered. You can change your answers until {when}.", when=when)
        case StillKnown.OPEN, Participation.PARTIAL:
            return say(
                "You started but have not sent everything. You can continue until {when}.",
                when=when,
            )
        case StillKnown.OPEN, Participation.DECLINED:
            return say("You said no. You can still answer until {when}.", when=when)
        case StillKnown.OPEN, Participation.ASKED:
            return say("You have not answered yet. It is open until {when}.", when=when)
        case StillKnown.CLOSING, _:
            return say(
                "It closed on {when}. Its answers are deleted once the results are ready.",
                when=when,
            )
        case StillKnown.HELD, _:
            return say(
                "It closed on {when}. A records hold keeps the answers, so the records still know "
                "which of them are yours. Nobody can change them.",
                when=when,
            )
        case _:
            raise AssertionError(message.known, message.became)


def only_you(words: Words, message: WhatYouSaid) -> str:
    """Who sees it, and for how long."""
    match message.known:
        case StillKnown.OPEN:
            return words.say(
                "Only you are shown this. Once the survey has closed, all answers are deleted, and "
                "nobody can be shown them."
            )
        case StillKnown.CLOSING:
            return words.say("Only you are shown this, and only until the answers are deleted.")
        case StillKnown.HELD:
            return words.say("Only you are shown this, and only until the hold is lifted.")
        case _:
            assert_never(message.known)


def thanks(words: Words, message: Answered) -> str:
    if message.changed:
        return words.say("Thank you. Your change is saved.")
    return words.say("Thank you. Your answers are saved.")


def deleted(words: Words, message: AnswersDeleted) -> str:
    return words.say(
        "This survey closed on {when}. The records no longer know what you answered, so nobody can "
        "show it to you.",
        when=words.when(message.closed_at),
    )


def press(words: Words, message: WhatYouSaid) -> str:
    """The button to the form, "" where it cannot be answered any more."""
    if message.known is not StillKnown.OPEN:
        return ""
    match message.became:
        case Participation.ANSWERED:
            return words.say("Change my answers")
        case Participation.PARTIAL:
            return words.say("Continue answering")
        case Participation.ASKED:
            return words.say("Answer")
        case Participation.DECLINED:
            return words.say("Answer anyway")
        case _:
            assert_never(message.became)


def may_decline(message: WhatYouSaid) -> bool:
    """Whether saying no is still something to do: who has answered is kept, who said no has."""
    undecided = message.became in (Participation.ASKED, Participation.PARTIAL)
    return message.known is StillKnown.OPEN and undecided


# -- each kind of question ------------------------------------------------------------------------


def _lines(question: Question, pen: _Pen) -> Sequence[SaidLine]:
    key = question.key
    if not isinstance(question, Matrix | Pairwise) and key not in pen.answers:
        return _with_words(question, [], pen) or [pen.nothing]
    match question:
        case SingleChoice() | SeveralChoice():
            return _with_words(question, _chosen(question, pen), pen)
        case Scale():
            return [SaidLine(said=_point(question, pen.answers[key], pen))]
        case Matrix():
            return [_statement(one, pen) for one in counted(question)]
        case Ranking():
            return _ranked(question, pen)
        case Pairwise():
            return _pairs(question, pen)
        case Number():
            return [SaidLine(said=_number(question, pen))]
        case Date():
            return [SaidLine(said=_day(pen.answers[key], pen))]
        case FreeText():
            return [SaidLine(said=str(pen.answers[key]))]
        case _:
            assert_never(question)


def _chosen(question: SingleChoice | SeveralChoice, pen: _Pen) -> list[SaidLine]:
    """What was chosen; "something else" stands with its words where there are any."""
    chosen = pen.keys(question.key)
    worded = question.other is not None and other_key(question) in pen.answers
    return [
        SaidLine(said=pen.text(one.label))
        for one in offered(question)
        if one.key in chosen and not (one.key == OTHER and worded)
    ]


def _with_words(question: Question, lines: list[SaidLine], pen: _Pen) -> list[SaidLine]:
    if not isinstance(question, SingleChoice | SeveralChoice) or question.other is None:
        return lines
    typed = pen.answers.get(other_key(question))
    if typed is None:
        return lines
    return [*lines, SaidLine(label=pen.text(question.other.label), said=str(typed))]


def _statement(one: Question, pen: _Pen) -> SaidLine:
    label = pen.text(one.prompt)
    if not isinstance(one, Scale) or one.key not in pen.answers:
        return SaidLine(label=label, said=pen.nothing.said, answered=False)
    return SaidLine(label=label, said=_point(one, pen.answers[one.key], pen))


def _point(question: Scale, answer: Answer, pen: _Pen) -> str:
    point = int(str(answer))
    number = pen.words.number(point)
    label = question.labels.get(point)
    if label is None:
        low, high = (pen.words.number(end) for end in (question.lowest, question.highest))
        return pen.say("{number}, of {low} to {high}", number=number, low=low, high=high)
    return pen.say("{number}: {label}", number=number, label=pen.text(label))


def _ranked(question: Ranking, pen: _Pen) -> list[SaidLine]:
    labels = {choice.key: choice.label for choice in question.choices}
    places = enumerate(pen.keys(question.key), start=1)
    return [
        SaidLine(
            label=ordinal(place, pen.words),
            said=pen.text(labels[one]),
        )
        for place, one in places
        if one in labels
    ]


def _pairs(question: Pairwise, pen: _Pen) -> list[SaidLine]:
    pairs = pairs_shown(question)
    labels = {choice.key: pen.text(choice.label) for choice in question.choices}
    lines = []
    for (one, other), entry in zip(pairs, in_place(pairs, pen.keys(question.key)), strict=True):
        label = pen.say("{one} or {other}?", one=labels[one], other=labels[other])
        if not entry:
            lines.append(SaidLine(label=label, said=pen.nothing.said, answered=False))
        elif "=" in entry:
            lines.append(SaidLine(label=label, said=pen.say("You could not decide.")))
        else:
            lines.append(SaidLine(label=label, said=labels[entry.partition(">")[0]]))
    return lines


def _number(question: Number, pen: _Pen) -> str:
    number = pen.words.number(float(str(pen.answers[question.key])))
    if question.unit is None:
        return number
    return pen.say("{number} {unit}", number=number, unit=pen.text(question.unit))


def _day(answer: Answer, pen: _Pen) -> str:
    day = parsed(str(answer))
    return pen.words.text(day_name(day)) if day else str(answer)
