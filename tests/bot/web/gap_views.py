"""What the pages about gaps show."""

from __future__ import annotations

from governance.gaps.commands import (
    ShowCloseForm,
    ShowDecideForm,
    ShowDeclineForm,
    ShowGap,
    ShowGaps,
    ShowOrigins,
    ShowTicketForm,
)
from governance.messages import Done
from tests.bot.samples.practices_gaps import samples
from tests.bot.web.examples import HOSTILE

SAID = samples(HOSTILE)
ANSWERS = {
    ShowGaps: SAID["gaps"],
    ShowGap: SAID["gap"],
    ShowDecideForm: SAID["decide_form"],
    ShowDeclineForm: SAID["decline_risk_form"],
    ShowCloseForm: SAID["close_gap_form"],
    ShowTicketForm: SAID["gap_ticket_form"],
    ShowOrigins: Done(),
}
