"""The pages about gaps in each of their states."""

from __future__ import annotations

from uuid import UUID

from governance.forms.commands import Open
from governance.gaps.commands import ShowGap, ShowGaps, ShowOrigins
from tests.bot.samples.change import CHANGE
from tests.bot.web.gap_views import SAID
from tests.bot.web.looking import page

_GAP = f"/practices/tasks/{UUID(int=0x6A)}"
_FORM = f"/do/decide-practice-form|{UUID(int=0x6C)}|4.7"
_ORIGINS = (ShowOrigins, SAID["gap_origins"])

GAPS = (
    page("/practices/tasks"),
    page("/practices/tasks", locale="es"),
    page("/practices/tasks?state=transfer", (ShowGaps, SAID["gaps_none"])),
    page(_GAP),
    page(_GAP, (ShowGap, SAID["gap_worked_on"])),
    page(_GAP, (ShowGap, SAID["gap_worked_on"]), locale="es"),
    page(_GAP, (ShowGap, SAID["gap_of_its_owner"])),
    page(_GAP, (ShowGap, SAID["gap_closed"])),
    page(_FORM),
    page(_FORM, locale="es"),
    page(_FORM, (Open, SAID["decide_form_unfit"])),
    page(_FORM, (Open, SAID["decide_form_doubt"])),
    page(f"/do/close-practice-form|{UUID(int=0x6A)}"),
    page(f"/do/ticket-form|{UUID(int=0x6A)}"),
    page(f"/calendar/{CHANGE}", _ORIGINS),
)
