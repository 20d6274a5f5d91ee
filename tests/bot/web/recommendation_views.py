"""Recommendations as the web shows them: being written, sent, decided, and what changed."""

from __future__ import annotations

from dataclasses import replace

from governance.recommendations.model import (
    AdviceForm,
    AdviceLine,
    AdviceState,
    AdviceView,
    ChangesView,
    Recommendation,
)
from governance.references.model import Bound, BoundKind, BoundLine
from surveys.questions import Unfit
from tests.bot.samples.recommendation import ADVICE, TITLE
from tests.bot.web.examples import HOSTILE, NOW

RULE = Bound(kind=BoundKind.RULE, key="ITR 4.2")
GOAL = Bound(kind=BoundKind.GOAL, key="networks", version=1)
_SENT = Recommendation(
    id=ADVICE,
    queue="network",
    title=TITLE,
    advice="Two access points in each portable, this winter.",
    written_at=NOW,
    state=AdviceState.SENT,
    sent_at=NOW,
    about=(GOAL, RULE),
)
FORM = AdviceForm(
    recommendation_id=ADVICE,
    queue="network",
    committee="Network",
    choices=(("one", "The wifi in the portables drops"), ("two", HOSTILE)),
    goals=(("networks", "Reliable networks in every room"),),
    items=("one",),
)
WRONG = replace(
    FORM,
    choices=(),
    unfit={
        "title": Unfit(why="Say in a few words what you recommend."),
        "items": Unfit(why="Choose what it is about: messages, a goal or a rule."),
    },
)
SENT = AdviceView(
    recommendation=_SENT,
    committee="Network",
    about=(
        BoundLine(bound=GOAL, name="Reliable networks in every room", now=2),
        BoundLine(bound=RULE, name="ITR 4.2"),
    ),
    voices=12,
    decides=True,
)
DRAFTED = replace(
    SENT,
    recommendation=replace(_SENT, state=AdviceState.DRAFT, sent_at=None),
    items=("The wifi in the portables drops", HOSTILE),
    mine=True,
    leads=True,
    decides=False,
    voices=None,
)
ACCEPTED = replace(
    SENT,
    recommendation=replace(
        _SENT,
        state=AdviceState.ACCEPTED,
        reason="Forty of them arrive in March.",
        decided_at=NOW,
        outcome="They are installed.",
        outcome_at=NOW,
    ),
    decided_by="Ramona Castellanos",
)
CHANGES = ChangesView(changes=(ACCEPTED,))
LINES = (
    AdviceLine(id=ADVICE, title=TITLE, committee="Network", state=AdviceState.SENT, at=NOW),
    AdviceLine(id=ADVICE, title=HOSTILE, committee="Network", state=AdviceState.DECLINED, at=NOW),
)
