"""What is said between a committee and an author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.messages import Concludes
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class AskForm:
    """To a committee: ask the author of an item something."""

    item_id: UUID
    redacted: str
    text: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReplyForm:
    """To an author: what a committee asks, and room for a reply."""

    item_id: UUID
    committee: str
    question: str
    said: str
    text: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReplyKept(Concludes):
    """It is kept, and goes to the committee once it was read."""

    item_id: UUID
    committee: str

    @property
    def opened_for(self) -> UUID:
        return self.item_id


ConversingMessage = AskForm | ReplyForm | ReplyKept
