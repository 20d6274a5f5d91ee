"""What can be asked about those who have not read an announcement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ShowUnread(Command):
    """How many have not read an announcement, building by building."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportAcknowledged(Command):
    """Who has confirmed it and who owes it, as a file, which the audit notes."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class RemindUnread(Command):
    """Remind everybody who got it and has not confirmed it: once a day at most."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendReadReminders(Command):
    """The clock's: queue the reminders. ``number``: the day, as an ordinal."""

    announcement_id: UUID
    number: int
