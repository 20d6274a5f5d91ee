"""What the pages about service notices show."""

from __future__ import annotations

from governance.service_notices.commands import (
    ShowServiceForm,
    ShowServiceNotice,
    ShowServiceStatus,
    ShowUpdateForm,
)
from tests.bot.samples.service_notice import service_notices
from tests.bot.web.examples import HOSTILE

SAID = service_notices(HOSTILE)
ANSWERS = {
    ShowServiceStatus: SAID["service_status"],
    ShowServiceNotice: SAID["service_view"],
    ShowServiceForm: SAID["service_form"],
    ShowUpdateForm: SAID["service_update_form"],
}
