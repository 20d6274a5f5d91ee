"""What can be asked about gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from governance.controls.commands import Number
from governance.gaps.model import GapChoice, WorkKind
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowGaps(Command):
    """The register. ``choice``: only those of one; None: all."""

    choice: GapChoice | None = None


@dataclass(frozen=True, kw_only=True)
class ShowGap(Command):
    gap_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowDecideForm(Command):
    """``number``: the safeguard's."""

    assessment_id: UUID
    number: Number


@dataclass(frozen=True, kw_only=True)
class DecideGap(Command):
    """``owner``: an e-mail address or a name; empty: the safeguard's owner. ``accepted_by``: the id
    of whoever answers for an accepted risk, or ``administrator`` the e-mail address of one.
    ``to``: the person or company that takes a transferred one."""

    assessment_id: UUID
    number: Number
    choice: GapChoice | None = field(default=None, repr=False)
    why: str = field(default="", repr=False)
    by_day: date | None = field(default=None, repr=False)
    owner: str = field(default="", repr=False)
    accepted_by: str = field(default="", repr=False)
    administrator: str = field(default="", repr=False)
    to: str = field(default="", repr=False)
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowCloseForm(Command):
    gap_id: UUID


@dataclass(frozen=True, kw_only=True)
class CloseGap(Command):
    gap_id: UUID
    why: str = field(default="", repr=False)
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class BeginWork(Command):
    """Make a draft of a gap. Pressed again, it opens the same one."""

    gap_id: UUID
    kind: WorkKind


@dataclass(frozen=True, kw_only=True)
class ShowTicketForm(Command):
    gap_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendTicket(Command):
    """``words``: what the help desk reads. Nothing of the gap goes along."""

    gap_id: UUID
    words: str = field(default="", repr=False)
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class JudgeSaid(Command):
    """Whether a message of staff is evidence for a safeguard."""

    assessment_id: UUID
    number: Number
    item_id: UUID
    used: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowOrigins(Command):
    """The gaps that a rule, a change or an announcement was begun for."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnGaps(Command):
    """The clock's, each morning: what was decided has come to its day."""
