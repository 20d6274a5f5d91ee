"""A gap: what is decided about a safeguard whose score is too low.

All of it is stored encrypted, except its owner and its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from governance.committees.model import Office
from governance.help_desk.model import HandOverState

LONGEST_WHY = 600
LONGEST_TO = 120
LONGEST_TICKET = 600
"""Characters."""


class GapChoice(StrEnum):
    MEND = "mend"
    """It gets fixed."""
    ACCEPT = "accept"
    """Somebody accepts the risk until a day."""
    TRANSFER = "transfer"
    """Somebody else takes the risk, such as an insurer or a vendor."""


CHOICES = {
    GapChoice.MEND: "Fix it",
    GapChoice.ACCEPT: "Accept the risk",
    GapChoice.TRANSFER: "Transfer the risk",
}


@dataclass(frozen=True, kw_only=True)
class GapDecision:
    """``by_day``: until when it is fixed, accepted or transferred. ``accepted_by``: the person who
    accepts a risk, as the holder of ``accepted_as``; None: as an administrator. ``to``: who takes a
    transferred one. ``agreed_at``: when that person said yes; ``refused_at`` and ``refused_why``:
    that they said no. Nobody else can say either for them."""

    choice: GapChoice
    why: str
    by_day: date
    owner: UUID
    accepted_by: UUID | None = None
    accepted_as: Office | None = None
    to: str = ""
    decided_by: UUID | None = None
    decided_at: datetime
    agreed_at: datetime | None = None
    refused_at: datetime | None = None
    refused_why: str = ""

    @property
    def waits(self) -> bool:
        """Whether the person named has neither accepted the risk nor declined it."""
        answered = self.agreed_at or self.refused_at
        return self.choice is GapChoice.ACCEPT and answered is None


@dataclass(frozen=True, kw_only=True)
class Gap:
    """``number``: the safeguard's. ``decisions``: the newest last. ``returned_at``: since when it
    needs a new decision."""

    id: UUID
    framework: str
    number: str
    assessment_id: UUID
    decisions: tuple[GapDecision, ...]
    returned_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    closed_why: str = ""

    @property
    def decision(self) -> GapDecision:
        """The one that holds."""
        return self.decisions[-1]


class WorkKind(StrEnum):
    """What a gap can become."""

    RULE = "rule"
    CHANGE = "change"
    ANNOUNCEMENT = "announcement"
    LESSON = "lesson"
    TICKET = "ticket"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What the help desk was sent, and the ticket's number once it is known."""

    words: str
    state: HandOverState
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class GapWork:
    """``subject``: the id of the rule, the change and so on. ``handed``: for a ticket."""

    gap_id: UUID
    kind: WorkKind
    subject: UUID
    handed: Handed | None = None
    by: UUID | None = None
    at: datetime
