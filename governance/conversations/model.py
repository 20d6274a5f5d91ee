"""What a committee and an author say to each other about an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A committee's question or the author's reply; ``number`` counts an item's from 1.

    ``words`` are a question as it was typed, and a reply without the personal data that was
    recognised: None until it was read. ``asked_by`` and ``queue`` are of a question: who asked,
    and for which committee. ``at`` of an anonymous author's reply is a morning."""

    id: UUID
    item_id: UUID
    number: int
    words: str | None
    at: datetime
    asked_by: UUID | None = None
    queue: str | None = None

    @property
    def asks(self) -> bool:
        return self.queue is not None


def open_question(conversation: tuple[Exchange, ...]) -> Exchange | None:
    """What the author was asked and has not replied to."""
    last = conversation[-1] if conversation else None
    return last if last is not None and last.asks else None
