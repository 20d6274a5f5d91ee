"""One question of a survey's file, of every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

import yaml

from bot.files.fields import Entry, unique
from bot.files.problems import one_of
from bot.files.scale_yaml import read_scale
from core.text import Text
from surveys.asking.dates import MOST_PERIODS, periods
from surveys.authoring.presets import LIKELIHOOD, PRESETS
from surveys.priorities.model import Ideas
from surveys.questions import (
    OTHER,
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
    Statement,
)

MOST_CHOICES = 50
MOST_PAIRS = 15
"""Pairs that one person is asked: more are tiring."""

MOST_STATEMENTS = 10
"""Statements of one matrix: more are not read any more, they are ticked."""

MOST_DAYS_OF_IDEAS = 60
"""Days after the opening in which ideas can be added."""

MOST_OTHER = 500
"""Characters of the words to "something else"."""

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
        **dict.fromkeys(PRESETS, _preset),
        "enps": _enps,
        "matrix": _matrix,
        "ranking": _ranking,
        "pairwise": _pairwise,
        "number": _number,
        "date": _date,
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
    entry.only(*COMMON, "choices", "other", "random_order")
    choices = _choices(entry)
    other = _other(entry, choices)
    return SingleChoice(
        choices=choices,
        other=other,
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _several(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "choices", "other", "at_least", "at_most", "random_order")
    choices = _choices(entry)
    other = _other(entry, choices)
    offered = len(choices) + (other is not None)
    at_least, at_most = (
        entry.whole(name, least=1, most=MOST_CHOICES) for name in ("at_least", "at_most")
    )
    for name, asked_for in (("at_least", at_least), ("at_most", at_most)):
        if asked_for is not None and choices and asked_for > offered:
            _more_than_there_are(entry, name, asked_for, offered)
    if at_least is not None and at_most is not None and at_least > at_most:
        message = f'"at_least" of {entry.what} is greater than its "at_most".'
        entry.wrong("at_least", message, "Exchange them.")
    return SeveralChoice(
        choices=choices,
        at_least=at_least,
        at_most=at_most,
        other=other,
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _other(entry: Entry, choices: tuple[Choice, ...]) -> Other | None:
    """``other: true``, or its own label and length."""
    node = entry.fields.get("other", (None, None))[1]
    if isinstance(node, yaml.MappingNode):
        own = entry.entry("other")
        other = _own_other(own) if own else Other()
    elif not entry.flag("other", default=False):
        return None
    else:
        other = Other()
    if any(choice.key == OTHER for choice in choices):
        message = f'{entry.what} has "other:" and a choice with the key "{OTHER}".'
        entry.wrong("other", message, "Remove the choice, or give it another key.")
    return other


def _own_other(entry: Entry) -> Other:
    entry.only("label", "longest")
    longest = (
        entry.whole("longest", least=1, most=MOST_OTHER, default=Other.longest) or Other.longest
    )
    return Other(label=entry.maybe_text("label", longest=75) or Other.label, longest=longest)


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


def _pairwise(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "choices", "pairs", "ideas")
    choices = _choices(entry)
    if len(choices) == 2:
        message = f"Two choices make one pair of {entry.what}."
        entry.wrong("choices", message, 'Add choices, or ask with "kind: single".')
    there_are = len(choices) * (len(choices) - 1) // 2
    pairs = entry.whole("pairs", least=1, most=MOST_PAIRS, default=6) or 6
    if choices and pairs > there_are:
        message = f'"pairs" of {entry.what} is {pairs}, but its choices make {there_are} pairs.'
        entry.wrong("pairs", message, f"Use {there_are} or less, or add choices.")
    return Pairwise(
        choices=choices, pairs=pairs, ideas=_ideas(entry), required=_required(entry), **asked
    )


def _ideas(entry: Entry) -> Ideas | None:
    """How staff may add choices; None: they may not."""
    own = entry.entry("ideas") if "ideas" in entry.fields else None
    if own is None:
        return None
    own.only("moderator", "days")
    days = own.whole("days", least=1, most=MOST_DAYS_OF_IDEAS, default=Ideas.days) or Ideas.days
    return Ideas(moderator=own.address("moderator"), days=days)


def _scale(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "points", "lowest", "labels")
    return Scale(**read_scale(entry), required=_required(entry), **asked)


def _preset(entry: Entry, asked: _Asked) -> Question:
    """A scale with the product's own words: ``kind: agreement``."""
    entry.only(*COMMON)
    labels = PRESETS[entry.scalar("kind") or ""]
    return Scale(points=len(labels), labels=labels, required=_required(entry), **asked)


def _enps(entry: Entry, asked: _Asked) -> Question:
    """0 to 10; only the words of the ends may be others."""
    entry.only(*COMMON, "labels")
    labels = LIKELIHOOD
    if "labels" in entry.fields:
        labels = read_scale(entry, points=11, lowest=0)["labels"]
    return Scale(points=11, lowest=0, labels=labels, enps=True, required=_required(entry), **asked)


def _matrix(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "statements", "scale", "points", "lowest", "labels", "random_order")
    entries = entry.entries("statements", "statement", required=True)
    if entries and not 2 <= len(entries) <= MOST_STATEMENTS:
        message = f"{len(entries)} statements do not make {entry.what}."
        entry.wrong("statements", message, f"Write 2 to {MOST_STATEMENTS}.")
    statements = tuple(_statement(statement) for statement in entries)
    unique(entries, [statement.key for statement in statements], "statement")
    scale = read_scale(entry, preset="scale")
    return Matrix(
        statements=statements,
        **scale,
        random_order=entry.flag("random_order", default=False),
        required=_required(entry),
        **asked,
    )


def _statement(entry: Entry) -> Statement:
    entry.only("key", "label")
    return Statement(key=entry.key(), label=entry.text("label", longest=150))


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


def _date(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "minimum", "maximum", "by")
    minimum, maximum = entry.day("minimum"), entry.day("maximum")
    by = entry.member("by", Period, Period.MONTH)
    if minimum > maximum:
        message = f'"minimum" of {entry.what} is after its "maximum".'
        entry.wrong("minimum", message, "Exchange them.")
    date = Date(minimum=minimum, maximum=maximum, by=by, required=_required(entry), **asked)
    counted_by = len(periods(date)) if (maximum - minimum).days < 10_000 else 10_000
    if counted_by > MOST_PERIODS:
        message = f'"minimum" and "maximum" of {entry.what} are too far apart.'
        unit = "months" if by is Period.MONTH else "days"
        entry.wrong(
            "maximum", message, f"Its answers are counted by at most {MOST_PERIODS} {unit}."
        )
    return date


def _text(entry: Entry, asked: _Asked) -> Question:
    entry.only(*COMMON, "shortest", "longest")
    longest = entry.whole("longest", least=1, most=3000, default=2000) or 2000
    shortest = entry.whole("shortest", least=0, most=longest, default=0) or 0
    required = entry.flag("required", default=False)
    return FreeText(shortest=shortest, longest=longest, required=required, **asked)


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


def _more_than_there_are(entry: Entry, name: str, asked: int, choices: int) -> None:
    message = f'"{name}" of {entry.what} is {asked}, but there are {choices} choices.'
    entry.wrong(name, message, f"Use {choices} or less, or add choices.")
