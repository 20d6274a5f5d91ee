"""What private calendar addresses need of a store, inside one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID


class FeedStore(Protocol):
    def make_calendar_address(self, person_id: UUID, now: datetime) -> str:
        """The key of a new one; the one before ends."""
        ...

    def drop_calendar_address(self, person_id: UUID) -> None: ...

    def calendar_address_made(self, person_id: UUID) -> datetime | None:
        """When somebody's was made; None: they have none."""
        ...

    def calendar_address_owner(self, key: str) -> UUID | None: ...

    def forget_calendar_addresses(self) -> int:
        """End those of who has left; how many."""
        ...
