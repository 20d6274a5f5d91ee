"""Rules that wait for someone, found by their state, whether or not anyone was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.messages import Order
from governance.access import Actor
from governance.committees.model import Office
from governance.ports import GovernanceStore
from governance.rules.handlers import news_of, steps_of
from governance.rules.model import RuleStep, Step
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
"""Which step comes next. Whoever may take it is waited for."""

_BESIDE = frozenset(
    {
        RuleStep.EXTENDED,
        RuleStep.AMENDED,
        RuleStep.INTERIM,
        RuleStep.INTERIM_ENDED,
        RuleStep.EXCEPTION,
    }
)
"""Steps that change nothing about whose turn it is. Every other one ends the turn before it."""


_IN_FORCE = frozenset({RuleStep.PUBLISHED, RuleStep.REVIEW_DUE, RuleStep.REVIEWED})
"""Steps of what is in force, whatever happens to a revision of it."""


def waiting(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Waiting]:
    if not (actor.standing.leads or actor.cto or Office.ISO in actor.standing.offices):
        return
    rules = {rule.id: rule for rule in store.rules()}
    can = {
        key: steps_of(store, actor, rule).intersection(NEXT.values()) for key, rule in rules.items()
    }
    taken = store.steps_of_rules([key for key, steps in can.items() if steps])
    for key, steps in taken.items():
        rule = rules[key]
        last = _last_turn(steps)
        if last is not None and NEXT.get(last.step) in can[key]:
            yield Waiting(subject=last.id, at=last.at, message=news_of(store, last, rule))


def _last_turn(steps: Sequence[Step]) -> Step | None:
    """The step that says whose turn it is. A revision that was withdrawn leaves a review that was
    due before it as due as it was."""
    last = next((one for one in reversed(steps) if one.step not in _BESIDE), None)
    if last is None or last.step is not RuleStep.WITHDRAWN:
        return last
    return next((one for one in reversed(steps) if one.step in _IN_FORCE), last)


WAITS: Sources = (Source(order=Order.DECISION, find=waiting),)
