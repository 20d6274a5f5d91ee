"""Cells that a spreadsheet reads as what they are: text as text, never as a formula.

What somebody typed may begin with a sign that makes a spreadsheet calculate, fetch or run
something (OWASP, "CSV Injection"). Numbers are written as numbers and need no guard.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")
"""OWASP's list with its full-width forms, and two that older spreadsheets take for commands."""

_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00a0 \0"
"""What programs skip before they look at the first sign."""

GUARD = "'"
"""Every spreadsheet program takes what follows for text."""


def risky(text: str) -> bool:
    """Whether a spreadsheet could read this text as something to do."""
    seen = text.lstrip(_UNSEEN)
    return bool(seen) and (seen[0] in _BEGINS_A_FORMULA or text[0] in "\0\ufeff")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file."""
    told = text.replace("\0", "")
    return f"{GUARD}{told}" if risky(text) else told


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file that spreadsheets open as UTF-8, each cell guarded."""
    said = io.StringIO(newline="")
    out = csv.writer(said)
    for row in (columns, *rows):
        out.writerow([guarded(cell) for cell in row])
    return ("\ufeff" + said.getvalue()).encode(errors="replace")
