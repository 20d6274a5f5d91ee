"""A list as a page shows it, as a CSV file: its columns, and all the rows that are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.exports.safe_cells import csv_file
from core.lists import ListPage, Row
from core.words import Words


def list_csv(words: Words, page: ListPage) -> bytes:
    """What stands in small letters below a title has a column of its own, and so have the headings
    between rows."""
    view = page.view
    title = next(n for n, one in enumerate(view.columns) if one.key == view.title)
    detailed = any(row.cells[title].detail for row in page.rows)
    grouped = not page.request.sort and any(row.group for row in page.rows)

    def cells(row: Row) -> Iterator[str]:
        if grouped:
            yield row.group
        for n, cell in enumerate(row.cells):
            yield cell.text
            if n == title and detailed:
                yield cell.detail

    def heads() -> Iterator[str]:
        if grouped:
            yield words.say("Group")
        for n, column in enumerate(view.columns):
            yield column.label
            if n == title and detailed:
                yield column.detail or words.say("Details")

    rows = [tuple(cells(row)) for row in page.rows]
    left = page.paging.matching - len(rows)
    if left > 0:
        more = words.count(
            "{n} more row is not in this file.", "{n} more rows are not in this file.", left
        )
        rows.append((more,))
    return csv_file(tuple(heads()), rows)
