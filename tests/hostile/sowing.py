"""Hostile and extreme words sown into every text of a message, found by the fields' values.

``sown(message, rng)`` walks a sample of any dataclass, so a new kind of message is covered as soon
as it has a sample. Keys that the software made itself (of questions, queues and tokens) stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from random import Random
from typing import Any

from core.forms import Opening, Said
from core.text import Text
from governance.forms.messages import FormView
from surveys.questions import Choice, Unfit

MADE_BY_US = {
    "key", "queue", "question", "token", "committee_key", "timezone", "locale", "language",
    "platform", "by_platform", "given", "raw", "likely", "to", "coded", "url", "translations",
    "audience", "plan", "group", "tied", "id", "kind", "state", "state_key", "choices_key",
    "shown", "majorities", "circles", "anonymous_door", "barrier", "element", "withheld",
    "languages", "others", "seen", "checked", "choice",
}  # fmt: skip

OF_PRACTICES = {"number", "control", "next", "framework", "version", "path"}
"""Of an assessment: of a framework's file, which is checked where it is brought in; and addresses
of pages of ours."""

ADDRESSES = {"learn_url", "link", "recording"}
"""Of web pages: each was checked when it was typed."""

PIECES = (
    "<!channel>", "<!here|x>", "<@U123>", "<#C123|x>", "<https://evil.example|R&D>", "@everyone",
    "<at>All</at>", "[x](javascript:alert(1))", "[x][y]", "![i](https://evil.example/i.png)",
    "https://evil.example/a?b=1&c=2", "www.evil.example", "a@evil.example", "*bold*", "**bold**",
    "_it_", "__it__", "~no~", "`code`", "```\ncode\n```", "# Head", "> quote", "- one", "1. one",
    "&amp; &lt; &#60;", "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "</div>",
    "{{DATE(2026-11-25T10:00:00Z)}}", "{name}", "%s", "{% raw %}", ":boom:",
    "👩‍👩‍👧‍👦🇺🇸", "e\u0301\u0323" * 9,
    "שלום", "\u202eevil\u202c", "\u2066x\u2069", "\u200b\u200d\ufeff", "\x00\x07\x1b[31m",
    "a\r\nBcc: all@evil.example", "\u2028\u2029", "x" * 400, "\\*", "\\", "|a|b|", "---", "\t",
)  # fmt: skip

LINKS = tuple(
    f"https://evil.example/{rest}"
    for rest in (
        "?a=1&b=2",
        "%3C!channel%3E",
        "@U123",
        "*b*_i_",
        "](javascript:alert(1))",
        "'",
        "é",
    )
)
"""The office's own link to learn more: what is typed there has to be an address, and stays one."""

_PLAIN = re.compile("https?://")

WHOLE = ("", " ", "\u200b", "\n\n", "\x00", "\u202e", "–", "W" * 9_000, "😀" * 3_000, "&<>" * 2_000)


def words(rng: Random) -> str:
    """One text: a few hostile pieces, at times very long or as good as empty."""
    if rng.random() < 0.15:
        return rng.choice(WHOLE)
    made = rng.choice(("", " ", "\n")).join(rng.choices(PIECES, k=rng.randint(1, 6)))
    return made * rng.choice((1, 1, 1, 1, 60))


def sown(thing: Any, rng: Random) -> Any:
    """The same with every human text replaced."""
    if isinstance(thing, Enum):
        return thing
    if isinstance(thing, Unfit | Said):  # its sentence is our own template
        return replace(thing, values=sown(thing.values, rng))
    if isinstance(thing, Text):
        return Text(default=words(rng), translations={"es": words(rng)})
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = {
            one.name: sown(getattr(thing, one.name), rng)
            for one in fields(thing)
            if one.init and not _ours(thing, one.name)
        }
        if changed.get("evidence"):  # a web address in it is a link
            changed["evidence"] = f"{_PLAIN.sub('', changed['evidence'])}\n{rng.choice(LINKS)}"
        for name in ADDRESSES & changed.keys():
            changed[name] = rng.choice(LINKS) if getattr(thing, name) else getattr(thing, name)
        return replace(thing, **changed)
    if isinstance(thing, str):
        return words(rng)
    if isinstance(thing, Mapping):
        return {key: sown(value, rng) for key, value in thing.items()}
    if isinstance(thing, tuple):
        return _sown_row(thing, rng)
    return thing


def _ours(thing: object, name: str) -> bool:
    """Whether nobody types it. What something is about is a token, or else a text."""
    if isinstance(thing, FormView | Opening):
        return name in ("of", "leave", "back", "up", "beside", "language", "without", "optional")
    typed = isinstance(getattr(thing, name), str)
    token = name in ("about", "goal", "indicator") and typed
    token |= name in OF_PRACTICES and typed and _of_practices(thing)
    return token or name in MADE_BY_US or name.startswith("_")


def _of_practices(thing: object) -> bool:
    return type(thing).__module__.startswith(("governance.controls", "governance.gaps"))


def _sown_row(row: tuple[Any, ...], rng: Random) -> tuple[Any, ...]:
    if row and isinstance(row[0], str) and len(row) == 2:  # a key and what it is called
        return (row[0], sown(row[1], rng))
    made = tuple(sown(one, rng) for one in row)
    if row and isinstance(row[0], Choice) and rng.random() < 0.3:
        more = range(100 - len(row))
        made += tuple(Choice(key=f"more-{n}", label=Text(default=words(rng))) for n in more)
    return made
