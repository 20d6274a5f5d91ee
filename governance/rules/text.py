"""A rule's text: its sections and its hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from markdown_it import MarkdownIt

from core.people import Audience
from core.text import Text
from governance.rules.model import Draft, Version

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
