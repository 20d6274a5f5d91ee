"""What is told in sums: a committee's week, and the district's month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text
from governance.references.model import BoundLine


@dataclass(frozen=True, kw_only=True)
class ThemeCount:
    """``name`` "": what has no theme."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DigestLine:
    """One open item in a digest: its first words, redacted. ``links``: what it has to do with.
    ``late``: its day was over when the digest was made."""

    item_id: UUID
    words: str
    received_at: datetime
    due_at: datetime | None
    late: bool = False
    links: tuple[BoundLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A committee's week. ``new`` items by theme, the most first; ``oldest``: the oldest that are
    unanswered; ``due``: what is due within a week, or is late. ``growing``: themes of which
    more people write than usual."""

    digest_id: UUID
    queue: str
    queue_name: str
    since: datetime
    at: datetime
    new: int
    open: int
    late: int
    themes: tuple[ThemeCount, ...] = ()
    oldest: tuple[DigestLine, ...] = ()
    due: tuple[DigestLine, ...] = ()
    growing: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """Staff feedback by month."""

    RECOMMENDATION = "recommendation"
    CONCLUSIONS = "conclusions"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, kw_only=True)
class CameOfIt:
    """Something that changed because of what staff said, with its page ("" where there is none)."""

    kind: ChangeKind
    title: Text
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Of the messages of ``month`` whose 30 days are over. ``base`` and ``within`` are messages;
    each is None where it, or what is left of it, is of fewer than five people."""

    month: date
    base: int | None
    within: int | None
    few_left: bool = False
    """Fewer than five people were not answered in time: how many is not told."""


@dataclass(frozen=True, kw_only=True)
class MonthlyFigures:
    """The district's month: to the CTO's office, and on a page for all of the staff. Never of one
    committee. ``received`` None: fewer than five people wrote. ``earlier``: the months before it,
    the oldest first."""

    month: date
    received: int | None
    answered: Answered
    themes: tuple[ThemeCount, ...] = ()
    came: tuple[CameOfIt, ...] = ()
    earlier: tuple[tuple[date, int | None], ...] = ()


DigestMessage = Digest | MonthlyFigures
