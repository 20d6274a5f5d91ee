"""A rule's text: its sections, its hash, and what differs between two versions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt

from core.text import Text

_WORD = re.compile(r"\s+|[^\s]+")
_LINE_END = re.compile(r"\r\n?|\n")


@cache
def markdown() -> MarkdownIt:
    """CommonMark with tables. HTML in it is shown as it was typed, never interpreted."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a rule under a heading of the second level. ``number`` counts from 1; 0 is what
    stands before the first heading. ``body``: Markdown without the heading."""

    number: int
    heading: str
    body: str


def sections(text: str) -> tuple[Section, ...]:
    """The sections in their order. What stands before the first is left out where it is empty."""
    lines = _LINE_END.split(text)  # where Markdown sees them, and nowhere else
    tokens = markdown().parse(text)
    heads = [
        (token.map[0], token.map[1], tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map
    ]
    first = heads[0][0] if heads else len(lines)
    found = [Section(number=0, heading="", body="\n".join(lines[:first]).strip())]
    ends = [begin for begin, _, _ in heads[1:]] + [len(lines)] * bool(heads)
    found += [
        Section(number=number, heading=heading, body="\n".join(lines[after:end]).strip())
        for number, ((_, after, heading), end) in enumerate(zip(heads, ends, strict=True), start=1)
    ]
    return tuple(one for one in found if one.number or one.body)


EXCERPT = 280
"""Characters of a section or a comment where it is quoted."""


def beginning(text: str) -> str:
    """How Markdown begins, as plain words: its marks mean nothing where they are not drawn."""
    plain = " ".join(text.replace("*", "").replace("`", "").replace("#", "").split())
    return plain if len(plain) <= EXCERPT else plain[: EXCERPT - 2].rsplit(" ", 1)[0] + " …"


def digest(title: Text, texts: Mapping[str, str], language: str) -> str:
    """SHA-256 over canonical JSON of the title, the texts and the authoritative language: the
    same for the same words, wherever they are kept."""
    whole = {
        "title": {title.language: title.default, **title.translations},
        "texts": dict(texts),
        "language": language,
    }
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Run:
    """Some words with the spaces that follow them."""

    change: Change
    words: str


def difference(old: str, new: str) -> tuple[Run, ...]:
    """What became of a text, word by word: the same and the removed runs together are the old
    one, the same and the added ones the new one, to the character."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return tuple(_runs(matcher, before, after))


def _runs(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Run]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Run(change=Change.SAME, words="".join(before[a:b]))
            continue
        if a < b:
            yield Run(change=Change.REMOVED, words="".join(before[a:b]))
        if c < d:
            yield Run(change=Change.ADDED, words="".join(after[c:d]))
