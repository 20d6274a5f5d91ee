"""One question of a survey's file, of six kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

import yaml

from bot.files.fields import Entry, unique
from bot.files.problems import one_of
from surveys.questions import (
    Choice,
    FreeText,
    Number,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.words import Text

KINDS: Mapping[type, str] = {
    SingleChoice: "single",
    SeveralChoice: "several",
    Scale: "scale",
    Ranking: "ranking",
    Number: "number",
    FreeText: "text",
}
MOST_CHOICES = 50
COMMON = ("key", "kind", "prompt", "hint", "required")


class _Asked(TypedDict):
    key: str
    prompt: Text
    hint: Text | None


def read_question(entry: Entry) -> Question | None:
    """The question, or None (and a problem) where its kind is not known."""
    readers: Mapping[str, Callable[[Entry, _Asked], Question]] = {
        "single": _single,
        "several": _several,
        "scale": _scale,
        "ranking": _ranking,
        "number": _number,
        "text": _text,
    }
    kind = entry.scalar("kind") or ""
    if kind not in readers:
        if kind:
            entry.wrong("kind", f'"{kind}" is not a kind of question.', one_of(kind, readers))
        return None
    asked = _Asked(
        key=entry.key(),
        prompt=entry.text("prompt", longest=300),
        hint=entry.maybe_text("hint", longest=300),
    )
    return readers[kind](entry, asked)


def _single(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "choices", "random_order")
    return SingleChoice(
        choices=_choices(entry),
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _several(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "choices", "at_most", "random_order")
    choices = _choices(entry)
    at_most = entry.whole("at_most", least=1, most=MOST_CHOICES)
    if at_most is not None and choices and at_most > len(choices):
        _more_than_there_are(entry, "at_most", at_most, len(choices))
    return SeveralChoice(
        choices=choices,
        at_most=at_most,
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _ranking(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "choices", "top", "random_order")
    choices = _choices(entry)
    top = entry.whole("top", least=1, most=MOST_CHOICES, default=3) or 3
    if choices and top > len(choices):
        _more_than_there_are(entry, "top", top, len(choices))
    return Ranking(
        choices=choices,
        top=top,
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _scale(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "points", "labels")
    points = entry.whole("points", least=2, most=11, default=5) or 5
    labels = _labels(entry, points)
    return Scale(points=points, labels=labels, required=_required(entry), **asked)


def _number(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "minimum", "maximum", "whole", "unit")
    minimum, maximum = entry.decimal("minimum"), entry.decimal("maximum")
    if minimum is not None and maximum is not None and minimum > maximum:
        message = f'"minimum" of {entry.what} is greater than its "maximum".'
        entry.wrong("minimum", message, "Exchange them.")
    return Number(
        minimum=minimum,
        maximum=maximum,
        whole=entry.flag("whole", default=True),
        unit=entry.maybe_text("unit", longest=40),
        required=_required(entry),
        **asked,
    )


def _text(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "longest")
    longest = entry.whole("longest", least=1, most=3000, default=2000) or 2000
    return FreeText(longest=longest, required=entry.flag("required", default=False), **asked)


def _required(entry: Entry) -> bool:
    return entry.flag("required", default=True)


def _choices(entry: Entry) -> tuple[Choice, ...]:
    entries = entry.entries("choices", "choice", required=True)
    nodes = entry.fields.get("choices", (None, None))[1]
    if isinstance(nodes, yaml.SequenceNode) and not 2 <= len(nodes.value) <= MOST_CHOICES:
        message = f"{len(nodes.value)} choices do not make {entry.what}."
        entry.wrong("choices", message, f"Offer 2 to {MOST_CHOICES}.")
    choices = tuple(_choice(choice) for choice in entries)
    unique(entries, [choice.key for choice in choices], "choice")
    return choices


def _choice(entry: Entry) -> Choice:
    entry.only("key", "label", "goal", "fixed")
    goal = entry.scalar("goal", required=False)
    if goal:
        entry.source.mention("goal", goal, entry.fields["goal"][1], entry.what)
    return Choice(
        key=entry.key(),
        label=entry.text("label", longest=75),
        goal=goal,
        fixed=entry.flag("fixed", default=False),
    )


def _labels(entry: Entry, points: int) -> dict[int, Text]:
    """Words for points; the two ends always have some."""
    named = entry.entry("labels", required=True)
    if named is None:
        return {}
    labels: dict[int, Text] = {}
    for point, (node, words) in named.fields.items():
        if not point.isdecimal() or not 1 <= int(point) <= points:
            fix = f"Use points from 1 to {points}."
            entry.source.problem(node, f'{entry.what} has no point "{point}".', fix)
        else:
            labels[int(point)] = named.text_of(words, point, 75)
    for end in (1, points):
        if end not in labels:
            message = f"Point {end} of {entry.what} has no words."
            entry.wrong("labels", message, f'Add "{end}:" under "labels:".')
    return labels


def _more_than_there_are(entry: Entry, name: str, asked: int, choices: int) -> None:
    message = f'"{name}" of {entry.what} is {asked}, but there are {choices} choices.'
    entry.wrong(name, message, f"Use {choices} or less, or add choices.")
