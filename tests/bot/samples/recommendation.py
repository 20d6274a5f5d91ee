"""Recommendations as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from governance.messages import Message, News, Told
from governance.recommendations.messages import AdviceSent, AdviceSettled, DecisionForm
from governance.redaction.put_back import Doubt, Found
from surveys.questions import Unfit

ADVICE = UUID(int=4242)
TITLE = "Access points in the portables"


def recommended(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    sent = AdviceSent(
        recommendation_id=ADVICE,
        committee="Network",
        title=TITLE,
        advice="Two access points in each portable, this winter.",
        about=("Reliable networks in every room", "ITR 4.2"),
        voices=12,
        sent_at=now,
    )
    form = DecisionForm(recommendation_id=ADVICE, committee="Network", title=TITLE, accept=True)
    settled = AdviceSettled(
        recommendation_id=ADVICE,
        committee="Network",
        title=TITLE,
        accepted=True,
        reason="Forty of them arrive in March.",
        by="Ramona Castellanos",
        at=now,
    )
    told = Told(
        item_id=UUID(int=4243),
        news=News.DECLINED,
        said="The wifi in the portables drops every afternoon",
        received_at=now,
        committee="Network",
        advice=TITLE,
        reason="There is no money for it before July.",
    )
    return {
        "advice_sent": sent,
        "advice_sent_by_few": replace(sent, title=hostile, advice=hostile, about=(), voices=None),
        "decision_form": form,
        "decision_form_unfit": replace(
            form,
            title=hostile,
            accept=False,
            unfit={"reason": Unfit(why="Say why. Everyone who contributed will see it.")},
        ),
        "decision_form_doubt": replace(
            form,
            reason="Harper Wing gets them first, as Emily Johnson asked.",
            doubt=Doubt(
                found=(
                    Found(key="81f0c4", words="Harper Wing", kind="PERSON"),
                    Found(key="5ab7d2", words="Emily Johnson", kind="PERSON"),
                ),
                stay=("81f0c4",),
            ),
        ),
        "advice_settled": settled,
        "advice_settled_to_committee": replace(
            settled, accepted=False, reason=hostile, to_committee=True
        ),
        "told_declined": told,
        "told_accepted": replace(told, news=News.ACCEPTED, advice=hostile, reason=hostile),
    }
