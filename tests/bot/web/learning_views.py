"""What the pages about training show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.learning.commands import (
    CancelSession,
    ShowAttendance,
    ShowGuide,
    ShowLearning,
    ShowSession,
    WriteGuide,
    WriteSession,
)
from governance.messages import Message
from tests.bot.samples.learning import learning
from tests.bot.web.examples import HOSTILE

SAID = learning(HOSTILE)
ANSWERS = {
    ShowLearning: SAID["learning"],
    ShowSession: SAID["session"],
    ShowAttendance: SAID["attendance"],
    ShowGuide: SAID["guide"],
}
OPENS: Mapping[type, Message] = {
    CancelSession: SAID["session_cancel_form"],
    WriteGuide: SAID["guide_form"],
    WriteSession: SAID["session_form"],
}
