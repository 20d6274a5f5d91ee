"""Open items of a docket in the few columns that counting, reminding and dating need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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
class Aside:
    """An open item is off the open list until a day, and why. On that day it is back."""

    until: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What stood there of one item before a change: who had it, until when it was put aside and
    why, and what it was called. ``mark``: what the item was like after the change."""

    item_id: UUID
    assigned_to: UUID | None
    aside: Aside | None
    subject: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """``by``: who made it, and may undo it."""

    id: UUID
    by: UUID | None
    at: datetime
    items: tuple[Kept, ...]


@dataclass(frozen=True, kw_only=True)
class QueueTotals:
    """Open items of one queue: those that are not put aside, and of them what nobody has
    acknowledged, what is assigned to somebody, and what is due within a while and not late.
    ``late``: also of what is put aside."""

    queue: str
    open: int
    late: int
    new: int
    mine: int
    due: int


@dataclass(frozen=True, kw_only=True)
class OpenMessage:
    """An open item in the few columns that counting needs. ``came``: onto the queue where it is."""

    queue: str
    author: UUID | None
    came: datetime
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Open items of one queue, as they may be told. ``late`` None: it may not be told how many."""

    queue: str
    open: int
    late: int | None


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
