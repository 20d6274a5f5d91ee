"""A CSV file row by row, with the line of every row and the number of every column."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot.files.problems import MOST, Problem, one_of

LONGEST_CELL = 10_000
MOST_COLUMNS = 200
"""No export of a roster comes near. More are read neither as columns nor for what they meant."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """``cells`` by column name, trimmed; missing columns read as empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(kw_only=True)
class Table:
    """One CSV file while it is read; its problems gather here."""

    path: Path
    file: str
    needs: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    def problem(self, line: int, message: str, fix: str, column: str | None = None) -> None:
        number = self.columns.get(column) if column else None
        self.problems.append(
            Problem(file=self.file, line=line, column=number, message=message, fix=fix)
        )

    def rows(self) -> Iterator[Row]:
        """Streams the rows; stops early where the rest could not be trusted."""
        try:
            with self.path.open(encoding=_encoding(self.path), newline="") as lines:
                yield from self._parsed(lines)
        except UnicodeDecodeError:
            fix = 'Save the file as "CSV UTF-8".'
            self.problem(_undecodable(self.path), "This line is not UTF-8 text.", fix)
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            self.problem(1, f"The file cannot be read: {reason}.", "Add it to the folder.")

    def _parsed(self, text: TextIO) -> Iterator[Row]:
        lines = csv.reader(text, strict=True)
        header: list[str] | None = None
        line = 1
        try:
            for cells in lines:
                here, line = line, lines.line_num + 1
                if header is None:
                    if len(cells) > MOST_COLUMNS:
                        message = f"The file has {len(cells):,} columns."
                        fix = f"Remove those that are not needed: {MOST_COLUMNS} are the most."
                        self.problem(here, message, fix)
                        return
                    header = [cell.strip() for cell in cells]
                    if not self._header(header):
                        return
                elif filled(cells) and (row := self._row(header, cells, here)) is not None:
                    yield row
                if len(self.problems) > MOST:
                    return
        except csv.Error as error:
            fix = 'Check its quotes: a cell with a quote in it is written "He said ""yes""".'
            self.problem(line, f"This row is not CSV ({error}).", fix)
        if header is None:
            self.problem(1, "The file is empty.", f"Its first line names {', '.join(self.needs)}.")

    def _header(self, header: list[str]) -> bool:
        for number, name in enumerate(header, start=1):
            if name and name in self.columns:
                fix = "Remove one of them."
                self.problem(1, f'The column "{name}" appears twice.', fix, name)
            self.columns.setdefault(name, number)
        for name in self.needs:
            if name not in self.columns:
                unknown = [column for column in header if column not in self.needs]
                near = one_of(name, unknown) if unknown else ""
                fix = near if near.startswith("Did") else "Add it to the first line."
                self.problem(1, f'The column "{name}" is missing.', fix)
        return not self.problems

    def _row(self, header: list[str], cells: list[str], line: int) -> Row | None:
        if len(cells) != len(header):
            message = f"This row has {len(cells)} cells, the first line has {len(header)}."
            self.problem(line, message, "Put a cell with a comma in quotes; keep empty cells.")
            return None
        if max(map(len, cells), default=0) > LONGEST_CELL:
            self.problem(line, "A cell of this row is very long.", "Check its quotes.")
            return None
        return Row(line=line, cells=dict(zip(header, map(str.strip, cells), strict=True)))


def filled(cells: Sequence[str]) -> bool:
    """Whether a row says anything: spreadsheets leave empty ones at the end."""
    return any(map(str.strip, cells))


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark; UTF-16, which spreadsheets also write, by its mark."""
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
