"""What assessments need from a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.controls.model import (
    Asked,
    Assessed,
    Assessment,
    Framework,
    ReadLine,
    SaidEvidence,
    Target,
)


class ControlStore(Protocol):
    def frameworks(self) -> Sequence[Framework]:
        """All versions, the last imported first."""
        ...

    def framework(self, key: str, version: str = "") -> Framework | None:
        """A version, or the last imported one."""
        ...

    def put_framework(self, framework: Framework, by: UUID | None, now: datetime) -> None:
        """Adds a version, or replaces it; a replaced one keeps its place among the versions."""
        ...

    def assessments(self) -> Sequence[Assessment]:
        """The newest first."""
        ...

    def assessment(self, assessment_id: UUID) -> Assessment | None: ...

    def lock_assessment(self, assessment_id: UUID) -> Assessment | None:
        """For a change; other changes of it wait."""
        ...

    def put_assessment(self, assessment: Assessment) -> None:
        """The database refuses changes to a closed one and its safeguards."""
        ...

    def drop_assessment(self, assessment_id: UUID) -> None:
        """With all its safeguards."""
        ...

    def assessed(self, assessment_id: UUID) -> Sequence[Assessed]:
        """Every safeguard of an assessment, in the order of their numbers."""
        ...

    def assessed_of_each(self, assessments: Collection[UUID]) -> Mapping[UUID, Sequence[Assessed]]:
        """The same of several assessments, in one statement."""
        ...

    def assessed_one(self, assessment_id: UUID, number: str) -> Assessed | None: ...

    def assessed_ahead(self, some: Iterable[tuple[UUID, str]]) -> None:
        """Read at once some answers, before they are asked for one by one."""
        ...

    def put_assessed(self, rows: Sequence[Assessed]) -> None: ...

    def drop_assessed(self, assessment_id: UUID, numbers: Sequence[str]) -> None: ...

    def assessed_by(self, owner: UUID) -> Sequence[Assessed]:
        """What somebody owns in open and closed assessments, by due date."""
        ...

    def assessed_in(self, ask: UUID) -> Sequence[Assessed]:
        """Every safeguard of one request, answered or not."""
        ...

    def assessments_asked(self, asks: Collection[UUID]) -> Mapping[UUID, UUID]:
        """The assessment that each request is of. Decrypts nothing."""
        ...

    def asked_owners(self) -> Sequence[Asked]:
        """Requests of open assessments with something unanswered. Decrypts nothing."""
        ...

    def targets(self, framework: str) -> Sequence[Target]:
        """As they were set; ``controls.carried.targets_in`` gives a version's own numbers."""
        ...

    def put_target(self, target: Target) -> None: ...

    def drop_target(self, target: Target) -> None: ...

    def said_evidence(self, framework: str) -> Sequence[SaidEvidence]:
        """Of every version, the newest first."""
        ...

    def put_said_evidence(self, evidence: SaidEvidence) -> None: ...

    def practice_reads(self, subjects: Sequence[UUID], since: datetime) -> Sequence[ReadLine]:
        """From the audit: the last time for each person and subject, the newest first."""
        ...
