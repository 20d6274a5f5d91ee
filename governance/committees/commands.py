"""What those who lead a committee ask, and what the clock asks of its docket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class NoteAbsence(Command):
    """The speaker is away on these days, both included. None: they typed no day."""

    absence_id: UUID
    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class DropAbsence(Command):
    """The speaker is there after all."""

    absence_id: UUID


@dataclass(frozen=True, kw_only=True)
class RemindDockets(Command):
    """Look through every docket for what is late (system only)."""


@dataclass(frozen=True, kw_only=True)
class SettlePost(Command):
    """Somebody looked in a committee's channel: a message of ``queue`` whose outcome is unknown
    has arrived, or is sent again."""

    queue: str
    post: UUID
    arrived: bool
