"""What the pages about the plan show."""

from __future__ import annotations

from governance.goals.commands import EnterReading, ShowGoal, ShowGoals, WriteIndicator
from tests.bot.samples.plan import plan
from tests.bot.web.examples import HOSTILE

SAID = plan(HOSTILE)
ANSWERS = {
    ShowGoals: SAID["plan"],
    ShowGoal: SAID["goal"],
}
OPENS = {
    WriteIndicator: SAID["indicator_form"],
    EnterReading: SAID["reading_form"],
}
