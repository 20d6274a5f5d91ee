"""What the pages of Board reports show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
)
from governance.messages import Message
from tests.bot.samples.board_report import board_reports
from tests.bot.web.examples import HOSTILE

SAID = board_reports(HOSTILE)
ANSWERS = {
    ShowReports: SAID["board_reports"],
    ShowReport: SAID["board_report_office"],
    ShowReportWords: SAID["board_words_form"],
    ShowStories: SAID["board_stories_form"],
}


def in_public(command: ReadReportInPublic) -> Message:
    """This district has a report on its public page."""
    return SAID["board_report" if command.report_id else "board_reports_of_staff"]


OPENS: Mapping[type, Message] = {
    ChoosePeriod: SAID["board_period_form"],
    CorrectReport: SAID["board_correction_form"],
}
