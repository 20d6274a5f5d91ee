"""What a chair does with several items at once. It leaves a few minutes later, and can be undone
until then: what an author has heard cannot be taken back.

To change states at once and hold back only the messages was the other way; then a docket would say
"answered" of what nobody was told, and undoing would put back states that others had built upon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

UNDO_FOR = timedelta(minutes=5)
MOST_AT_ONCE = 50


class BulkAct(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    DISCUSS = "discuss"
    ANSWER = "answer"
    MOVE = "move"
    FILE = "file"


class Became(StrEnum):
    """Of one item when its turn came. CHANGED: someone else was first, or it had moved on."""

    DONE = "done"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class BulkItem:
    """``words``: of an answer, or why it is moved."""

    item_id: UUID
    words: str = ""
    became: Became | None = None


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """``to``: of a move. ``ended_at``: when it left, or was ``undone``."""

    id: UUID
    queue: str
    act: BulkAct
    to: str
    by: UUID | None
    at: datetime
    leaves_at: datetime
    items: tuple[BulkItem, ...]
    ended_at: datetime | None = None
    undone: bool = False
