"""Who proposes changes of the plan, who reads proposals, and who enters decisions."""

from __future__ import annotations

from governance.access import Actor, refusal
from governance.committees.model import Committee
from governance.goal_changes.commands import ReviseProposal, SendProposal, ShowProposal
from governance.goal_changes.model import ProposalState
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE, NOT_YOURS, STEERING_ONLY


def steering(store: GovernanceStore) -> Committee | None:
    """The committee that proposes changes of the plan; None where the files name none."""
    district = store.district()
    return district.committee(district.plan.steering)


def steering_key(store: GovernanceStore) -> str:
    """Its key; "": none is named."""
    found = steering(store)
    return found.key if found else ""


def proposes(actor: Actor, store: GovernanceStore) -> bool:
    """Who leads the steering committee; where none is named, the CTO's office."""
    key = steering_key(store)
    return key in actor.standing.leads if key else actor.cto


def follows(actor: Actor, store: GovernanceStore) -> bool:
    """Who sits on the steering committee, and the CTO's office."""
    return actor.cto or steering_key(store) in actor.standing.sits


def proposer(actor: Actor, _: object, store: GovernanceStore) -> Refused | None:
    return None if proposes(actor, store) else refusal(STEERING_ONLY)


def writer(
    actor: Actor, command: SendProposal | ReviseProposal, store: GovernanceStore
) -> Refused | None:
    found = store.plan_proposal(command.proposal_id)
    return proposer(actor, command, store) if found else refusal(NOT_HERE)


def follower(actor: Actor, _: object, store: GovernanceStore) -> Refused | None:
    return None if follows(actor, store) else refusal(NOT_YOURS)


def reader(actor: Actor, command: ShowProposal, store: GovernanceStore) -> Refused | None:
    """Everybody reads what was accepted; a draft is its authors'."""
    found = store.plan_proposal(command.proposal_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is ProposalState.ACCEPTED:
        return None
    if found.state is ProposalState.DRAFT:
        return proposer(actor, command, store)
    return follower(actor, command, store)


def mover(actor: Actor, _: object, store: GovernanceStore) -> Refused | None:
    """Who moves what is bound to a goal: who proposes, and the CTO's office."""
    return None if actor.cto or proposes(actor, store) else refusal(STEERING_ONLY)
