"""The pages about service notices in each of their states."""

from __future__ import annotations

from governance.forms.commands import Open
from governance.service_notices.commands import (
    ShowServiceNotice,
    ShowServiceStatus,
)
from tests.bot.samples.service_notice import OUTAGE
from tests.bot.web.looking import page
from tests.bot.web.service_views import SAID

_ONE = f"/status/{OUTAGE}"

SERVICES = (
    page("/status"),
    page("/status", locale="es"),
    page("/status", (ShowServiceStatus, SAID["service_status_of_staff"])),
    page("/status", (ShowServiceStatus, SAID["service_status_quiet"])),
    page(_ONE),
    page(_ONE, (ShowServiceNotice, SAID["service_view_over"])),
    page("/do/service-form"),
    page("/do/service-form", (Open, SAID["service_form_unfit"])),
    page(f"/do/service-update-form|{OUTAGE}"),
    page(f"/do/service-update-form|{OUTAGE}|last", (Open, SAID["service_end_form"])),
)
