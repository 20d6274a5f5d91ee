"""Words that look like personal data and may be none: their author says which of them stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def key_of(words: str) -> str:
    """Names words by themselves, so that it holds while the text around them changes. Short
    enough for a button's value, where the words themselves do not belong."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class PutBack:
    """Part of a command. ``keys``: the words that stay (``key_of``). ``seen``: what its author was
    shown before (``Doubt.seen``; "": nothing yet). None: nobody looks, and what is found goes."""

    keys: tuple[str, ...] = ()
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Words that look like personal data of a ``kind`` (as of a ``Span``)."""

    key: str
    words: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Part of a form: what would be taken out, and (``stay``) the keys of what stays."""

    found: tuple[Found, ...]
    stay: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        return key_of("".join(one.key for one in self.found))
