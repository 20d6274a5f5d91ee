"""The pages of an assessment's figures in each of their states."""

from __future__ import annotations

from governance.controls.commands import ShowAssessment
from governance.forms.commands import Open
from tests.bot.samples.practices_figures import ASSESSMENT
from tests.bot.web.looking import page
from tests.bot.web.practice_figure_views import SAID

_ONE = f"/practices/{ASSESSMENT}"
_FORM = f"/do/target-form|{ASSESSMENT}|4"

PRACTICE_FIGURES = (
    page(_ONE),
    page(_ONE, locale="es"),
    *(
        page(_ONE, (ShowAssessment, SAID[name]))
        for name in (
            "practices_summary",
            "practices_summary_open",
            "practices_begun",
            "practices_own",
        )
    ),
    page(f"{_ONE}/controls/4"),
    page(f"{_ONE}/controls/4", locale="es"),
    page(f"{_ONE}/report"),
    page(f"{_ONE}/report", locale="es"),
    page(_FORM),
    page(_FORM, (Open, SAID["practices_target_unfit"])),
)
