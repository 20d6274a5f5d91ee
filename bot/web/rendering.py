"""Templates: one environment, and the words, names and addresses that every template has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from bot.charts.beside_words import how_many_answered
from bot.charts.sparkline import sparkline
from bot.conversation import Reader
from bot.web.asking import pair_fields
from core.cards import Page
from core.text import Text
from core.words import Words
from governance import wording
from governance.feedback import wording as feedback_words
from governance.labels import Labels
from governance.languages import (
    announcement_note,
    lacking,
    other_languages,
    outdated,
    survey_note,
    translations,
)
from governance.redaction import wording as personal_words
from governance.series import wording as repeat_words
from governance.waves.promise_wording import promised, protection, protection_title
from governance.waves.question_wording import days_that_fit, how_many, ordinal, what_else
from surveys.survey import COMMENTS_FROM, SCORES_FROM

HERE = Path(__file__).parent
STATIC = HERE / "static"
KIND = "pages/kind.html"
"""The page of every kind."""

_PHONE = re.compile(r"\d[\d-]*-[\d-]*\d")
_ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
_LIGHT_GROUND, _DARK_GROUND = (243, 244, 246), (35, 40, 46)
"""``--shade`` of the stylesheet: of its grounds the hardest to be legible on."""
_ENOUGH = 4.6
"""Contrast with the ground: AA's 4.5 for text, with some room for rounding."""

Colour = tuple[int, int, int]


@cache
def environment() -> Environment:
    """The templates, escaping by default and failing on a name that is not there."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["static"] = static_url
    found.globals.update(
        Page=Page,
        wording=wording,
        feedback=feedback_words,
        sparkline=sparkline,
        SCORES_FROM=SCORES_FROM,
        COMMENTS_FROM=COMMENTS_FROM,
        survey_note=survey_note,
        announcement_note=announcement_note,
        lacking=lacking,
        outdated=outdated,
        translations=translations,
        repeats=repeat_words,
        personal_words=personal_words,
        promised=promised,
        protection=protection,
        protection_title=protection_title,
        other_languages=other_languages,
        how_many=how_many,
        how_many_answered=how_many_answered,
        pair_fields=pair_fields,
        what_else=what_else,
        days_that_fit=days_that_fit,
        ordinal=ordinal,
    )
    found.filters["unbroken"] = phones_unbroken
    found.filters["committee_name"] = lambda key, names: names.get(key, key)
    return found


def render(template: str, reader: Reader, /, **context: object) -> Markup:
    """A template drawn for one reader: their language, their zone, and what the page gives."""
    drawn = environment().get_template(template).render({**_names(reader), **context})
    return Markup(drawn)  # noqa: S704 - the environment escaped what was not ours


def template_module(template: str, reader: Reader) -> TemplateModule:
    """A template's macros, with the names that every template has."""
    return environment().get_template(template).make_module(_names(reader))


def drawn_by(template: str, macro: str, reader: Reader, /, *values: object) -> Markup:
    """What one macro of a template draws."""
    drawn = getattr(template_module(template, reader), macro)(*values)
    return Markup(drawn)  # noqa: S704 - a macro's: it is escaped


def _names(reader: Reader) -> dict[str, object]:
    words = Words(reader.locale, reader.timezone)
    return {
        "words": words,
        "say": partial(said, words),
        "count": words.count,
        "text": words.text,
        "written": lambda text: written(text, words),
        "when": words.when,
        "day": words.day,
        "number": words.number,
        "percent": words.percent,
        "named": Labels(words),
        "reader": reader,
        "new_id": uuid4,
        "local": lambda at: local(at, reader.timezone),
    }


def written(text: Text, words: Words) -> str:
    """What somebody wrote, as HTML that says its language where it is not the page's (WCAG 2.2,
    3.1.2)."""
    told, language = words.text(text), text.language_for(words.locale)
    if language.partition("-")[0] == words.spoken:
        return told
    return Markup('<span lang="{}">{}</span>').format(language, told)


def phones_unbroken(said: str) -> Markup:
    """What holds phone numbers, none of which is broken at the end of a line."""
    escaped = str(escape(said))  # as Markup it would escape each span that it is joined with
    return Markup(_PHONE.sub(r'<span class="unbroken">\g<0></span>', escaped))  # noqa: S704 - escaped first


def said(words: Words, message: str, /, **values: object) -> str:
    """A sentence of ours, with what somebody wrote inside it in its own language."""
    if not any(isinstance(value, Markup) for value in values.values()):
        return words.say(message, **values)
    return escape(words.say(message)).format(**values)


def on_the_web(words: Words, label: str) -> str:
    """The label of a link as somebody reads it who is on the web already."""
    say = words.say
    shorter = {
        say("Open it on the web"): say("Open it"),
        say("Read it on the web"): say("Read it"),
        say("See it on the web"): say("See it"),
    }
    return shorter.get(label, label)


def local(at: datetime, timezone: str) -> datetime:
    """A moment in the reader's zone, for date and time inputs and ``<time>``."""
    return at.astimezone(ZoneInfo(timezone))


@cache
def static_url(name: str) -> str:
    """A static file's address, with its content's hash so that a browser may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def accent_style(accent: str) -> str:
    """The district's colour as CSS variables, darkened or lightened until text in it is legible
    on the light and on the dark ground (WCAG 2.2, 1.4.3)."""
    typed = accent if _ACCENT.fullmatch(accent) else "#1d5fa8"
    colour: Colour = (int(typed[1:3], 16), int(typed[3:5], 16), int(typed[5:7], 16))
    light = _legible(colour, _LIGHT_GROUND, toward=(0, 0, 0))
    dark = _legible(colour, _DARK_GROUND, toward=(255, 255, 255))
    return (
        f":root{{--accent:{_hex(light)};--on-accent:#ffffff}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{_hex(dark)};"
        f"--on-accent:#14171a}}}}\n"
    )


def _legible(colour: Colour, ground: Colour, *, toward: Colour) -> Colour:
    return next(
        (mix for mix in _mixes(colour, toward) if _contrast(mix, ground) >= _ENOUGH), toward
    )


def _mixes(colour: Colour, toward: Colour) -> Iterator[Colour]:
    for step in range(21):
        red, green, blue = (
            round(part + (goal - part) * step / 20)
            for part, goal in zip(colour, toward, strict=True)
        )
        yield red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    """WCAG's relative luminance of an sRGB colour, 0 to 1."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
