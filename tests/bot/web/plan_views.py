"""What the pages about the plan show."""

from __future__ import annotations

from governance.goals.commands import ShowGoal, ShowGoals, ShowReadingForm
from tests.bot.samples.plan import plan
from tests.bot.web.examples import HOSTILE

SAID = plan(HOSTILE)
ANSWERS = {
    ShowGoals: SAID["plan"],
    ShowGoal: SAID["goal"],
    ShowReadingForm: SAID["reading_form"],
}
