"""What acknowledging the IT rules needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from core.people import Audience
from governance.acknowledgements.model import (
    AcknowledgementSet,
    ExportedRow,
    RuleAcknowledgement,
)
from governance.duties.model import Some
from governance.rules.model import Rule, Version


class AcknowledgementStore(Protocol):
    def put_acknowledgement_set(self, given: AcknowledgementSet) -> bool:
        """False: it was asked already."""
        ...

    def acknowledgement_set(self, set_id: UUID) -> AcknowledgementSet | None: ...

    def acknowledgement_sets(self) -> Sequence[AcknowledgementSet]:
        """The newest first."""
        ...

    def rules_in_force(self) -> Sequence[tuple[Rule, Version]]:
        """The rules that everybody has to follow, by their number, as they hold now."""
        ...

    def ids_of(self, audience: Audience, some: Some | None = None) -> Sequence[UUID]:
        """Who is in an audience, of some people or (None) of all."""
        ...

    def add_acknowledgements(self, rows: Sequence[RuleAcknowledgement]) -> None:
        """Seal them and keep them. Raises DatabaseError for one that is there already."""
        ...

    def acknowledged_versions(self, person: UUID) -> Mapping[UUID, int]:
        """The newest version of each rule that somebody acknowledged."""
        ...

    def acknowledged_in(self, set_id: UUID, person: UUID) -> Sequence[RuleAcknowledgement]: ...

    def acknowledged_before(
        self, rule_id: UUID, version: int, some: Some | None = None
    ) -> Collection[UUID]:
        """Who of some people, or (None) of all, has acknowledged any rule, and of this one nothing
        or only older versions."""
        ...

    def acknowledgement_rows(self) -> Iterator[ExportedRow]:
        """All of them, with today's numbers and addresses; a person's together."""
        ...

    def seal(self, said: str) -> str:
        """HMAC-SHA256, in hexadecimal, under the vault's key for acknowledgements."""
        ...
