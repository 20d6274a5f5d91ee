"""What those who lead a committee ask, and what the clock asks of its docket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class NoteAbsence:
    """The speaker is away on these days, both included. None: they typed no day."""

    absence_id: UUID
    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class DropAbsence:
    """The speaker is there after all."""

    absence_id: UUID


@dataclass(frozen=True, kw_only=True)
class RemindDockets:
    """Look through every docket for what is late (system only)."""


@dataclass(frozen=True, kw_only=True)
class SettlePost:
    """Somebody looked in a committee's channel: a message of ``queue`` whose outcome is unknown
    has arrived, or is sent again."""

    queue: str
    post: UUID
    arrived: bool


LeadingCommand = NoteAbsence | DropAbsence | RemindDockets | SettlePost
