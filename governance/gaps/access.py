"""Who sees a gap: the ISO and the CTO. Its owner and the person who accepted the risk see the
decision that holds."""

from __future__ import annotations

from uuid import UUID

from governance.access import Actor, refusal
from governance.controls.access import offices, security_office, sees_all
from governance.gaps.commands import BeginWork, ShowGap
from governance.gaps.model import Gap, WorkKind
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import GONE


def concerned(gap: Gap) -> frozenset[UUID]:
    """The owner of the work, and the person who accepted the risk."""
    found = (gap.decision.owner, gap.decision.accepted_by)
    return frozenset(one for one in found if one is not None)


def reader_of_gap(actor: Actor, command: ShowGap, store: GovernanceStore) -> Refused | None:
    if sees_all(actor):
        return None
    gap = store.gap(command.gap_id)
    mine = gap is not None and gap.closed_at is None and actor.person_id in concerned(gap)
    return None if mine else refusal(GONE)


def beginner(actor: Actor, command: BeginWork, store: GovernanceStore) -> Refused | None:
    """The CTO's office starts work as well, but only the ISO writes rules."""
    rule = security_office if command.kind is WorkKind.RULE else offices
    return rule(actor, command, store)
