"""Recommendations as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.words import Words
from governance.duplicates.model import SaidBy
from governance.messages import Message, News, Told
from governance.recommendations import forms, wording
from governance.recommendations.commands import DecideAdvice, WriteAdvice
from governance.recommendations.messages import AdviceSent, AdviceSettled
from governance.recommendations.model import (
    AdviceState,
    AdviceView,
    Recommendation,
)
from governance.redaction.put_back import Doubt, Found
from governance.references.model import Bound, BoundKind, BoundLine
from surveys.questions import Unfit
from tests.bot.samples.forms import form

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
    accept, decline = (
        DecideAdvice(recommendation_id=ADVICE, accept=accept) for accept in (True, False)
    )
    accepting = forms.deciding(ADVICE, TITLE, accept=True)
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
        "decision_form": form(accept, accepting),
        "decision_form_unfit": form(
            decline,
            forms.deciding(ADVICE, hostile, accept=False),
            unfit={"reason": Unfit(why="Say why. Everyone who contributed will see it.")},
        ),
        "decision_form_doubt": form(
            replace(accept, reason="Harper Wing gets them first, as Emily Johnson asked."),
            accepting,
            doubt=Doubt(
                found=(
                    Found(key="81f0c4", words="Harper Wing", kind="PERSON"),
                    Found(key="5ab7d2", words="Emily Johnson", kind="PERSON"),
                ),
                stay=("81f0c4",),
            ),
        ),
        "advice_settled": settled,
        **_pages(hostile, now),
        "advice_settled_to_committee": replace(
            settled, accepted=False, reason=hostile, to_committee=True
        ),
        "told_declined": told,
        "told_accepted": replace(told, news=News.ACCEPTED, advice=hostile, reason=hostile),
    }


RULE = Bound(kind=BoundKind.RULE, key="ITR 4.2")
GOAL = Bound(kind=BoundKind.GOAL, key="networks", version=1)


def _pages(hostile: str, now: datetime) -> Mapping[str, Message]:
    """Being written, written, sent, and accepted with what came of it."""
    write = WriteAdvice(recommendation_id=ADVICE, queue="network")
    goals = (("networks", "Reliable networks in every room"),)

    def alike(words: Words) -> str:
        return wording.choice(words, "The wifi in the portables drops", SaidBy(people=7))

    opening = forms.advice(
        None,
        queue="network",
        committee="Network",
        items=(("one", alike), ("two", hostile)),
        goals=goals,
    )
    nothing = forms.advice(None, queue="network", committee="Network", items=(), goals=goals)
    found = Recommendation(
        id=ADVICE,
        queue="network",
        title=TITLE,
        advice="Two access points in each portable, this winter.",
        written_at=now,
        state=AdviceState.SENT,
        sent_at=now,
        about=(GOAL, RULE),
    )
    waits = AdviceView(
        recommendation=found,
        committee="Network",
        about=(
            BoundLine(bound=GOAL, name="Reliable networks in every room", now=2),
            BoundLine(bound=RULE, name="ITR 4.2"),
        ),
        voices=12,
        decides=True,
    )
    accepted = replace(
        found,
        state=AdviceState.ACCEPTED,
        reason="Forty of them arrive in March.",
        decided_at=now,
        outcome="They are installed.",
        outcome_at=now,
    )
    told = replace(waits, recommendation=accepted, decided_by="Ramona Castellanos")
    return {
        "advice_form": form(replace(write, items=("one",)), opening),
        "advice_form_unfit": form(
            write,
            nothing,
            unfit={
                "title": Unfit(why="Say in a few words what you recommend."),
                "rule": Unfit(why="Choose what it is about: messages, a goal or a rule."),
            },
        ),
        "advice_waits": waits,
        "advice_draft": replace(
            waits,
            recommendation=replace(found, state=AdviceState.DRAFT, sent_at=None),
            items=("The wifi in the portables drops", hostile),
            mine=True,
            leads=True,
            decides=False,
            voices=None,
        ),
        "advice_accepted": told,
        "advice_read_by_all": replace(told, decides=False),
        "advice_outcome_unfit": replace(
            told, unfit={"outcome": Unfit(why="Say what has changed.")}
        ),
    }
