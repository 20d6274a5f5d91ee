"""What the pages about gaps show."""

from __future__ import annotations

from governance.gaps.commands import (
    ShowCloseForm,
    ShowDecideForm,
    ShowGap,
    ShowGaps,
    ShowOrigins,
    ShowTicketForm,
)
from governance.messages import Done
from tests.bot.samples.gap import gaps
from tests.bot.web.examples import HOSTILE

SAID = gaps(HOSTILE)
ANSWERS = {
    ShowGaps: SAID["gaps"],
    ShowGap: SAID["gap"],
    ShowDecideForm: SAID["decide_form"],
    ShowCloseForm: SAID["close_gap_form"],
    ShowTicketForm: SAID["gap_ticket_form"],
    ShowOrigins: Done(),
}
