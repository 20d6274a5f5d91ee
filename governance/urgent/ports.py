"""What governance needs of a store for urgent cases, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.people import Person
from governance.feedback.model import Urgency
from governance.urgent.model import Case, CaseStep


class UrgentStore(Protocol):
    """Cases, what happened in them, and the alerts that go wherever somebody is reached."""

    def add_case(self, case: Case) -> bool:
        """Open an urgent case. False: it was opened before."""
        ...

    def case(self, item_id: UUID, urgency: Urgency) -> Case | None: ...

    def put_case(self, case: Case) -> None: ...

    def cases(self, *, most: int = 200) -> Sequence[Case]:
        """Open ones first, the newest first among each."""
        ...

    def cases_left_open(self) -> Sequence[Case]:
        """Those that somebody has taken and nobody has closed, the oldest first."""
        ...

    def cases_of(self, item_id: UUID) -> Sequence[Case]: ...

    def cases_of_each(self, items: Sequence[UUID]) -> Mapping[UUID, Sequence[Case]]:
        """``cases_of`` for several items, in one statement."""
        ...

    def open_urgent(self, item_id: UUID) -> bool:
        """Whether an item has an urgent case that nobody has closed: then its original stays."""
        ...

    def add_case_step(self, step: CaseStep) -> None: ...

    def case_steps(self, item_id: UUID, urgency: Urgency) -> Sequence[CaseStep]:
        """A case's history, from its beginning."""
        ...

    def was_called(self, item_id: UUID, urgency: Urgency, person_id: UUID) -> bool:
        """Whether somebody was called about a case, or heard that it was left open."""
        ...

    def on_duty(self) -> Sequence[Person]:
        """Everybody who holds an office, stands in for one, or sits on a committee."""
        ...

    def keep_from(self, item_id: UUID, person_id: UUID) -> None:
        """From now on an item does not reach somebody."""
        ...

    def named_in(self, item_id: UUID) -> frozenset[UUID]:
        """From whom an item is kept."""
        ...

    def kept_from(self, person_id: UUID) -> frozenset[UUID]:
        """The items that are kept from somebody."""
        ...

    def kept_from_any(self, people: Collection[UUID]) -> frozenset[UUID]:
        """The items that are kept from at least one of some people."""
        ...

    def alert_person(
        self, person: Person, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Queue one message to everywhere that somebody is reached, also in quiet hours: each chat
        that they have, their page, and a mail where mail is set up. Unique as a delivery is."""
        ...
