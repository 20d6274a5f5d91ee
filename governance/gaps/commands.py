"""What people can ask for about gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, form_field
from governance.controls.commands import Number
from governance.gaps.model import (
    CHOICES,
    LONGEST_TICKET,
    LONGEST_TO,
    LONGEST_WHY,
    GapChoice,
    WorkKind,
)
from governance.redaction.put_back import PutBack

NO_NAMES = "Leave names out."
NO_REASON = "Enter a reason."


@dataclass(frozen=True, kw_only=True)
class ShowGaps(Command):
    """The register. ``choice``: only decisions of this kind; None: all."""

    choice: GapChoice | None = None


@dataclass(frozen=True, kw_only=True)
class ShowGap(Command):
    gap_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecideGap(Command):
    """``owner``: an email address or a name; empty: the safeguard's owner. ``accepted_by``: the id
    of the person who accepts the risk, or ``administrator``: the email address of one. ``to``: the
    person or company that a risk is transferred to."""

    assessment_id: UUID
    number: Number
    choice: GapChoice | None = form_field("Decision", None, choices=CHOICES, missing="Choose one.")
    why: str = form_field("Why", hint=NO_NAMES, missing=NO_REASON, longest=LONGEST_WHY, rows=3)
    by_day: date | None = form_field(
        "Due date",
        None,
        hint="The last day to fix it, to accept the risk, or to transfer it. If it’s still open "
        "the day after, you’ll be asked to decide again.",
        missing="Choose a day.",
    )
    owner: str = form_field("Owner of the work", hint="An email address or a full name.")
    accepted_by: str = form_field(
        "Who is asked to accept the risk?",
        listed=True,
        hint="Fill this in only to accept a risk. It counts once this person accepts it.",
        depends=True,
    )
    administrator: str = form_field("Or an administrator", hint="An email address.")
    to: str = form_field(
        "Transferred to",
        hint="Fill this in only if you transfer the risk: for example, to an insurer or a vendor.",
        longest=LONGEST_TO,
        depends=True,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class AcceptRisk(Command):
    """``number``: of the decision that its reader saw, from 1."""

    gap_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class DeclineRisk(Command):
    gap_id: UUID
    number: int
    why: str = form_field(
        "Why do you decline it?",
        hint=NO_NAMES,
        missing=NO_REASON,
        longest=LONGEST_WHY,
        rows=3,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class CloseGap(Command):
    gap_id: UUID
    why: str = form_field(
        "Reason for closing",
        hint=NO_NAMES,
        missing=NO_REASON,
        longest=LONGEST_WHY,
        rows=3,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class BeginWork(Command):
    """Create a draft for a gap. Pressed again, it opens the same draft."""

    gap_id: UUID
    kind: WorkKind


@dataclass(frozen=True, kw_only=True)
class SendTicket(Command):
    """``words``: what the help desk reads. It gets nothing of the gap itself."""

    gap_id: UUID
    words: str = form_field(
        "What should the help desk do?",
        missing=FILL_IN,
        longest=LONGEST_TICKET,
        rows=4,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class JudgeSaid(Command):
    """Use a message from staff as evidence for a safeguard, or not."""

    assessment_id: UUID
    number: Number
    item_id: UUID
    used: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowOrigins(Command):
    """The gaps that a rule, a change or an announcement was created for."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnGaps(Command):
    """Given by the clock each morning: what is past its day needs a new decision."""
