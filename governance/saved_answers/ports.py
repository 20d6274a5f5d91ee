"""What saved answers need of a store, inside one transaction. ``storage`` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.saved_answers.model import SavedAnswer


class SavedAnswerStore(Protocol):
    """The answers that committees keep."""

    def saved_answers(self, queue: str) -> Sequence[SavedAnswer]:
        """Those of one committee, by title."""
        ...

    def put_saved_answer(
        self, one: SavedAnswer, *, item: UUID | None, by: UUID | None, now: datetime
    ) -> None:
        """Keep it as it is now. ``item``: whose answer it was made of."""
        ...

    def drop_saved_answer(self, queue: str, answer_id: UUID) -> bool:
        """False: the committee does not keep it."""
        ...
