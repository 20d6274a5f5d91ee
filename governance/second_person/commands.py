"""What can be asked about a command that waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class AskSecondPerson(Command):
    """Ask those who may approve it. ``everyone``: the word that is typed to confirm that it goes to
    everyone (``governance.announcements.model.EVERYONE``)."""

    request_id: UUID
    everyone: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowSecondRequest(Command):
    """What is asked, or how it ended."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApproveRequest(Command):
    """Say yes: it is done now. ``number`` names what was shown (``HeldRequest.number``)."""

    request_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class ShowDeclineRequest(Command):
    """Asks why before saying no."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeclineRequest(Command):
    """Say no. ``why``: whoever asked reads it."""

    request_id: UUID
    number: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawRequest(Command):
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class LapseRequest(Command):
    """The clock gives up waiting (system only)."""

    request_id: UUID
