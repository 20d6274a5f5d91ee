"""Risks that wait for the person who is asked to accept them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.messages import Order
from core.people import Role
from governance.access import Actor
from governance.gaps.access import awaits
from governance.gaps.messages import NamedInDecision
from governance.ports import GovernanceStore
from governance.waiting import Source, Sources, Waiting


def waiting(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Waiting]:
    """Risks that the reader is asked to accept, whether or not a message reached them."""
    if actor.person_id is None or not (actor.standing.offices or _administrates(actor)):
        return
    for gap in store.gaps_not_returned():
        if awaits(gap, actor.person_id):
            asked = NamedInDecision(gap_id=gap.id)
            yield Waiting(subject=gap.id, at=gap.decision.decided_at, message=asked)


def _administrates(actor: Actor) -> bool:
    return actor.person is not None and actor.person.role is Role.ADMINISTRATOR


WAITS: Sources = (Source(order=Order.DECISION, find=waiting),)
