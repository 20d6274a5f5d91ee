"""What can be asked about acknowledging the IT rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class AskAcknowledgements(Command):
    """Ask all staff to acknowledge the rules in force: once a school year."""


@dataclass(frozen=True, kw_only=True)
class ShowAcknowledgement(Command):
    """What the reader is asked to acknowledge, or has acknowledged."""

    set_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeRules(Command):
    """``mark``: of the versions that were shown (``handlers.mark_of``)."""

    set_id: UUID
    mark: int


@dataclass(frozen=True, kw_only=True)
class ShowAcknowledgements(Command):
    """How many have acknowledged the rules this school year."""


@dataclass(frozen=True, kw_only=True)
class ExportAcknowledgements(Command):
    """Get all acknowledgements as a file, which the audit notes."""


Cursor = tuple[UUID, UUID, UUID]
"""The last row that was read: its person, its set and its rule."""


@dataclass(frozen=True, kw_only=True)
class ReadAcknowledgements(Command):
    """Some rows for such a file: those until a moment that come after ``after``."""

    until: datetime
    after: Cursor | None = None
