"""What a reader can see of a text. A platform refuses a text with nothing in it, and characters
that turn the words around or that nobody can show are no part of what somebody said."""

from __future__ import annotations

import unicodedata

from surveys.asking.fitting import NOT_SHOWN

NOTHING = "–"
"""Stands where somebody wrote nothing that can be seen."""

_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"))


def shown(text: str) -> str:
    """The text without controls, lone surrogates and marks of direction; its letters stay in the
    order in which they were typed."""
    return NOT_SHOWN.sub("", text)


def visible(text: str) -> str:
    """``shown``, or a dash where that leaves nothing to see (spaces, joiners, marks alone)."""
    said = shown(text)
    return NOTHING if all(unicodedata.category(c) in _UNSEEN for c in said) else said
