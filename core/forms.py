"""What a form asks for, declared once: on the command that handing it in gives.

A field's label, hint, limit, choices, and what is said where it is missing stand in the command.
The inputs on each platform, what is taken from them, the checks, and the form shown again follow.
Every sentence is English, and an entry of the catalogue (``bot/cataloguing.py`` finds it here).
A field may have several inputs: a text its translations, a moment its day and time, and an
audience whom it can be chosen of.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from core.cards import Look, Part, Secrecy, Style
from core.commands import Command
from core.text import Text

ASKED = "asked"
"""The key of a field's metadata."""

NONE = "none"
"""What the input of a choice hands in for None, where that is one of its choices."""

YES = "yes"
"""What a box hands in."""

FILL_IN = "Fill in this field."
FROM_THE_LIST = "Please choose from the list."
"""What is said where something is missing, or is not among the choices."""

LONGEST_LINE = 120
"""Characters of an address or a name that somebody types."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a person is asked for a field of a command. ``name``: the field's, and its input's."""

    name: str = ""
    label: str
    hint: str = ""
    missing: str = ""
    """What is said where it is empty. Without it the field is optional."""
    longest: int = LONGEST_LINE
    """Characters of a text."""
    rows: int = 1
    choices: Mapping[Any, str] = field(default_factory=dict)
    """What each choice is called; None is one where nothing is an answer as well (``NONE``)."""
    listed: bool = False
    """Its choices are those that ``opens`` gives (``Opening.choices``)."""
    box: str = ""
    """What is beside the box of a yes or no, where ``Opening.choices`` has nothing for it."""
    depends: bool = False
    """It is asked for after some choices of the form alone (``core.cards.TextField.depends``)."""
    translated: bool = False
    """A text with its translations, by language; "" is the language of the form."""
    either: bool = False
    """Of a text with translations: each language stands by itself, and is asked for everywhere."""
    uploads: str = ""
    """Label of an input for a file whose lines are added to what is typed: on the web."""

    @property
    def required(self) -> bool:
        return bool(self.missing)


def form_field(
    label: str,
    default: object = "",
    *,
    hint: str = "",
    missing: str = "",
    longest: int = LONGEST_LINE,
    rows: int = 1,
    choices: Mapping[Any, str] | None = None,
    listed: bool = False,
    box: str = "",
    depends: bool = False,
    translated: bool = False,
    either: bool = False,
    uploads: str = "",
) -> Any:
    """A field of a command that a form asks for (``Asked`` says what each word means). What was
    typed is no part of the command's ``repr``, which may reach a log."""
    asked = Asked(
        label=label,
        hint=hint,
        missing=missing,
        longest=longest,
        rows=rows,
        choices=dict(choices or {}),
        listed=listed,
        box=box,
        depends=depends,
        translated=translated,
        either=either,
        uploads=uploads,
    )
    metadata = {ASKED: asked}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), repr=False, metadata=metadata)
    return field(default=default, repr=False, metadata=metadata)


def asked_of(kind: type) -> tuple[Asked, ...]:
    """The fields that a command's form asks for, in their order; none: it has no form of its
    own."""
    return _asked_of(kind)


@cache
def _asked_of(kind: type) -> tuple[Asked, ...]:
    return tuple(
        dataclasses.replace(one.metadata[ASKED], name=one.name)
        for one in (dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ())
        if ASKED in one.metadata
    )


# -- what is said around the fields --------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A sentence of ours, as its English template and what stands in its places. ``many``: what it
    is for another number than one, which is ``n``."""

    text: str
    values: Mapping[str, Label] = field(default_factory=dict)
    many: str = ""
    n: int = 0


Label = str | Text | date | Said | Callable[[Any], str]
"""A name as it stands, what somebody wrote, a day, a sentence of ours, or a function that says it
in a reader's ``Words``."""


def counted(one: str, many: str, n: int, **values: Label) -> Said:
    """A sentence that depends on a number, ``{n}``."""
    return Said(one, values, many, n)


@dataclass(frozen=True)
class Above:
    """A line above the fields that looks otherwise, or may not stand anywhere."""

    label: Label
    look: Look = Look.PLAIN
    secrecy: Secrecy = Secrecy.ANYWHERE


@dataclass(frozen=True)
class Quoted:
    """What somebody wrote, above the fields, for signed-in readers only. ``by``: said before it."""

    text: str
    by: Label


@dataclass(frozen=True)
class Drawn:
    """Parts above the fields that are drawn in a reader's ``Words``. What they show is given with
    ``functools.partial``: then the form's ``repr`` has it, where tests look for what must not be
    in it."""

    parts: Callable[[Any], tuple[Part, ...]]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A button beside the form's own. ``more``: among the further actions. ``confirm``: the title
    and text of what is asked first, and its yes and no."""

    label: Label
    command: Command
    style: Style = Style.PLAIN
    more: bool = False
    confirm: tuple[Said, Said, Said, Said] | None = None


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a command's form shows beside its fields: given by ``opens`` of its operation.

    ``anew``: the form creates something. It then makes up the command's id, which is None in the
    button that shows the form, so that sending the form twice creates one thing.
    ``submit``: the label of its button. ``shows``: that of the button which shows the form; None:
    the same. ``leave``: the path that leads away without it; ``back``: the way back in chat.
    ``above``: what is said above the fields. ``values``: what stands in them. ``choices``: those of
    fields that are ``listed``, as (value, label). ``carries``: fields of the command that are not
    asked for and follow from what is shown, such as which state of it that is. ``labels``,
    ``hints``: of fields of which it is not always the same. ``without``: fields that are not asked
    for here; ``optional``: those that may stay empty here; ``required``: what is said where one is
    empty that may not stay so here. ``danger``: what cannot be undone. ``language``: of texts with
    translations. ``apart``: each translation that is there has an input of its own, so that chat
    asks for it as well. The rest is as in ``core.cards.Card``."""

    title: Label
    submit: Label
    anew: bool = False
    shows: Label | None = None
    leave: str
    back: Command | None = None
    above: tuple[Label | Above | Quoted | Drawn | Part, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    carries: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, tuple[tuple[str, Label], ...]] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    hints: Mapping[str, Label] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    required: Mapping[str, str] = field(default_factory=dict)
    danger: bool = False
    language: str = "en"
    apart: bool = False
    secrecy: Secrecy = Secrecy.ANYWHERE
    outside: Label = ""
    badge: Label = ""
    note: Label = ""
    page: tuple[Label, str] | None = None
    beside: tuple[Beside, ...] = ()
    up: tuple[Label, str] | None = None
