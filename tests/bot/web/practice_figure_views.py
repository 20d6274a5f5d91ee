"""What the pages of an assessment's figures show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.figure_commands import SetTarget, ShowPracticesReport
from governance.messages import Message
from tests.bot.samples.practices_figures import samples
from tests.bot.web.examples import HOSTILE

SAID = samples(HOSTILE)
ANSWERS = {
    ShowAssessment: SAID["practices_assessment"],
    ShowControl: SAID["practices_control"],
    ShowPracticesReport: SAID["practices_report"],
}
OPENS: Mapping[type, Message] = {
    SetTarget: SAID["practices_target_form"],
}
