"""Open items of a docket in the few columns that counting, reminding and dating need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from governance.conversations.model import Exchange


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """So many items of one author under one theme. ``author`` None: said anonymously; ``theme``:
    a theme's key, "" where there is none."""

    author: UUID | None
    theme: str
    items: int


@dataclass(frozen=True, kw_only=True)
class QueueTotals:
    """Open items of one queue: all, those that are late, those that nobody has acknowledged, those
    that are assigned to somebody, and those that are due within a while and not late."""

    queue: str
    open: int
    late: int
    new: int
    mine: int
    due: int


@dataclass(frozen=True, kw_only=True)
class Late:
    """An open item that should have been answered. ``moves``: how often it has moved."""

    item_id: UUID
    moves: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Dated:
    """An open item with what decides its day: when it ``entered`` its docket, and what was ``said``
    with its author."""

    item_id: UUID
    due_at: datetime | None
    entered: datetime
    said: tuple[Exchange, ...]
