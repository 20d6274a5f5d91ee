"""Who may write, send and read a committee's recommendation."""

from __future__ import annotations

from typing import assert_never

from governance.committees import Office
from governance.ports import GovernanceStore, Standing
from governance.recommendations import AdviceState
from governance.recommending_commands import SendAdvice, ShowAdvice, ShowAdviceForm, WriteAdvice


def may_advise(
    standing: Standing,
    command: ShowAdviceForm | WriteAdvice | SendAdvice | ShowAdvice,
    store: GovernanceStore,
) -> bool:
    """Who leads a committee writes and sends for it, and everybody on it reads; so does the CTO
    what was sent, and everybody what was accepted."""
    found = store.recommendation(command.recommendation_id)
    match command:
        case ShowAdviceForm(queue=queue) | WriteAdvice(queue=queue):
            return queue in standing.leads and (found is None or found.queue == queue)
        case SendAdvice():
            return found is not None and found.queue in standing.leads
        case ShowAdvice():
            if found is None:
                return False
            sent = found.state is not AdviceState.DRAFT and Office.CTO in standing.offices
            return sent or found.state is AdviceState.ACCEPTED or found.queue in standing.sits
        case _:
            assert_never(command)
