"""What assessments need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
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
        """Every version of each, the one that was brought in last first."""
        ...

    def framework(self, key: str, version: str = "") -> Framework | None:
        """A version, or the one that was brought in last."""
        ...

    def put_framework(self, framework: Framework, by: UUID | None, now: datetime) -> None:
        """In the place of the same version, which then is as new as it was."""
        ...

    def assessments(self) -> Sequence[Assessment]:
        """The newest first."""
        ...

    def assessment(self, assessment_id: UUID) -> Assessment | None: ...

    def lock_assessment(self, assessment_id: UUID) -> Assessment | None:
        """To be changed: whoever wants to change it too waits."""
        ...

    def put_assessment(self, assessment: Assessment) -> None:
        """The database refuses to change one that is closed, and what is in it."""
        ...

    def drop_assessment(self, assessment_id: UUID) -> None:
        """With all that is in it."""
        ...

    def assessed(self, assessment_id: UUID) -> Sequence[Assessed]:
        """Every safeguard of an assessment, by its number's parts."""
        ...

    def assessed_one(self, assessment_id: UUID, number: str) -> Assessed | None: ...

    def put_assessed(self, rows: Sequence[Assessed]) -> None: ...

    def drop_assessed(self, assessment_id: UUID, numbers: Sequence[str]) -> None: ...

    def assessed_by(self, owner: UUID) -> Sequence[Assessed]:
        """What somebody owns in open assessments, what is due first coming first."""
        ...

    def assessed_in(self, ask: UUID) -> Sequence[Assessed]:
        """What one request asks for, whether it is answered or not."""
        ...

    def asked_owners(self) -> Sequence[Asked]:
        """Requests of open assessments with something unanswered. Reads nothing that is
        encrypted."""
        ...

    def targets(self, framework: str) -> Sequence[Target]:
        """As they were set; ``controls.carried.targets_in`` has them as a version numbers them."""
        ...

    def put_target(self, target: Target) -> None: ...

    def drop_target(self, target: Target) -> None: ...

    def said_evidence(self, framework: str) -> Sequence[SaidEvidence]:
        """Of every version, the newest first."""
        ...

    def put_said_evidence(self, evidence: SaidEvidence) -> None: ...

    def practice_reads(self, subjects: Sequence[UUID], since: datetime) -> Sequence[ReadLine]:
        """From the audit: the last time for each person and thing, the newest first."""
        ...
