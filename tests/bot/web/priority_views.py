"""What the pages about pairs and the ideas of staff show."""

from __future__ import annotations

from governance.priorities.commands import ShowIdeas, ShowIdeasBySurvey
from tests.bot.samples.priority import priorities
from tests.bot.web.examples import HOSTILE

SAID = priorities(HOSTILE)
ANSWERS = {ShowIdeas: SAID["idea_to_read"], ShowIdeasBySurvey: SAID["ideas_by_survey"]}
