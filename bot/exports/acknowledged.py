"""Who has confirmed an announcement by its date and who owes it, as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.exports.safe_cells import guarded
from governance.duties.model import DutyRow

COLUMNS = ("name", "email", "role", "building", "due", "state", "done_on", "way", "reminders")


def acknowledged_csv(rows: Sequence[DutyRow]) -> bytes:
    """``state``: done, late or open. ``done_on`` is a day, and no file or page has a time."""
    said = io.StringIO(newline="")
    out = csv.writer(said)
    out.writerow(COLUMNS)
    for one in rows:
        cells = (
            one.name,
            one.email,
            one.role,
            one.building,
            one.due.isoformat(),
            "open" if one.done_on is None else "late" if one.late else "done",
            one.done_on.isoformat() if one.done_on else "",
            one.way or "",
            str(one.reminders),
        )
        out.writerow([guarded(cell) for cell in cells])
    return ("\ufeff" + said.getvalue()).encode()
