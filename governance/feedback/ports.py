"""What governance needs of a store for feedback, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.anonymous.ports import AnonymousStore, ConversationStore, HeldWordsStore
from governance.feedback.model import Item


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move of an item between queues. ``why``: what somebody wrote, or a code of ours."""

    came_from: str
    went_to: str
    why: str
    by: UUID | None
    at: datetime


class FeedbackStore(AnonymousStore, ConversationStore, HeldWordsStore, Protocol):
    """Items, their originals and moves, and what is kept for their authors."""

    def add_item(self, item: Item, original: str) -> bool:
        """Store an item with its original encrypted. False: it was there already."""
        ...

    def item(self, item_id: UUID) -> Item | None: ...

    def original(self, item_id: UUID) -> str | None: ...

    def update_item(self, item: Item) -> None:
        """Keep an item as it is now, and hold it where it reads as danger to a person. Otherwise
        it leaves the danger mark unchanged. The database refuses to put what is held on a
        queue other than the restricted one."""
        ...

    def hold_back(self, item_id: UUID) -> None:
        """It reads as danger to a person. It must be unread, or on the restricted queue."""
        ...

    def release_danger(self, item_id: UUID) -> None:
        """A responder has passed it on: every queue may have it."""
        ...

    def note_harmless(self, item_id: UUID) -> None:
        """It was read again and nothing in it reads as danger."""
        ...

    def to_read_again(self, *, most: int = 20, but: Collection[UUID] = ...) -> Sequence[UUID]:
        """Items from before danger was kept, which are read once more, by id."""
        ...

    def withdrawn(self) -> Sequence[UUID]:
        """Items that were taken from a queue because of danger and are still held."""
        ...

    def withdrawn_from(self, queue: str) -> int:
        """How many of them were taken from one queue."""
        ...

    def items_in(self, queue: str, *, most: int = 200) -> Sequence[Item]:
        """A queue's items, open ones by due date first, then done ones, newest first."""
        ...

    def items_in_each(
        self, queues: Collection[str], *, most: int = 200
    ) -> Mapping[str, Sequence[Item]]:
        """The same of several queues, in two reads."""
        ...

    def open_items_in(self, queue: str) -> Sequence[Item]:
        """Every open item of a queue, however many."""
        ...

    def items_by(self, author: UUID, *, most: int = 50) -> Sequence[Item]: ...

    def being_read(self, author: UUID, *, most: int = 50) -> frozenset[UUID]:
        """Of the newest that they told us, what was only received."""
        ...

    def keep_news(self, item_id: UUID, news: str, now: datetime) -> None:
        """Keep what an anonymous item's author will hear when they come with the receipt; unique
        per (item, news)."""
        ...

    def news_of(self, item_id: UUID) -> Sequence[tuple[str, datetime]]:
        """What was kept for an anonymous item's author, oldest first."""
        ...

    def unread_items(self, *, most: int = 20, but: Collection[UUID] = ...) -> Sequence[UUID]:
        """Received items that were not read yet, oldest first."""
        ...

    def add_move(self, item_id: UUID, move: Move) -> None: ...

    def moves(self, item_id: UUID) -> Sequence[Move]: ...
