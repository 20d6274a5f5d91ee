"""What a Board report says of assessments: that there was one, and that one is under way. No score,
no count and no gap: a report may be public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.words import Words, known_locale
from governance.board_reports.further import BoardLine, Wording
from governance.board_reports.gathering import span
from governance.board_reports.periods import Period
from governance.controls.model import Assessment, AssessmentState, Framework
from governance.ports import GovernanceStore


def assessed(store: GovernanceStore, period: Period, _: datetime) -> Iterator[Wording]:
    """Those that closed in the period with an answer, the latest first; then those still open."""
    since, until = span(store, period)
    under_way = False
    for one in store.assessments():
        framework = store.framework(one.framework, one.version)
        if framework is None:
            continue
        if one.closed_at is not None:
            any_answer = any(row.answer.given for row in store.assessed(one.id))
            if since <= one.closed_at < until and any_answer:
                yield partial(_closed, one, framework, one.closed_at)
        elif one.state is AssessmentState.OPEN and one.opened_at and one.opened_at < until:
            under_way = True
    if under_way:
        yield lambda words: words.say("A new assessment is under way.")


def _closed(one: Assessment, framework: Framework, at: datetime, words: Words) -> str:
    name = f"{words.text(framework.name)} {framework.version}"
    groups = {group.key: words.text(group.name) for group in framework.groups}
    against = f"{name} ({groups.get(one.group, one.group)})" if len(groups) > 1 else name
    day = at.astimezone(ZoneInfo(words.timezone)).date()
    month = format_date(day, words.say("MMMM y"), locale=known_locale(words.locale))
    if one.controls:
        return words.say(
            "The district assessed its practices against parts of {framework} in {month}.",
            framework=against,
            month=month,
        )
    return words.say(
        "The district assessed its practices against {framework} in {month}.",
        framework=against,
        month=month,
    )


BOARD_LINES: tuple[BoardLine, ...] = (assessed,)
