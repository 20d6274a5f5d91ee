"""The pages on which assessments are run and answered, in each of their states."""

from __future__ import annotations

from governance.controls import addresses
from governance.controls.commands import ShowPractices, ShowSafeguard
from governance.controls.running_commands import (
    ShowOwnersForm,
    ShowRun,
)
from governance.forms.commands import Open
from tests.bot.samples.practices_assess import WINTER
from tests.bot.web.assessing_views import SAID
from tests.bot.web.looking import page

_ANSWER = addresses.answer(WINTER, "4.1")
_REVIEW = addresses.review(WINTER, "4.1")
_SAFEGUARD = addresses.safeguard(WINTER, "4.1")

ASSESSING = (
    page(addresses.PRACTICES),
    page(addresses.PRACTICES, (ShowPractices, SAID["practices_owner"])),
    page(addresses.PRACTICES, (ShowPractices, SAID["practices_owner"]), locale="es"),
    page(addresses.PRACTICES, (ShowPractices, SAID["practices_none"])),
    page(addresses.begin("cis")),
    page(addresses.begin("cis"), (Open, SAID["assessment_form_unfit"])),
    page(addresses.run(WINTER)),
    page(addresses.run(WINTER), locale="es"),
    page(addresses.run(WINTER), (ShowRun, SAID["assessment_draft"])),
    page(addresses.owners(WINTER)),
    page(addresses.owners(WINTER), locale="es"),
    page(addresses.owners(WINTER, "4"), (ShowOwnersForm, SAID["owners_of_control"])),
    page(addresses.owners(WINTER), (ShowOwnersForm, SAID["owners_table_unfit"])),
    page(addresses.owners_file(WINTER)),
    page(addresses.owners_file(WINTER), (ShowOwnersForm, SAID["owners_unfit"])),
    page(f"/do/assessment-opening|{WINTER}"),
    page(f"/do/assessment-closing|{WINTER}"),
    page(_ANSWER),
    page(_ANSWER, locale="es"),
    page(_ANSWER, (Open, SAID["assess_form_back"])),
    page(_ANSWER, (Open, SAID["assess_form_taken_over"])),
    page(_ANSWER, (Open, SAID["assess_form_unfit"])),
    page(f"/do/hand-safeguard-form|{WINTER}|4.1"),
    page(_SAFEGUARD),
    page(_SAFEGUARD, (ShowSafeguard, SAID["safeguard_unassessed"])),
    page(_REVIEW),
    page(_REVIEW, (Open, SAID["review_back"])),
    page(addresses.control_review(WINTER, "4")),
)
