"""What the pages about gaps show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.gaps.commands import (
    CloseGap,
    DecideGap,
    DeclineRisk,
    SendTicket,
    ShowGap,
    ShowGaps,
    ShowOrigins,
)
from governance.messages import Done, Message
from tests.bot.samples.practices_gaps import samples
from tests.bot.web.examples import HOSTILE

SAID = samples(HOSTILE)
ANSWERS = {
    ShowGaps: SAID["gaps"],
    ShowGap: SAID["gap"],
    ShowOrigins: Done(),
}
OPENS: Mapping[type, Message] = {
    DecideGap: SAID["decide_form"],
    DeclineRisk: SAID["decline_risk_form"],
    CloseGap: SAID["close_gap_form"],
    SendTicket: SAID["gap_ticket_form"],
}
