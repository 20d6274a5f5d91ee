"""What is said about the personal data in a feedback item: to its author, to whoever works on it,
and to the Information Security Officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.messages import Action, Asks, Order, Settles
from surveys.questions import Unfit


class Kept(StrEnum):
    """What became of an original."""

    WAITING = "waiting"
    """There until its author confirms, or until its day."""
    HELD = "held"
    """It must be kept for now: an urgent case is open, or a records hold."""
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of somebody's words. ``kind`` (as of a ``Span``): it was taken out; "": it stands.
    ``key`` names it where its author may put it back."""

    text: str
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class TakenOut(Asks, Settles):
    """To the author: their words as others see them, and until when the original is kept. No
    personal data is in it: a chat keeps what is said there."""

    item_id: UUID
    redacted: str
    received_at: datetime
    kept: Kept
    delete_at: datetime | None = None
    corrected: bool = False
    """They have just changed it."""

    @property
    def action(self) -> Action:
        return Action.CHECK

    @property
    def waiting(self) -> bool:
        return self.kept is Kept.WAITING

    @property
    def order(self) -> Order:
        return Order.DUTY


@dataclass(frozen=True, kw_only=True)
class TakenOutForm:
    """To the author alone, and never as a message that stays: their words with what was taken out
    marked, to put back what was not personal and to take out more."""

    item_id: UUID
    pieces: tuple[Piece, ...]
    kept: Kept
    also: str = ""
    put_back: tuple[str, ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StudentDataRemoved:
    """To the Information Security Officer: student data got as far as a docket. Not the words, and
    nothing of who wrote them."""

    item_id: UUID
    queue_name: str
    marked_by: str
    at: datetime
    kept: Kept


PersonalMessage = TakenOut | TakenOutForm | StudentDataRemoved
