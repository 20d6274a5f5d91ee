"""What read reminders need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.read_reminders.model import BuildingUnread


class ReadReminderStore(Protocol):
    def unread_by_building(self, announcement_id: UUID) -> Sequence[BuildingUnread]:
        """Of the active people whom an announcement reached; the most unread first."""
        ...

    def reminded_to_read_at(self, announcement_id: UUID) -> datetime | None:
        """When reminders were last asked for."""
        ...

    def remind_unread(self, announcement_id: UUID, number: int, now: datetime) -> int:
        """Queue a reminder for each active person whom it reached and who has not confirmed it;
        how many. The same ``number`` reminds nobody twice."""
        ...

    def drop_read_reminders(self, announcement_id: UUID, person_id: UUID) -> None:
        """They have confirmed it: what still waits for them is not sent."""
        ...
