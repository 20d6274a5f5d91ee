"""Excel workbooks, in which text is always text; and results as one: what it is, the figures, the
comments. Its rows go to disk as they are written (XlsxWriter's ``constant_memory``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

import xlsxwriter

from bot.exports.codebook import columns, rules
from bot.exports.records import COLUMNS, Value, records
from bot.exports.safe_cells import risky
from core.words import Words
from surveys.results.exporting import Exported

LONGEST = 32_767
"""Characters that Excel keeps in a cell."""

ROWS = 1_048_576
"""Rows that Excel keeps in a sheet."""


class Sheets:
    """A workbook of any kind, open until ``close``."""

    def __init__(self, file: IO[bytes], options: Mapping[str, object]) -> None:
        self._book = xlsxwriter.Workbook(file, dict(options))
        self._bold = self._book.add_format({"bold": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        # Excel's own mark for "this is text": it stays text when the cell is edited.
        self._guarded = self._book.add_format(
            {"text_wrap": True, "valign": "top", "quote_prefix": True}
        )

    def sheet(self, name: str, widths: Iterable[int]) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(name[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def headed(self, sheet: xlsxwriter.worksheet.Worksheet, names: Iterable[str]) -> int:
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self._bold)
        return 1

    def write(
        self, sheet: xlsxwriter.worksheet.Worksheet, row: int, values: Iterable[Value]
    ) -> None:
        for column, value in enumerate(values):
            if isinstance(value, str):
                form = self._guarded if risky(value) else self._wrapped
                sheet.write_string(row, column, value[:LONGEST], form)
            elif value is not None:
                sheet.write_number(row, column, value)

    def close(self) -> None:
        self._book.close()


class Workbook(Sheets):
    """Of results. Sheets are written one after the other, into files in ``folder`` until it is
    closed."""

    def __init__(self, file: IO[bytes], exported: Exported, words: Words, folder: str) -> None:
        super().__init__(file, {"constant_memory": True, "in_memory": False, "tmpdir": folder})
        self._words = words
        self._about(exported)
        self._figures(exported)
        self._said = self.sheet(words.say("Comments"), (40, 100))
        self._row = self.headed(self._said, (words.say("Question"), words.say("Comment")))

    def comments(self, prompt: str, some: Iterable[str]) -> None:
        for comment in some:
            if self._row >= ROWS:
                self._said, self._row = self.sheet("", (40, 100)), 0
            self.write(self._said, self._row, (prompt, comment))
            self._row += 1

    def _about(self, exported: Exported) -> None:
        words, results = self._words, exported.results
        say = words.say
        sheet = self.sheet(say("About"), (24, 90))
        state = say("Final results.") if results.final else say("The survey is still open.")
        rows: list[tuple[Value, ...]] = [
            (say("Survey"), words.text(exported.survey.title)),
            (say("As of"), words.when(results.as_of)),
            (say("State"), state),
            (say("People asked"), results.asked),
            (say("People who answered, about"), results.answered),
            *((say("Rule"), rule) for rule in rules(results, words)),
            *((name, told) for name, told in columns(words).items()),
        ]
        for row, values in enumerate(rows):
            self.write(sheet, row, values)

    def _figures(self, exported: Exported) -> None:
        sheet = self.sheet(self._words.say("Figures"), (14, 28, 12, 12, 12, 14, 44, 14, 32, 12))
        first = self.headed(sheet, COLUMNS)
        for row, record in enumerate(records(exported.results, self._words), start=first):
            self.write(sheet, row, record.values())
        sheet.freeze_panes(1, 0)
