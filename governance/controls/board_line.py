"""What a Board report says about assessments: that one was completed or begun, or is underway. A
report may be public, so it has no score, count or gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.words import Words, known_locale
from governance.board_reports.further import BoardLine, Wording
from governance.board_reports.overlapping import span
from governance.board_reports.periods import Period
from governance.controls.figures import figures
from governance.controls.model import Assessment, AssessmentState, Framework
from governance.ports import GovernanceStore


def assessed(store: GovernanceStore, period: Period, _: datetime) -> Iterator[Wording]:
    """One line for each assessment that closed in the period and has answers, the latest first.
    Then one line if any is still open."""
    since, until = span(store, period)
    under_way = False
    for one in store.assessments():
        framework = store.framework(one.framework, one.version)
        if framework is None:
            continue
        if one.closed_at is not None:
            if since <= one.closed_at < until:
                counts = figures(one, framework, store.assessed(one.id)).overall.counts
                if counts.answered:
                    yield partial(_closed, one, framework, one.closed_at, counts.half_assessed)
        elif one.state is AssessmentState.OPEN and one.opened_at and one.opened_at < until:
            under_way = True
    if under_way:
        yield lambda words: words.say("A new assessment is underway.")


def _closed(one: Assessment, framework: Framework, at: datetime, most: bool, words: Words) -> str:
    name = f"{words.text(framework.name)} {framework.version}"
    groups = {group.key: words.text(group.name) for group in framework.groups}
    against = f"{name} ({groups.get(one.group, one.group)})" if len(groups) > 1 else name
    day = at.astimezone(ZoneInfo(words.timezone)).date()
    month = format_date(day, words.say("MMMM y"), locale=known_locale(words.locale))
    told = {"framework": against, "month": month}
    if not most:
        return words.say(
            "The district has begun to assess its practices against {framework}.",
            framework=against,
        )
    if one.controls:
        return words.say(
            "The district assessed its practices against parts of {framework} in {month}.", **told
        )
    return words.say("The district assessed its practices against {framework} in {month}.", **told)


BOARD_LINES: tuple[BoardLine, ...] = (assessed,)
