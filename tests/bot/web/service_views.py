"""What the pages about service notices show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.messages import Message
from governance.service_notices.commands import (
    PostUpdate,
    ShowServiceNotice,
    ShowServiceStatus,
    WriteServiceNotice,
)
from tests.bot.samples.service_notice import service_notices
from tests.bot.web.examples import HOSTILE

SAID = service_notices(HOSTILE)
ANSWERS = {
    ShowServiceStatus: SAID["service_status"],
    ShowServiceNotice: SAID["service_view"],
}
OPENS: Mapping[type, Message] = {
    WriteServiceNotice: SAID["service_form"],
    PostUpdate: SAID["service_update_form"],
}
