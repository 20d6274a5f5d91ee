"""What is shown and sent about gaps. What chat keeps names the safeguard by its number, and says
of no gap that there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.messages import Asks


@dataclass(frozen=True, kw_only=True)
class DecisionDue(Asks):
    """A safeguard needs a decision again: what was decided has come to its day."""

    gap_id: UUID
    short: str
    number: str
    day: date


GapMessage = DecisionDue
