"""What is said between a committee and an author."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.messages import Concludes


@dataclass(frozen=True, kw_only=True)
class ReplyKept(Concludes):
    """It is kept, and goes to the committee once it was read."""

    item_id: UUID
    committee: str

    @property
    def opened_for(self) -> UUID:
        return self.item_id


ConversingMessage = ReplyKept
