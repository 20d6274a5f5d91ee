"""What governance needs of a store for the help desk and for what is sensitive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.feedback.model import Item
from governance.help_desk.model import HandOver


class HandOverStore(Protocol):
    """What was offered and handed to the help desk, and who read what is sensitive."""

    def has_help_desk(self) -> bool:
        """Whether there is one that things can be handed to."""
        ...

    def add_hand_over(self, new: HandOver) -> bool:
        """Keep an offer. False: there was one."""
        ...

    def hand_over(self, item_id: UUID) -> HandOver | None: ...

    def put_hand_over(self, changed: HandOver) -> None: ...

    def handed_over_in(self, queue: str) -> Sequence[tuple[str, int]]:
        """(theme or "", count) of what a queue's items were handed to the help desk about."""
        ...

    def deliver_to_help_desk(
        self, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Queue one message to the help desk."""
        ...

    def note_opening(self, item_id: UUID, person_id: UUID, now: datetime) -> None:
        """Somebody has read something sensitive; the first stays."""
        ...

    def forget_opening(self, item_id: UUID) -> None:
        """It counts as unread again; the audit keeps who read it."""
        ...

    def was_opened(self, item_id: UUID) -> bool: ...

    def unopened_items(self) -> Sequence[Item]:
        """What is open on the restricted page and nobody has read, the oldest first."""
        ...
