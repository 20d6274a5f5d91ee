"""Questions as form fields: what each is, what is already in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from core.text import Text
from core.words import Words
from governance import wording
from surveys.asking.counted import counted, offered
from surveys.asking.pairing import in_place, pairs_shown, ways
from surveys.messages import Invitation, QuestionPage
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
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question as an input. ``values`` are what was typed or chosen, in order; ``id`` is the
    first input's, which the error summary links to. ``parts`` are inputs of its own kind inside
    it: a matrix's statements, or the words behind "something else"."""

    kind: str
    id: str
    question: Question
    values: tuple[str, ...]
    error: str
    parts: tuple[Field, ...] = ()

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def wrong(self) -> bool:
        """Whether it, or an input inside it, does not fit."""
        return bool(self.error) or any(part.error for part in self.parts)

    @property
    def asked(self) -> list[str]:
        """The keys of its inputs."""
        if self.kind == "pairwise":
            return []
        keys = [part.key for part in self.parts]
        return keys if self.kind == "matrix" else [self.key, *keys]

    def choices(self, words: Words) -> list[tuple[str, str]]:
        """(key, label) of what there is to choose."""
        return [(choice.key, words.text(choice.label)) for choice in _offered(self.question)]

    def marked(self, written: Callable[[Text], str]) -> list[tuple[str, str]]:
        """The same for where a label may say in which language it is."""
        return [(choice.key, written(choice.label)) for choice in _offered(self.question)]


@dataclass(frozen=True, kw_only=True)
class PairField:
    """One pair: its inputs' common name, (value, label) of what can be answered, and what was."""

    name: str
    ways: tuple[tuple[str, Text | str], ...]
    value: str


def pair_fields(field: Field, words: Words) -> list[PairField]:
    """The pairs of a question that asks for them."""
    question = field.question
    assert isinstance(question, Pairwise)  # noqa: S101 - drawn by its kind
    labels = {choice.key: choice.label for choice in question.choices}
    pairs = pairs_shown(question)
    entries = in_place(pairs, (value for value in field.values if value))
    return [
        PairField(
            name=f"{field.key}.{place}",
            ways=tuple(
                zip(
                    ways(pair),
                    (*(labels[key] for key in pair), words.say("I cannot decide")),
                    strict=True,
                )
            ),
            value=entry,
        )
        for place, (pair, entry) in enumerate(zip(pairs, entries, strict=True), start=1)
    ]


def _offered(question: Question) -> Sequence[Choice]:
    match question:
        case SingleChoice() | SeveralChoice():
            return offered(question)
        case Ranking():
            return question.choices
        case _:
            return ()


def fields(page: QuestionPage, words: Words) -> list[Field]:
    """The questions of a page with what was just handed in, else what was answered before."""
    why = {key: wording.unfit(words, unfit) for key, unfit in page.unfit.items()}
    return [
        _field(question, "q", lambda key: _values(page, key), why) for question in page.questions
    ]


def inline_fields(invitation: Invitation) -> list[Field]:
    """The questions of a short survey, empty, to answer where it is asked. Their ids hold the
    wave's: two such surveys may wait on one page."""
    start = f"w{invitation.wave_id.hex[:8]}"
    return [_field(question, start, lambda _: (), {}) for question in invitation.inline]


def _field(
    question: Question,
    start: str,
    said: Callable[[str], tuple[str, ...]],
    why: Mapping[str, str],
) -> Field:
    inside = [part for part in counted(question) if part.key != question.key]
    return Field(
        kind=kind_of(question),
        id=f"{start}-{question.key}".replace(".", "--"),
        question=question,
        values=said(question.key),
        error=why.get(question.key, ""),
        parts=tuple(_field(part, start, said, why) for part in inside),
    )


def errors(page: QuestionPage, asked: Sequence[Field], words: Words) -> list[tuple[str, str]]:
    """(id of the input, the question and why) for the summary on top, in the page's order; what
    belongs to no question comes last, with id ""."""
    inputs = [one for field in asked for one in (field, *field.parts)]
    told = [(one.id, _beside(one, words)) for one in inputs if one.error]
    keys = {one.key for one in inputs}
    rest = [("", wording.unfit(words, why)) for key, why in page.unfit.items() if key not in keys]
    return told + rest


def _beside(field: Field, words: Words) -> str:
    prompt = words.text(field.question.prompt)
    ends = prompt.endswith(("?", ".", ":"))
    return f"{prompt}{'' if ends else ':'} {field.error}"


def kind_of(question: Question) -> str:
    """The macro that draws a question."""
    match question:
        case SingleChoice():
            return "single"
        case SeveralChoice():
            return "several"
        case Scale():
            return "scale"
        case Matrix():
            return "matrix"
        case Ranking():
            return "ranking"
        case Pairwise():
            return "pairwise"
        case Number():
            return "number"
        case Date():
            return "date"
        case FreeText():
            return "free_text"
        case _:
            assert_never(question)


def _values(page: QuestionPage, key: str) -> tuple[str, ...]:
    if key in page.raw:
        return _typed(page.raw[key])
    return _kept(page.given[key]) if key in page.given else ()


def _typed(raw: RawAnswer) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else raw


def _kept(answer: Answer) -> tuple[str, ...]:
    match answer:
        case tuple():
            return answer
        case float():
            return (f"{answer:g}" if abs(answer) < 1e6 else repr(answer),)
        case _:
            return (str(answer),)
