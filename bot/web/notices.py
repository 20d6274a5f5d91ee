"""A page of a few sentences, with at most one thing to do: a feature declares it, and every such
page is drawn in the same way. What a command shows or asks is a card (``core.cards``); this is for
what belongs to the pages alone, such as signing in, and for questions before something is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.render_card import drawn_fields, drawn_parts
from bot.web.rendering import drawn_by
from core.cards import Field, Line, Link, Page, Part, Prose, Secrecy, Style


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An input for a file. ``hint`` says what it may be and how large; ``accepts``: its kinds, as
    a browser is told them; ``why``: what was wrong with the one that was sent."""

    key: str
    label: str
    hint: str
    accepts: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A form: where it is sent, what is filled in, and what it carries unseen. ``title``: a heading
    above it. ``also``: other buttons, each with where it sends the same form. ``spoken``: languages
    (locale, name) to show it in instead, where nobody is known. ``leave`` is the way
    back without it. ``known``: its sender has a session, so it
    carries their token. ``reads``: it only chooses what a page shows, so it is in the address.
    ``kept``: False where no browser may remember what was typed."""

    at: str
    submit: str
    title: str = ""
    fields: tuple[Field, ...] = ()
    upload: Upload | None = None
    carries: Mapping[str, str] = field(default_factory=dict)
    also: tuple[Page, ...] = ()
    spoken: Sequence[tuple[str, str]] = ()
    leave: Page | None = None
    style: Style = Style.PRIMARY
    known: bool = True
    reads: bool = False
    kept: bool = True


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Some of it under a heading of its own. ``cards`` are drawn already."""

    title: str
    parts: tuple[Part, ...] = ()
    cards: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """``parts`` come first, then ``passages`` and ``cards``, which are drawn already, then what is
    asked, then where to go on (the first way is the one that most take), then ``quiet`` small
    print. ``problems``: (the input's id, why it does not fit). ``typed``: what was in a form that
    could not be taken, to be copied. ``home``: it ends with the way home. ``tab``: its
    name in the browser's tab, where it is another. ``up``: of which page it
    is a part. ``text``: ready to be shown, such as a page that a district wrote, in its
    ``language``."""

    title: str
    parts: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()
    cards: Sequence[str] = ()
    ask: Ask | None = None
    ways: tuple[Page | Link, ...] = ()
    quiet: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    typed: Sequence[str] = ()
    home: bool = False
    tab: str = ""
    up: Page | None = None
    text: str = ""
    language: str = ""


def lines(*said: Prose) -> tuple[Part, ...]:
    """Sentences for whoever looks at the page."""
    return tuple(Line(text=one, secrecy=Secrecy.SIGNED_IN) for one in said if one)


def drawn_ask(ask: Ask, reader: Reader, csrf: str) -> Markup:
    """A form on a page that is not one notice."""
    fields = drawn_fields(ask.fields, reader)
    return drawn_by("macros/forms.html", "asked", reader, ask, fields, csrf)


def context_of(notice: Notice, reader: Reader) -> dict[str, Any]:
    """What its template is given."""
    ask = notice.ask
    return {
        "notice": notice,
        "up": notice.up,
        "parts": drawn_parts(notice.parts, reader),
        "passages": [
            (one.title, drawn_parts(one.parts, reader), one.cards) for one in notice.passages
        ],
        "fields": drawn_fields(ask.fields, reader) if ask else "",
    }
