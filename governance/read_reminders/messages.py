"""What is shown of those who have not read an announcement, and what they get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.read_reminders.model import BuildingUnread


@dataclass(frozen=True, kw_only=True)
class Unread(InPlace):
    """Counts by building, the most unread first. ``reminded_at``: when they were last reminded;
    ``may_remind``: they have not been today."""

    announcement_id: UUID
    title: Text
    buildings: tuple[BuildingUnread, ...]
    reminded_at: datetime | None
    may_remind: bool

    @property
    def unread(self) -> int:
        return sum(one.unread for one in self.buildings)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.buildings)


@dataclass(frozen=True, kw_only=True)
class ReadReminder(InPlace):
    """To one person: an announcement that they were sent waits to be confirmed."""

    announcement_id: UUID
    title: Text
    sender: str
    sent_at: datetime


ReadReminderMessage = Unread | ReadReminder
