"""What the care for personal data needs of a store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Care:
    """What was done about the personal data of one item. ``changes`` counts how often its words
    were changed since they were read; ``purged_*``: of the last "Student data here"."""

    confirmed_at: datetime | None = None
    purged_at: datetime | None = None
    purged_by: UUID | None = None
    changes: int = 0
    changed_at: datetime | None = None


class PersonalStore(Protocol):
    """Originals, and what was done about them."""

    def has_original(self, item_id: UUID) -> bool: ...

    def originals_due(self, received_before: datetime, *, most: int) -> Sequence[UUID]:
        """Items that were read and whose original may go by age, by their author's word or because
        somebody found student data in it; not what is under a records hold. The oldest first."""
        ...

    def delete_originals(self, items: Sequence[UUID]) -> None:
        """Delete originals, and the positions in them of what was taken out, from the disk too."""
        ...

    def care(self, item_id: UUID) -> Care: ...

    def put_care(self, item_id: UUID, care: Care) -> None: ...

    def mend_words(self, item_id: UUID, mend: Callable[[str], str]) -> bool:
        """Change what was written about an item, wherever a column declares that it is
        (``storage.columns``). Whether anything changed."""
        ...

    def drop_copies(self, item_id: UUID) -> None:
        """Delete copies of an item's words, and what was made of them, wherever a column declares
        that it holds them."""
        ...

    def redraw_briefs(self, item_id: UUID, now: datetime) -> Collection[str]:
        """Take an item's cards back from every chat that has one or is about to get one. Their
        kinds: those are to be sent anew."""
        ...

    def redraw_late(self, now: datetime, items: Collection[UUID] | None = None) -> None:
        """Take back what was on its way to a chat while its words were changed. ``items``: look
        at these only, else at all whose words were changed within two days."""
        ...

    def rewrite(self) -> None:
        """After this transaction nothing of what was changed or deleted is left in the database's
        files."""
        ...

    def rewrite_after_changes(self, now: datetime) -> None:
        """``rewrite`` where an item's words were changed since the last time."""
        ...

    def put_hold(self, item_id: UUID | None, by: UUID | None, now: datetime) -> bool:
        """Put a records hold on an item, or (None) on all. False: it was on."""
        ...

    def lift_hold_on(self, item_id: UUID | None) -> bool:
        """Lift a records hold. False: there was none."""
        ...

    def is_held(self, item_id: UUID) -> bool:
        """Whether an item is under a records hold, its own or the district's."""
        ...
