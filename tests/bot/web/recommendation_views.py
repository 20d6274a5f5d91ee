"""Recommendations as the web shows them: in the list of what changed, and in the CTO's."""

from __future__ import annotations

from typing import cast

from governance.recommendations.model import (
    AdviceLine,
    AdviceState,
    AdviceView,
    ChangesView,
    RecommendationsView,
)
from tests.bot.samples.recommendation import ADVICE, TITLE
from tests.bot.web.examples import HOSTILE, MESSAGES, NOW

CHANGES = ChangesView(changes=(cast(AdviceView, MESSAGES["advice_read_by_all"]),))
LINES = (
    AdviceLine(id=ADVICE, title=TITLE, committee="Network", state=AdviceState.SENT, at=NOW),
    AdviceLine(id=ADVICE, title=HOSTILE, committee="Network", state=AdviceState.DECLINED, at=NOW),
)
RECOMMENDATIONS = RecommendationsView(
    queue="network", name="Network and Infrastructure", recommendations=LINES, leads=True
)
