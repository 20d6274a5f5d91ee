"""Who sees a gap: the ISO and the CTO. Its owner and the person who accepted the risk see the
decision that holds."""

from __future__ import annotations

from uuid import UUID

from governance.access import Actor, refusal
from governance.controls.access import offices, security_office, sees_all
from governance.gaps.commands import AcceptRisk, BeginWork, DeclineRisk, ShowGap
from governance.gaps.model import Gap, WorkKind
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import GONE


def concerned(gap: Gap) -> frozenset[UUID]:
    """The owner of the work, and the person who accepted the risk."""
    found = (gap.decision.owner, gap.decision.accepted_by)
    return frozenset(one for one in found if one is not None)


def awaits(gap: Gap, person: UUID | None) -> bool:
    """Whether this person has to accept or decline the risk."""
    decision = gap.decision
    named_here = person is not None and decision.accepted_by == person
    return named_here and decision.waits and gap.returned_at is None


def reader_of_gap(actor: Actor, command: ShowGap, store: GovernanceStore) -> Refused | None:
    if sees_all(actor):
        return None
    gap = store.gap(command.gap_id)
    mine = gap is not None and gap.closed_at is None and actor.person_id in concerned(gap)
    return None if mine else refusal(GONE)


def accepter(
    actor: Actor, command: AcceptRisk | DeclineRisk, store: GovernanceStore
) -> Refused | None:
    """The person who is named in the decision that holds, and nobody for them."""
    gap = store.gap(command.gap_id)
    if gap is None or gap.closed_at is not None or actor.person_id is None:
        return refusal(GONE)
    return None if gap.decision.accepted_by == actor.person_id else refusal(GONE)


def beginner(actor: Actor, command: BeginWork, store: GovernanceStore) -> Refused | None:
    """The CTO's office starts work as well, but only the ISO writes rules."""
    rule = security_office if command.kind is WorkKind.RULE else offices
    return rule(actor, command, store)
