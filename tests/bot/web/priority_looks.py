"""The pages about pairs and the ideas of staff in each of their states."""

from __future__ import annotations

from governance.priorities.commands import ShowIdeas, ShowIdeasBySurvey
from surveys.commands import ShowPage
from tests.bot.samples.priority import WAVE
from tests.bot.web.looking import page
from tests.bot.web.priority_views import SAID

_PAIRS, _IDEAS = f"/surveys/{WAVE}", f"/ideas/{WAVE}"

PRIORITIES = (
    *(
        page(_PAIRS, (ShowPage, SAID[name]))
        for name in ("pairs_begin", "pair_to_compare", "pairs_stopped", "pairs_done")
    ),
    page("/ideas"),
    page("/ideas", (ShowIdeasBySurvey, SAID["ideas_by_survey_none"])),
    page(_IDEAS),
    page(_IDEAS, locale="es"),
    page(_IDEAS, (ShowIdeas, SAID["ideas_read"])),
)
