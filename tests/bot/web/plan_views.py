"""What the pages about the plan show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.goals.commands import EnterReading, ShowGoal, ShowGoals, WriteIndicator
from governance.messages import Message
from tests.bot.samples.plan import plan
from tests.bot.web.examples import HOSTILE

SAID = plan(HOSTILE)
ANSWERS = {
    ShowGoals: SAID["plan"],
    ShowGoal: SAID["goal"],
}
OPENS: Mapping[type, Message] = {
    WriteIndicator: SAID["indicator_form"],
    EnterReading: SAID["reading_form"],
}
