"""Acknowledgements of the IT rules as a CSV file for the auditor.

Numbers and addresses are those of the day on which it is written; a row's ``seal`` is of what never
changes, and its ``line_seal`` of all that the file says. Its last line says how many rows there
are. Seals can be checked by whoever has the service's secret (``soundingboard rule verify``).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile

from bot.exports.safe_cells import guarded
from governance.acknowledgements.commands import Seal, WriteRows
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
    "line_seal",
)

END = "end"
"""In the place of a number: the last line."""

_IN_MEMORY, _PIECE = 1 << 20, 1 << 16


def cells(one: ExportedRow) -> tuple[str, ...]:
    """A row as it is written, in the order of ``COLUMNS``, without the seal of its line."""
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


def line_of(at: str, written: Sequence[str]) -> str:
    """What the seal of a line is of. ``at``: when its file was written."""
    return json.dumps([at, *written])


def end_of(rows: int, at: str) -> str:
    """What the seal of the last line is of."""
    return f"{END}\n{rows}\n{at}"


async def written(
    at: datetime, read: Callable[[WriteRows], Awaitable[object]]
) -> AsyncIterator[bytes]:
    """The file's bytes, all of them from one read, which is over before the first is given."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:

        def write(rows: Iterator[ExportedRow], seal: Seal) -> None:
            file.seek(0)
            file.truncate()
            file.write("\ufeff".encode() + _csv(COLUMNS))
            many, said = 0, at.isoformat()
            for many, one in enumerate(rows, start=1):  # noqa: B007 - how many there were
                found = cells(one)
                file.write(_csv((*found, seal(line_of(said, found)))))
            end = {"number": END, "time": said, "rules": many, "seal": seal(end_of(many, said))}
            file.write(_csv([str(end.get(column, "")) for column in COLUMNS]))

        await read(write)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _csv(row: Sequence[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(row)
    return line.getvalue().encode(errors="replace")
