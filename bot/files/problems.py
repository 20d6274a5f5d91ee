"""What is wrong in a file: where, and what to do about it, in the words of who wrote the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 200
"""A file that is wrong throughout is told so this many times, not once a line."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """``file`` is relative to the district's folder; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    message: str
    fix: str
    column: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")
        return f"{place}: {self.message} {self.fix}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """File by file from the top, each problem once, at most ``MOST`` of them."""
    found = sorted(set(problems), key=lambda p: (p.file, p.line, p.column or 0, p.message))
    return found[:MOST]


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.7) -> str | None:
    """The known word that was probably meant: at least so alike (0..1)."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=likeness)
    return close[0] if close else None


def one_of(word: str, known: Iterable[str], *, named: int = 12) -> str:
    """The fix for a word that is not known: the likely one, else what there is."""
    words = list(known)
    if meant := did_you_mean(word, words):
        return f'Did you mean "{meant}"?'
    if not words:
        return "There are none yet."
    if len(words) <= named:
        return f"Use one of: {', '.join(words)}."
    return f"There are {len(words)} to choose from, such as {', '.join(words[:3])}."
