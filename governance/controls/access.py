"""Who sees what of an assessment: the ISO and the CTO see all of it, owners their own safeguards,
and the committee that it names sees the summary."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.controls.model import Assessed, Assessment, AssessmentState
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import GONE, ISO_AND_CTO, ISO_ONLY


class _OfAssessment(Protocol):
    @property
    def assessment_id(self) -> UUID: ...


class _OfSafeguard(_OfAssessment, Protocol):
    @property
    def number(self) -> str: ...


def sees_all(actor: Actor) -> bool:
    return bool(actor.standing.offices & {Office.ISO, Office.CTO})


def is_there(actor: Actor, assessment: Assessment) -> bool:
    """For anyone but the ISO and the CTO, a draft does not exist."""
    return assessment.state is not AssessmentState.DRAFT or sees_all(actor)


def sees_summary(actor: Actor, assessment: Assessment) -> bool:
    return sees_all(actor) or assessment.committee in actor.standing.sits


def owns(actor: Actor, row: Assessed | None) -> bool:
    return row is not None and row.owner is not None and row.owner == actor.person_id


# -- rules of operations: None, or a refusal --------------------------------------------------


def security_office(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    """Only the ISO's office runs assessments."""
    return None if Office.ISO in actor.standing.offices else refusal(ISO_ONLY)


def offices(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    return None if sees_all(actor) else refusal(ISO_AND_CTO)


def owner(actor: Actor, command: _OfSafeguard, store: GovernanceStore) -> Refused | None:
    """In a draft nobody owns anything yet."""
    given = store.assessment(command.assessment_id)
    begun = given is not None and given.state is not AssessmentState.DRAFT
    row = store.assessed_one(command.assessment_id, command.number) if begun else None
    return None if owns(actor, row) else refusal(GONE)


def reader_of_safeguard(
    actor: Actor, command: _OfSafeguard, store: GovernanceStore
) -> Refused | None:
    return None if sees_all(actor) else owner(actor, command, store)
