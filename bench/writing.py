"""Writes what was printed into the documentation: tables between their marks, and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .machine import Machine, in_words
from .measured import Figure, Section

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "benchmarks.md"
PICTURES = DOCS / "pictures"

_HEADINGS = ("", "demand", "measured", "beside it", "ratio", "reached")


def write_documentation(
    sections: Sequence[Section], machine: Machine, whole_run: float | None = None
) -> None:
    """Bring the page's tables up to date; what was not run stays as it is. ``whole_run``: seconds
    that everything together took; None where not everything ran."""
    page = PAGE.read_text(encoding="utf-8")
    for section in sections:
        page = replaced(page, section.key, as_table(section.figures))
        for picture in section.pictures:
            (PICTURES / f"{picture.name}.svg").write_text(picture.svg, encoding="utf-8")
    page = replaced(page, "machine", _told(machine, whole_run))
    page = replaced(page, "missed", _missed(page))
    PAGE.write_text(page, encoding="utf-8")


def _told(machine: Machine, whole_run: float | None) -> str:
    if whole_run is None:
        return f"{in_words(machine)}."
    return f"{in_words(machine)}. The whole run took {whole_run / 60:.1f} minutes."


def replaced(page: str, key: str, words: str) -> str:
    """The page with other words between a mark and its end; ``ValueError`` without the mark."""
    start, end = f"<!-- {key} -->", f"<!-- /{key} -->"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the page has no {start} … {end}")
    return f"{before}{start}\n\n{words}\n\n{end}{after}"


def as_table(figures: Sequence[Figure]) -> str:
    rows = [_row(_HEADINGS), _row(["---"] + ["---:"] * (len(_HEADINGS) - 1))]
    for one in figures:
        verdict = {True: "yes", False: "**no**", None: ""}[one.reached]
        rows.append(_row([one.what, one.demand, one.measured, one.baseline, one.ratio, verdict]))
    return "\n".join(rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _missed(page: str) -> str:
    """Of every table on the page, not only of those that were written now."""
    rows = re.findall(r"^\| (.+?) \| (.*?) \| (.*?) \|.*\*\*no\*\* \|$", page, re.M)
    if not rows:
        return "Every demand is reached."
    return "\n".join(f"- {what}: {measured}; demanded {demand}." for what, demand, measured in rows)
