"""What charts show, before anything is drawn: typed figures with their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:  # words draw runs of cards, which hold charts
    from core.words import Words


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What is counted, as bars. ``rows`` are (label, count); None: what may not be told, which has
    no bar. ``key`` names it among a message's pictures. ``said``: each row's figure in words, where
    it is more than its count ("62% ± 4"). ``whole``: the count of a full bar; 0: the longest is."""

    key: str
    title: str
    caption: str
    rows: tuple[tuple[str, float | None], ...]
    said: tuple[str, ...] = ()
    whole: float = 0

    def figures(self, words: Words) -> tuple[str, ...]:
        """Each row's, in words."""
        return self.said or tuple(figure(count, words) for _, count in self.rows)

    def named(self, key: str) -> Counts:
        return replace(self, key=key)

    def lines(self, words: Words) -> list[str]:
        """Every number in words, a line each."""
        figures = zip(self.rows, self.figures(words), strict=True)
        return [f"{label}: {figure}" for (label, _), figure in figures]

    def told(self, words: Words) -> str:
        """Every number in one sentence."""
        return "; ".join(self.lines(words)) + "."

    def alt(self, words: Words) -> str:
        """What is said of the chart to whoever does not see it."""
        return f"{ended(self.title)} {self.told(words)}"


@dataclass(frozen=True, kw_only=True)
class Source:
    """The message that a picture is part of, by its kind and subject, and when that was made: for a
    chat that fetches a picture later, by an address that names it."""

    kind: str
    subject: UUID
    at: datetime


def ended(title: str) -> str:
    """As a sentence: a question keeps its mark."""
    return title if title.endswith((".", "?", ":")) else f"{title}."


def figure(count: float | None, words: Words) -> str:
    return words.say("not shown") if count is None else words.number(count)
