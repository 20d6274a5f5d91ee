"""The pages of Board reports in each of their states."""

from __future__ import annotations

from governance.board_reports.commands import (
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
)
from governance.forms.commands import Open
from tests.bot.samples.board_report import REPORT, REPORT_DRAFT
from tests.bot.web.board_views import SAID
from tests.bot.web.looking import page, stranger

_ONE, _DRAFT = f"/board/{REPORT}", f"/board/{REPORT_DRAFT}"

BOARD = (
    page("/board"),
    page("/board", (ShowReports, SAID["board_reports_none"])),
    stranger("/board"),
    page(_ONE),
    page(_ONE, locale="es"),
    page(_ONE, (ShowReport, SAID["board_report_corrected"])),
    page(_DRAFT, (ShowReport, SAID["board_report_draft"])),
    page(_DRAFT, (ShowReport, SAID["board_report_bare"])),
    stranger(_ONE),
    page(f"{_ONE}/you-said"),
    page(f"{_ONE}/you-said", locale="es"),
    stranger(f"{_ONE}/you-said"),
    page("/do/board-period-form"),
    page(f"/do/board-period-form|{REPORT_DRAFT}", (Open, SAID["board_period_form_unfit"])),
    page(f"/do/board-words-form|{REPORT_DRAFT}"),
    page(f"/do/board-words-form|{REPORT_DRAFT}", (ShowReportWords, SAID["board_words_form_doubt"])),
    page(f"/do/board-stories-form|{REPORT_DRAFT}"),
    page(f"/do/board-stories-form|{REPORT_DRAFT}", (ShowStories, SAID["board_stories_form_none"])),
    page(f"/do/board-correct-form|{REPORT}"),
)
