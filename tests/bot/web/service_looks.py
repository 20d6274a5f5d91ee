"""The pages about service notices in each of their states."""

from __future__ import annotations

from governance.service_notices.commands import (
    ShowServiceForm,
    ShowServiceNotice,
    ShowServiceStatus,
    ShowUpdateForm,
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
    page("/do/service-form", (ShowServiceForm, SAID["service_form_unfit"])),
    page(f"/do/service-update-form|{OUTAGE}"),
    page(f"/do/service-update-form|{OUTAGE}|last", (ShowUpdateForm, SAID["service_end_form"])),
)
