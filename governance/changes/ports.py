"""What changes need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from core.people import Audience
from governance.changes.model import ChangeRecord, Planned, Step


class ChangeStore(Protocol):
    def change(self, change_id: UUID) -> ChangeRecord | None: ...

    def lock_change(self, change_id: UUID) -> ChangeRecord | None:
        """The same, with nobody else changing it before this transaction ends."""
        ...

    def changes(self) -> Sequence[ChangeRecord]:
        """By their day."""
        ...

    def put_change(self, record: ChangeRecord) -> None: ...

    def add_change_step(self, step: Step) -> None: ...

    def change_step(self, step_id: UUID) -> Step | None: ...

    def change_steps_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``change_step``, where it only reads."""
        ...

    def change_steps(self, change_id: UUID) -> Sequence[Step]:
        """The oldest first."""
        ...

    def put_planned(self, planned: Planned) -> None: ...

    def drop_planned(self, announcement_id: UUID) -> None: ...

    def planned(self, change_id: UUID) -> Sequence[Planned]: ...

    def planned_ahead(self, some: Sequence[UUID]) -> None:
        """Prefetch for ``planned_message``, where it only reads."""
        ...

    def planned_message(self, announcement_id: UUID) -> Planned | None: ...

    def reached_of(self, audience: Audience, announcements: Sequence[UUID]) -> tuple[int, int]:
        """How many people an audience is, and how many of them have at least one of some
        announcements: sent, and not taken back."""
        ...
