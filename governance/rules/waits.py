"""Rules that wait for somebody: found by where they stand, whoever was told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.messages import Order
from governance.access import Actor
from governance.committees.model import Office
from governance.ports import GovernanceStore
from governance.rules.handlers import news_of, steps_of
from governance.rules.model import RuleStep
from governance.waiting import Source, Sources, Waiting

NEXT = {
    RuleStep.PROPOSED: RuleStep.OPENED,
    RuleStep.RETURNED: RuleStep.PROPOSED,
    RuleStep.CLOSED: RuleStep.SUBMITTED,
    RuleStep.SUBMITTED: RuleStep.RATIFIED,
    RuleStep.NOT_RATIFIED: RuleStep.SUBMITTED,
    RuleStep.RATIFIED: RuleStep.PUBLISHED,
    RuleStep.NOT_APPROVED: RuleStep.SUBMITTED,
    RuleStep.REVIEW_DUE: RuleStep.REVIEWED,
}
"""After a step it is the turn of whoever takes the next one."""


def waiting(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Waiting]:
    if not (actor.standing.leads or actor.cto or Office.ISO in actor.standing.offices):
        return
    for rule in store.rules():
        can = steps_of(store, actor, rule)
        if not can & set(NEXT.values()):
            continue
        turns = [one for one in store.rule_steps(rule.id) if one.step in NEXT]
        if turns and NEXT[turns[-1].step] in can:
            yield Waiting(
                subject=turns[-1].id, at=turns[-1].at, message=news_of(store, turns[-1], rule)
            )


WAITS: Sources = (Source(order=Order.DECISION, find=waiting),)
