"""What the office's lists need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from core.lists import Found, ListRequest
from governance.office.model import AddressLine, AuditChecked, AuditLine, FeedbackHold, PersonLine
from surveys.survey import Wave


class OfficeStore(Protocol):
    def people_listed(self, asked: ListRequest) -> tuple[Sequence[PersonLine], Found]:
        """A page of everybody who is or was on the roster."""
        ...

    def addresses_of(self, person_id: UUID) -> Sequence[AddressLine]: ...

    def audit_listed(self, asked: ListRequest) -> tuple[Sequence[AuditLine], Found]:
        """A page of the entries that are listed, the newest first."""
        ...

    def audit_length(self) -> int: ...

    def audit_checked(self) -> AuditChecked:
        """Whether the whole audit is as it was written; it reads all of it."""
        ...

    def held_waves(self) -> Sequence[Wave]:
        """Those under a records hold, the newest first."""
        ...

    def feedback_holds(self) -> Sequence[FeedbackHold]:
        """Records holds on what staff wrote: the district's first, then the newest."""
        ...
