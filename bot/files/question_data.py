"""A question as it is written in a survey's file: what reads back as the same question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, assert_never

from bot.files.writing import text_data
from core.text import Text
from surveys.authoring.presets import LIKELIHOOD, PRESETS
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Other,
    Pairwise,
    Period,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)

Words = Callable[[Text], str | dict[str, Any]]


def question_data(question: Question, locale: str) -> dict[str, Any]:
    """``locale`` is the language of texts that name none."""

    def words(text: Text) -> str | dict[str, Any]:
        return text_data(text, locale)

    data: dict[str, Any] = {
        "key": question.key,
        "kind": kind_of(question),
        "prompt": words(question.prompt),
    }
    if question.hint is not None:
        data["hint"] = words(question.hint)
    data["required"] = question.required
    match question:
        case SingleChoice() | SeveralChoice() | Ranking() | Matrix() if question.random_order:
            data["random_order"] = True
    return data | _own(question, words)


def kind_of(question: Question) -> str:
    """What a file calls a question's kind."""
    match question:
        case SingleChoice():
            return "single"
        case SeveralChoice():
            return "several"
        case Scale(enps=True):
            return "enps"
        case Scale():
            return _preset(question) or "scale"
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
            return "text"
        case _:
            assert_never(question)


def _own(question: Question, words: Words) -> dict[str, Any]:
    """What this kind has beside what all have."""
    match question:
        case SingleChoice():
            return {"choices": _choices(question.choices, words)} | _other(question.other, words)
        case SeveralChoice():
            limits = {"at_least": question.at_least, "at_most": question.at_most}
            return {
                **{name: limit for name, limit in limits.items() if limit is not None},
                "choices": _choices(question.choices, words),
                **_other(question.other, words),
            }
        case Scale():
            return _scale(question, words)
        case Matrix():
            return _matrix(question, words)
        case Pairwise():
            ideas = {} if question.ideas is None else {"ideas": asdict(question.ideas)}
            return {"pairs": question.pairs, "choices": _choices(question.choices, words), **ideas}
        case Ranking():
            return {"top": question.top, "choices": _choices(question.choices, words)}
        case Number():
            unit = {} if question.unit is None else {"unit": words(question.unit)}
            return _number(question) | unit
        case Date():
            days = {"minimum": question.minimum, "maximum": question.maximum}
            data = {name: day.isoformat() for name, day in days.items()}
            return data if question.by is Period.MONTH else {**data, "by": question.by.value}
        case FreeText():
            shortest = {"shortest": question.shortest} if question.shortest else {}
            return {**shortest, "longest": question.longest}
        case _:
            assert_never(question)


def _scale(question: Scale, words: Words) -> dict[str, Any]:
    if _preset(question) or (question.enps and question.labels == LIKELIHOOD):
        return {}
    labels = {"labels": _labels(question.labels, words)}
    return labels if question.enps else _points(question) | labels


def _matrix(question: Matrix, words: Words) -> dict[str, Any]:
    preset = _preset(question)
    scale: dict[str, Any] = {"scale": preset}
    if preset is None:
        scale = _points(question) | {"labels": _labels(question.labels, words)}
    statements = [{"key": one.key, "label": words(one.label)} for one in question.statements]
    return {**scale, "statements": statements}


def _preset(question: Scale | Matrix) -> str | None:
    """The product's own scale that this one is."""
    for name, labels in PRESETS.items():
        if question.lowest == 1 and question.points == len(labels) and question.labels == labels:
            return name
    return None


def _points(question: Scale | Matrix) -> dict[str, Any]:
    lowest = {} if question.lowest == 1 else {"lowest": question.lowest}
    return {"points": question.points, **lowest}


def _labels(labels: Mapping[int, Text], words: Words) -> dict[int, Any]:
    return {point: words(label) for point, label in labels.items()}


def _other(other: Other | None, words: Words) -> dict[str, Any]:
    if other is None or other == Other():
        return {} if other is None else {"other": True}
    return {"other": {"label": words(other.label), "longest": other.longest}}


def _choices(choices: tuple[Choice, ...], words: Words) -> list[dict[str, Any]]:
    return [
        {"key": choice.key, "label": words(choice.label)}
        | ({} if choice.goal is None else {"goal": choice.goal})
        | ({"fixed": True} if choice.fixed else {})
        for choice in choices
    ]


def _number(question: Number) -> dict[str, Any]:
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    data: dict[str, Any] = {
        name: int(bound) if bound.is_integer() else bound
        for name, bound in bounds.items()
        if bound is not None
    }
    return data | {"whole": question.whole}
