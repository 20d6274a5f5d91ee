"""Acknowledgements of the IT rules as a CSV file for the auditor, and reading one again.

Its last line says how many rows there are; its seal, like that of each row, can be checked by
whoever has the service's secret (``soundingboard rule verify``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

from bot.exports.safe_cells import guarded
from governance.acknowledgements.commands import Cursor
from governance.acknowledgements.handlers import END
from governance.acknowledgements.messages import AcknowledgementExport, SomeAcknowledgements
from governance.acknowledgements.model import ExportedRow

COLUMNS = (
    "number",
    "title",
    "version",
    "content_hash",
    "person",
    "time",
    "way",
    "year",
    "rules",
    "seal",
    "person_id",
    "set_id",
    "rule_id",
)

Reading = Callable[[Cursor | None], Awaitable[SomeAcknowledgements]]


def cells(one: ExportedRow) -> tuple[str, ...]:
    """A row as it is written, in the order of ``COLUMNS``."""
    row = one.row
    return tuple(
        map(
            guarded,
            (
                one.number,
                one.title,
                str(row.version),
                row.digest,
                one.email,
                row.at.isoformat(),
                row.way,
                one.year,
                str(row.rules),
                row.seal,
                str(row.person),
                str(row.set_id),
                str(row.rule_id),
            ),
        )
    )


def end_cells(export: AcknowledgementExport) -> tuple[str, ...]:
    """The last line: how many rows, until when, with its seal."""
    said = {
        "number": END,
        "time": export.at.isoformat(),
        "rules": str(export.rows),
        "seal": export.seal,
    }
    return tuple(said.get(column, "") for column in COLUMNS)


async def written(export: AcknowledgementExport, read: Reading) -> AsyncIterator[bytes]:
    """The file's bytes, some rows at a time."""
    yield "\ufeff".encode() + _csv([COLUMNS])
    after: Cursor | None = None
    while True:
        some = await read(after)
        yield _csv(map(cells, some.rows))
        after = some.after
        if after is None:
            break
    yield _csv([end_cells(export)])


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode(errors="replace")
