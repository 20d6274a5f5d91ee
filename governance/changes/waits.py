"""Changes that wait for someone, found by their state, whether or not anyone was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.messages import Order
from governance.access import Actor
from governance.changes.handlers import news_of, steps_of
from governance.changes.model import ChangeState, ChangeStep
from governance.ports import GovernanceStore
from governance.waiting import Source, Sources, Waiting


def waiting(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Waiting]:
    """To be decided, for those who decide."""
    if not (actor.standing.leads or actor.cto):
        return
    for record in store.changes():  # Home shows what goes live of the same
        if record.state is not ChangeState.PROPOSED:
            continue
        if ChangeStep.APPROVED not in steps_of(actor, record):
            continue
        asked = [one for one in store.change_steps(record.id) if one.step is ChangeStep.PROPOSED]
        if asked:
            message = news_of(store, asked[-1], record)
            yield Waiting(subject=asked[-1].id, at=asked[-1].at, message=message)


WAITS: Sources = (Source(order=Order.DECISION, find=waiting),)
