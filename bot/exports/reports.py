"""The figures of a report as a CSV file."""

from __future__ import annotations

from bot.exports.safe_cells import csv_file
from core.cards import flat
from core.reports import Table


def report_csv(data: Table) -> bytes:
    return csv_file(data.heads, ([flat(cell.text) for cell in row] for row in data.rows))
