"""Something broken that the help desk can fix now: offered to its author, handed over on a yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.messages import Asks, InPlace


class HandOverState(StrEnum):
    """What became of an offer to hand something to the help desk."""

    OFFERED = "offered"
    DECLINED = "declined"
    QUEUED = "queued"
    """On its way."""
    SENT = "sent"
    """The help desk has it, and has not said a number yet."""
    NUMBERED = "numbered"
    UNKNOWN = "unknown"
    """It was sent and no answer came: nobody knows whether the help desk has it."""
    FAILED = "failed"
    """The help desk did not take it: it is the committee's again."""
    LATE = "late"
    """Only shown, never stored: it was answered or passed on before its author decided."""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One item and the help desk. ``contact``: whether its author's name and address may be passed
    on. ``queue`` and ``theme``: where it is counted. ``number`` is the help desk's own."""

    item_id: UUID
    offered_at: datetime
    state: HandOverState = HandOverState.OFFERED
    decided_at: datetime | None = None
    contact: bool = False
    queue: str | None = None
    theme: str | None = None
    number: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class HelpDeskOffer(Asks, InPlace):
    """To the author of something that reads like a thing to be fixed: whether to hand it over, and
    later what happened to that. ``said`` is a short piece of the redacted text; ``contact`` is how
    to reach the help desk oneself."""

    item_id: UUID
    said: str
    received_at: datetime
    state: HandOverState
    number: str = ""
    contact: str = ""

    @property
    def waiting(self) -> bool:
        return self.state is HandOverState.OFFERED


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """To the help desk: the redacted text, where it is, and who may be asked, if they agreed."""

    item_id: UUID
    redacted: str
    building: str
    room: str
    received_at: datetime
    name: str = ""
    email: str = ""


HandOverMessage = HelpDeskOffer | Ticket


@dataclass(frozen=True, kw_only=True)
class HandOverItem(Command):
    """The author's yes. ``contact``: with their name and address."""

    item_id: UUID
    contact: bool = False


@dataclass(frozen=True, kw_only=True)
class KeepItem(Command):
    """The author's no: it stays with the committee."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteTicket(Command):
    """The help desk's number for what was handed over (system only: its answer, or its page)."""

    item_id: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class NoteHandOver(Command):
    """What became of handing something over (system only)."""

    item_id: UUID
    state: HandOverState
    why: str = ""
