"""What a chair's work needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.chairs.bulk import Became, Bulk
from governance.feedback.model import Item


class BulkStore(Protocol):
    def add_bulk(self, new: Bulk) -> bool:
        """Keep it and have the clock look when it leaves. False: it was there already."""
        ...

    def bulk(self, bulk_id: UUID) -> Bulk | None: ...

    def bulks_of(self, queue: str, since: datetime) -> Sequence[Bulk]:
        """Those that wait, and those that ended after a moment; the newest first."""
        ...

    def end_bulk(self, bulk_id: UUID, now: datetime, *, undone: bool) -> bool:
        """Claim its end. False: it has ended, by an undoing or by leaving."""
        ...

    def note_became(self, bulk_id: UUID, item_id: UUID, became: Became) -> None: ...

    def answered_in(self, queue: str, since: datetime, *, most: int = 200) -> Sequence[Item]:
        """What a queue answered after a moment, the newest first."""
        ...

    def vectors_of(self, items: Collection[UUID]) -> dict[UUID, bytes]:
        """What items mean, where it is known: see ``reading.matching``."""
        ...

    def announced_about(self, items: Collection[UUID]) -> dict[UUID, str]:
        """The title of the announcement that somebody linked to an item, where it was sent."""
        ...

    def recommendations_for_agenda(
        self, queue: str, since: datetime
    ) -> Sequence[tuple[str, bool | None, str]]:
        """(title, accepted, reason) of what a committee recommended: what is undecided (accepted
        None), and what was decided after a moment."""
        ...
