"""What can be asked about urgent cases, by those who respond to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.feedback.model import Urgency
from governance.urgent.model import LONGEST_NOTE, OUTCOMES


@dataclass(frozen=True, kw_only=True)
class ShowCases(Command):
    """The responder's page: the cases of their kinds, without anybody's words."""


@dataclass(frozen=True, kw_only=True)
class ShowCase(Command):
    """One case with the original and its history. Whoever opens it is noted."""

    item_id: UUID
    urgency: Urgency


@dataclass(frozen=True, kw_only=True)
class TakeCase(Command):
    """ "I take it": nobody else is called from now on."""

    item_id: UUID
    urgency: Urgency


@dataclass(frozen=True, kw_only=True)
class CloseCase(Command):
    """``outcome``: an ``Outcome``'s value; ``note``: what was done."""

    item_id: UUID
    urgency: Urgency
    outcome: str = form_field("How did it end?", choices=OUTCOMES, missing="Choose how it ended.")
    note: str = form_field(
        "What was done?",
        hint="The named responders can read it.",
        missing="Write what was done. Others have to know.",
        longest=LONGEST_NOTE,
        rows=4,
    )


@dataclass(frozen=True, kw_only=True)
class EscalateCase(Command):
    """Nobody has taken a case in time: call the next (system only). ``rung``: which one."""

    item_id: UUID
    urgency: Urgency
    rung: int


@dataclass(frozen=True, kw_only=True)
class ReleaseItem(Command):
    """It is no danger to a person, or no longer: ``to`` is the queue that gets it."""

    item_id: UUID
    to: str = form_field(
        "Who gets it?",
        listed=True,
        hint="The committees it is most likely about come first.",
        missing="Choose who should get it.",
    )


@dataclass(frozen=True, kw_only=True)
class FileSecondReading(Command):
    """Items from before danger was kept were read once more (system only): each with whether it
    reads as danger to a person."""

    read: tuple[tuple[UUID, bool], ...]


@dataclass(frozen=True, kw_only=True)
class RemindTakers(Command):
    """The look of each school morning at what was taken and never closed (system only)."""
