"""The pages about priorities and goals in each of their states."""

from __future__ import annotations

from governance.alignment.commands import ShowAlignForm, ShowAlignment
from tests.bot.samples.alignment import RANKED_WAVE
from tests.bot.web.alignment_views import SAID
from tests.bot.web.looking import page

_ONE = f"/results/{RANKED_WAVE}/goals"
_FORM = f"/do/align-form|{RANKED_WAVE}|0"

ALIGNMENT = (
    page(_ONE),
    page(_ONE, locale="es"),
    *(
        page(_ONE, (ShowAlignment, SAID[name]))
        for name in (
            "alignment_begun",
            "alignment_unnamed",
            "alignment_too_few",
            "alignment_retired",
            "alignment_for_the_lead",
            "alignment_decided",
        )
    ),
    page(f"{_ONE}/tell"),
    page(_FORM),
    page(_FORM, locale="es"),
    page(_FORM, (ShowAlignForm, SAID["align_form_last"])),
)
