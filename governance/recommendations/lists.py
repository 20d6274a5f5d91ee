"""Recommendations in a list: a committee's own, and those on the CTO's desk."""

from __future__ import annotations

from governance.committees.model import District
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceLine, AdviceState, Recommendation

MOST_WAITING = 100
MOST_DECIDED = 20


def of_committee(store: GovernanceStore, queue: str) -> tuple[AdviceLine, ...]:
    found = store.recommendations(*AdviceState, queue=queue)
    return tuple(_line(store.district(), one) for one in found)


def on_desk(store: GovernanceStore) -> tuple[AdviceLine, ...]:
    """What waits to be decided first, then what was decided."""
    found = first_on_desk(store, MOST_WAITING + MOST_DECIDED)
    waiting = [one for one in found if one.state is AdviceState.SENT]
    decided = [one for one in found if one.state is not AdviceState.SENT]
    return (*waiting, *decided[:MOST_DECIDED])


def first_on_desk(store: GovernanceStore, most: int) -> tuple[AdviceLine, ...]:
    """The first lines of the same."""
    states = AdviceState.SENT, AdviceState.ACCEPTED, AdviceState.DECLINED
    found = store.recommendations(*states, most=most, waiting_first=True)
    return tuple(_line(store.district(), one) for one in found)


def _line(district: District, one: Recommendation) -> AdviceLine:
    committee = district.committee(one.queue)
    return AdviceLine(
        id=one.id,
        title=one.title,
        committee=committee.name if committee else one.queue,
        state=one.state,
        at=one.decided_at or one.sent_at or one.written_at,
    )
