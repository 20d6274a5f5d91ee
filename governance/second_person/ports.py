"""What the second person's yes needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from core.deciding import Yes
from governance.second_person.model import HeldRequest, RequestState

T = TypeVar("T")


class SecondPersonStore(Protocol):
    def need_second_person(
        self,
        kind: str,
        subject: UUID,
        people: Sequence[UUID],
        now: datetime,
        *,
        by_lot: bool = False,
    ) -> None:
        """Keep that a second person has approved what goes out later under ``kind``. Raises
        ``SecondPersonNeededError`` where it goes to more people than the district's number, and
        nobody has. ``by_lot``: nobody knows who they are."""
        ...

    def forget_approval(self, kind: str, subject: UUID) -> None:
        """What was approved is changed: the approval counts for it no longer."""
        ...

    def need_second_person_for_public(self, kind: str, subject: UUID) -> None:
        """The same for what everyone on the internet can read."""
        ...

    def approved_by(self, yes: Yes) -> AbstractContextManager[None]:
        """While it is held, what ``yes`` covers needs nobody else."""
        ...

    def attempt(self, work: Callable[[], T], undo: Callable[[T], bool]) -> T:
        """What ``work`` returns. Where it raises ``SecondPersonNeededError``, or ``undo`` says so
        of what it returned, nothing of what it wrote stays."""
        ...

    def put_held_request(self, new: HeldRequest) -> None: ...

    def held_requests_ahead(self, some: Iterable[UUID]) -> None:
        """Read some at once, in a transaction that only reads."""
        ...

    def held_request(self, request_id: UUID) -> HeldRequest | None: ...

    def lock_held_request(self, request_id: UUID) -> HeldRequest | None: ...

    def held_requests(self, *states: RequestState) -> Sequence[HeldRequest]:
        """Those in these states, the oldest first."""
        ...
