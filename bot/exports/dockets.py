"""A committee's items as a CSV file, in their redacted words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.exports.safe_cells import csv_file
from governance.docket.messages import DocketLine
from governance.duplicates.model import TOLD_FROM

COLUMNS = (
    "state",
    "subject",
    "words",
    "theme",
    "people",
    "received",
    "answer_by",
    "with",
    "put_aside_until",
    "put_aside_why",
)


def docket_csv(lines: Sequence[DocketLine]) -> bytes:
    """``people``: how many say it; of fewer than five it is not said exactly."""
    return csv_file(
        COLUMNS,
        (
            (
                one.state.value,
                one.subject,
                one.redacted,
                one.theme,
                _people(one),
                one.received_at.date().isoformat(),
                one.due_at.date().isoformat() if one.due_at else "",
                one.assigned_to or "",
                one.aside.until.isoformat() if one.aside else "",
                one.aside.why if one.aside else "",
            )
            for one in lines
        ),
    )


def _people(one: DocketLine) -> str:
    if one.said_by is None:
        return "1"
    return str(one.said_by.people) if one.said_by.people else f"2 to {TOLD_FROM - 1}"
