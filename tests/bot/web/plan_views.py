"""What the pages about the plan show."""

from __future__ import annotations

from governance.goals.commands import ShowGoal, ShowGoals, ShowIndicatorForm, ShowReadingForm
from tests.bot.samples.plan import plan
from tests.bot.web.examples import HOSTILE

SAID = plan(HOSTILE)
ANSWERS = {
    ShowGoals: SAID["plan"],
    ShowGoal: SAID["goal"],
    ShowIndicatorForm: SAID["indicator_form"],
    ShowReadingForm: SAID["reading_form"],
}
