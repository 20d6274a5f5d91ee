"""A rule's text as HTML: its sections, and what differs between two versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markdown_it.token import Token
from markupsafe import Markup, escape

from core.words import Words, known_locale
from governance.rules.text import Change, Run, Section, markdown, sections

_HEADING = re.compile(r"^#{1,6} .+$", re.MULTILINE)
"""A line of Markdown that heads what follows."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A section; ``number`` 0 is what stands before the first heading."""

    number: int
    heading: Markup
    body: Markup


def drawn(text: str, words: Words) -> tuple[Drawn, ...]:
    """Links by reference hold in the whole text, not only in the section that has their address."""
    env: dict[str, Any] = {}
    markdown().parse(text, env)
    return tuple(_section(one, env, words) for one in sections(text))


def _section(one: Section, env: dict[str, Any], words: Words) -> Drawn:
    tokens: list[Token] = []
    for token in markdown().parse(one.body, env):
        if token.type == "table_open":
            tokens.append(_opens_table(one, words))
        tokens.append(_fitted(token))
        if token.type == "table_close":
            tokens.append(Token("html_block", "", 0, content="</div>\n"))
    body = markdown().renderer.render(tokens, markdown().options, env)
    heading = markdown().renderInline(one.heading, env)
    return Drawn(
        number=one.number,
        heading=Markup(heading),  # noqa: S704 - the library escapes, and HTML is off
        body=Markup(body),  # noqa: S704 - the same
    )


def _opens_table(one: Section, words: Words) -> Token:
    """A wide table moves by itself, with the keyboard too."""
    name = words.say("Table in section {n}", n=words.number(one.number))
    around = Markup('<div class="scroll" role="region" tabindex="0" aria-label="{}">\n')
    return Token("html_block", "", 0, content=str(around.format(name)))


def _fitted(token: Token) -> Token:
    """Headings below those of sections, table heads that say what they head."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{max(3, int(token.tag[1]))}"
    elif token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("rel", "noreferrer")
    return token


def marked(runs: Sequence[Run], words: Words) -> Markup:
    """Added and removed words, marked for the eye and in words for the ear."""
    say = words.say
    around = {
        Change.ADDED: ("ins", say("Added:"), say("End of added text.")),
        Change.REMOVED: ("del", say("Removed:"), say("End of removed text.")),
    }
    return Markup("").join(
        Markup(
            '<{0}><span class="unseen">{1} </span>{3}<span class="unseen"> {2} </span></{0}>'
        ).format(*around[run.change], run.words)
        if run.change in around
        else Markup(_HEADING.sub(r"<b>\g<0></b>", str(escape(run.words))))  # noqa: S704 - escaped
        for run in runs
    )


def dated(words: Words, day: date | datetime) -> str:
    """With its year, because rules are read for long; a moment in the reader's zone."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(words.timezone)).date()
    return format_date(day, format="long", locale=known_locale(words.locale))
