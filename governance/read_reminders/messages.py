"""What is shown of those who have not read an announcement, and what they get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.duties.model import Count, DutyRow
from governance.lessons.model import Question
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
    due: date | None = None
    question: Question | None = None
    """To be answered to confirm it."""


@dataclass(frozen=True, kw_only=True)
class Acknowledged(InPlace):
    """How many have confirmed what is to be confirmed by a date. ``building``: the one that is
    counted; "": all. ``shares``: percent of first answers for each choice; None: not shown.
    ``office``: its reader sees what happened to it, person by person."""

    announcement_id: UUID
    title: Text
    due: date
    buildings: tuple[Count, ...]
    roles: tuple[Count, ...]
    building: str = ""
    question: Question | None = None
    shares: tuple[int, ...] | None = None
    office: bool = False
    lesson: bool = False

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.roles)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.roles)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.roles)


@dataclass(frozen=True, kw_only=True)
class AcknowledgedFile:
    """The same person by person, for a file."""

    title: Text
    rows: tuple[DutyRow, ...]


ReadReminderMessage = Unread | ReadReminder | Acknowledged
ReadReminderPage = AcknowledgedFile
