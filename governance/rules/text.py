"""A rule's text: its sections, its hash, and what differs between two versions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt

from core.people import Audience
from core.text import Text
from governance.rules.model import Draft, Version

_WORD = re.compile(r"\S+[^\S\n]*|\n|[^\S\n]+")
"""With the spaces behind it; the end of a line stands by itself."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

_MOST_COMPARED = 4_000_000
"""Pairs of words in a part that was rewritten, which are compared in about a second; a longer one
is shown as removed and added whole."""


_LINE_END = re.compile(r"\r\n?|\n")

_LINKED = re.compile(r"#|https?://|mailto:", re.IGNORECASE | re.ASCII)


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """What is no link to a page, to an address or within the rule stays as it was typed."""
        return _LINKED.match(url) is not None


@cache
def markdown() -> MarkdownIt:
    """CommonMark with tables and without pictures. HTML in it is shown as it was typed, never
    interpreted, and links lead to the web or to a mail."""
    return _Markdown("commonmark", {"html": False}).enable("table").disable("image")


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


def digest(title: Text, texts: Mapping[str, str], language: str, audience: Audience | None) -> str:
    """SHA-256 over canonical JSON of the title, the texts, the authoritative language and the
    parts of the audience that say something: the same for the same, wherever it is kept.
    ``audience`` None: of a version that was made before it was part of the hash."""
    whole: dict[str, object] = {
        "title": {title.language: title.default, **title.translations},
        "texts": dict(texts),
        "language": language,
    }
    if audience is not None:
        parts = {one.name: getattr(audience, one.name) for one in fields(audience)}
        whole["audience"] = {name: sorted(map(str, held)) for name, held in parts.items() if held}
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def digest_of(version: Version) -> str:
    """Its hash, computed anew as it was when it was made."""
    audience = version.audience if version.audience_hashed else None
    return digest(version.title, version.texts, version.language, audience)


def says_the_same(version: Version, draft: Draft, language: str) -> bool:
    """Whether a draft is a version again, also for whom it is and who owns it."""
    audience = draft.audience if version.audience_hashed else None
    return (version.audience, version.owner, version.digest) == (
        draft.audience,
        draft.owner,
        digest(draft.title, draft.texts, language, audience),
    )


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
    one, the same and the added ones the new one, to the character. Lines that are the same are
    found first, which takes a hundredth of the time of comparing all words."""
    runs: list[Run] = []
    for same, before, after in _matched(_LINE.findall(old), _LINE.findall(new)):
        words = (_WORD.findall(before), _WORD.findall(after))
        small = not same and len(words[0]) * len(words[1]) <= _MOST_COMPARED
        for alike, gone, come in _matched(*words) if small else [(same, before, after)]:
            _add(runs, Change.SAME if alike else Change.REMOVED, gone)
            if not alike:
                _add(runs, Change.ADDED, come)
    return tuple(runs)


def _matched(before: list[str], after: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Whether they are the same, what was there, and what is there now."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", "".join(before[a:b]), "".join(after[c:d])


def _add(runs: list[Run], change: Change, words: str) -> None:
    if words and runs and runs[-1].change is change:
        runs[-1] = Run(change=change, words=runs[-1].words + words)
    elif words:
        runs.append(Run(change=change, words=words))
