"""What training needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from governance.duties.model import Some
from governance.learning.model import Guide, Seat, Seats, TrainingSession


class LearningStore(Protocol):
    def training(self, session_id: UUID) -> TrainingSession | None: ...

    def lock_training(self, session_id: UUID) -> TrainingSession | None:
        """The same. Nobody else changes it or its seats before this transaction ends."""
        ...

    def trainings(
        self, *, since: date | None = None, change_id: UUID | None = None
    ) -> Sequence[TrainingSession]:
        """By their day; of one change, or (None) all."""
        ...

    def put_training(self, session: TrainingSession) -> None: ...

    def seat(self, session_id: UUID, person: UUID) -> Seat | None: ...

    def seats(self, session_id: UUID, *, seated: bool, most: int | None = None) -> Sequence[Seat]:
        """Those who have a seat, or those who wait: in the order in which they signed up."""
        ...

    def seats_of(self, person: UUID) -> Mapping[UUID, Seat]:
        """Of one person, by session."""
        ...

    def count_seats(self, sessions: Collection[UUID]) -> Mapping[UUID, Seats]: ...

    def waits_at(self, seat: Seat) -> int:
        """Somebody's place on the waiting list, from 1."""
        ...

    def add_seat(self, session_id: UUID, person: UUID, now: datetime, *, seated: bool) -> None:
        """At the end of those who signed up."""
        ...

    def give_seat(self, seat: Seat) -> None: ...

    def drop_seat(self, session_id: UUID, person: UUID) -> None: ...

    def drop_seats_of_left(self, session_id: UUID) -> int:
        """Of people who are no longer on the roster; how many."""
        ...

    def mark_attendance(self, session_id: UUID, attended: Collection[UUID]) -> None: ...

    def tell_signed_up(
        self,
        session_id: UUID,
        *,
        campaign: str,
        kind: str,
        now: datetime,
        deadline: datetime | None = None,
        seated: bool | None = None,
        missed: bool = False,
    ) -> None:
        """Queue one message to each, unique per (campaign, kind, person). ``seated`` None: also to
        those who wait. ``missed``: only to those who did not attend."""
        ...

    # -- guides ---------------------------------------------------------------------------------

    def guide(self, guide_id: UUID) -> Guide | None: ...

    def lock_guide(self, guide_id: UUID) -> Guide | None: ...

    def guides(self, *, change_id: UUID | None = None) -> Sequence[Guide]:
        """Without those that are retired."""
        ...

    def put_guide(self, guide: Guide) -> None:
        """Whoever was asked to do it is asked until its date."""
        ...

    def guide_done_at(self, guide_id: UUID, person: UUID) -> datetime | None: ...

    def guides_done(self, person: UUID) -> Mapping[UUID, datetime]: ...

    def do_guide(self, guide_id: UUID, person: UUID, now: datetime) -> None: ...

    def undo_guide(self, guide_id: UUID, person: UUID) -> None:
        """As if they had not done it, also where they were asked to."""
        ...

    def count_done(self, guides: Collection[UUID]) -> Mapping[UUID, int]: ...

    def did_unasked(self, guide_id: UUID, some: Some | None) -> frozenset[UUID]:
        """Who did it before anybody asked them to; of some people, or (None) of all."""
        ...
