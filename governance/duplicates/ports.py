"""What governance needs of a store for matters, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.duplicates.model import Correction, Open
from governance.feedback.model import Item


class MatterStore(Protocol):
    """Items that say the same, and what the reader was taught."""

    def lead_of(self, item_id: UUID) -> UUID | None:
        """The item that an item is kept with. None: it stands by itself."""
        ...

    def kept_with(self, lead: UUID) -> Sequence[Item]:
        """The items that are kept with one, oldest first."""
        ...

    def people_saying(self, lead: UUID) -> int:
        """How many people surely say it: each author once, and all that was said anonymously
        once, because nobody can tell those authors apart."""
        ...

    def keep_with(self, item_id: UUID, lead: UUID, by: UUID | None, now: datetime) -> None:
        """Keep an item, and those that were kept with it, with another one."""
        ...

    def part(self, item_id: UUID) -> None:
        """Let an item stand by itself again, with those that came with it."""
        ...

    def people_by_theme(
        self, spans: Sequence[tuple[datetime, datetime]]
    ) -> Sequence[Mapping[str, int]]:
        """How many people wrote about each theme, for each span from one moment until before
        another; spans do not overlap. Each person counts once, and so do all anonymous ones
        together, because nobody can tell them apart. A message counts for its first theme.
        Restricted messages are left out."""
        ...

    def keep_vector(self, item_id: UUID, vector: bytes) -> None: ...

    def open_vectors(self, queue: str, *, of: UUID | None = None) -> Sequence[Open]:
        """The newest of what was said of the open matters of a queue, oldest first, with what it
        means. ``of``: also what was said of this matter, however old."""
        ...

    def forget_vector(self, item_id: UUID) -> None: ...

    def note_correction(
        self, item_id: UUID, came_from: str, went_to: str, by: UUID | None, now: datetime
    ) -> None:
        """Where somebody put an item; of several moves the last one counts."""
        ...

    def forget_correction(self, item_id: UUID) -> None: ...

    def is_corrected(self, item_id: UUID) -> bool: ...

    def corrections(self, *, most: int = 2000) -> Sequence[Correction]:
        """The newest first."""
        ...
