"""What the pages show on which assessments are run and answered."""

from __future__ import annotations

from collections.abc import Mapping

from governance.controls.answer_commands import AnswerNext, AnswerSafeguard, HandOverSafeguards
from governance.controls.commands import ShowPractices, ShowSafeguard
from governance.controls.running_commands import (
    ReviewNext,
    ReviewSafeguard,
    ShowClosing,
    ShowControlReview,
    ShowOpening,
    ShowOwnersForm,
    ShowRun,
    WriteAssessment,
)
from governance.messages import Message
from tests.bot.samples.practices import practices
from tests.bot.web.examples import HOSTILE

SAID = practices(HOSTILE)
ANSWERS = {
    ShowPractices: SAID["practices_iso"],
    ShowRun: SAID["assessment_run"],
    ShowOwnersForm: SAID["owners_form"],
    ShowOpening: SAID["assessment_opening"],
    ShowClosing: SAID["assessment_closing"],
    AnswerNext: SAID["assess_form"],
    ShowSafeguard: SAID["safeguard"],
    ReviewNext: SAID["review_form"],
    ShowControlReview: SAID["review_control"],
}
OPENS: Mapping[type, Message] = {
    WriteAssessment: SAID["assessment_form"],
    AnswerSafeguard: SAID["assess_form"],
    ReviewSafeguard: SAID["review_form"],
    HandOverSafeguards: SAID["hand_over_safeguard"],
}
