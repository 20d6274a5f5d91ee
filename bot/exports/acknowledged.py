"""Who has confirmed an announcement by its date and who owes it, as a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.exports.safe_cells import csv_file
from governance.duties.model import DutyRow

COLUMNS = ("name", "email", "role", "building", "due", "state", "done_on", "way", "reminders")


def acknowledged_csv(rows: Sequence[DutyRow]) -> bytes:
    """``state``: done, late or open. ``done_on`` is a day, and no file or page has a time."""
    return csv_file(
        COLUMNS,
        (
            (
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
            for one in rows
        ),
    )
