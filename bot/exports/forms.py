"""Exports piece by piece: CSV, JSON and XLSX, in the same memory for ten comments and for a
hundred thousand."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.exports.codebook import codebook
from bot.exports.records import COLUMNS, Value, records
from bot.exports.safe_cells import guarded
from core.words import Words
from surveys.results.exporting import Exported, SomeComments, commented

Comments = AsyncIterator[tuple[str, tuple[str, ...]]]
"""Questions' keys with some of their comments."""

Reading = Callable[[str, UUID | None], Awaitable[SomeComments]]

PIECE = 64 * 1024
"""Bytes of a spreadsheet's file that are handed on at once."""


class Form(StrEnum):
    """How an export is written; also how its file's name ends."""

    CSV = "csv"
    COMMENTS = "comments.csv"
    JSON = "json"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        return _MEDIA[self]


_MEDIA: Mapping[Form, str] = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.COMMENTS: "text/csv; charset=utf-8",
    Form.JSON: "application/json",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def all_comments(exported: Exported, read: Reading) -> Comments:
    """All released comments, some at a time."""
    for question in commented(exported.results):
        after: UUID | None = None
        while True:
            some = await read(question, after)
            yield question, some.comments
            after = some.after
            if after is None:
                break


async def written(
    form: Form, exported: Exported, words: Words, comments: Comments
) -> AsyncIterator[bytes]:
    """The file's bytes, as they come to be."""
    match form:
        case Form.CSV:
            yield csv_of((COLUMNS, *(one.values() for one in records(exported.results, words))))
        case Form.COMMENTS:
            yield csv_of([("question", "prompt", "comment")])
            prompts = _prompts(exported, words)
            async for question, some in comments:
                rows = ((question, prompts.get(question, ""), said) for said in some)
                yield csv_of(rows, first=False)
        case Form.JSON:
            async for piece in _json(exported, words, comments):
                yield piece.encode()
        case Form.XLSX:
            async with aclosing(_xlsx(exported, words, comments)) as parts:
                async for part in parts:
                    yield part


def csv_of(rows: Iterable[Iterable[Value]], *, first: bool = True) -> bytes:
    """With a mark in front, by which spreadsheets know UTF-8."""
    lines = io.StringIO(newline="")
    write = csv.writer(lines).writerow
    for row in rows:
        write([guarded(value) if isinstance(value, str) else value for value in row])
    return (("\ufeff" if first else "") + lines.getvalue()).encode(errors="replace")


async def _json(exported: Exported, words: Words, comments: Comments) -> AsyncIterator[str]:
    head = {
        "codebook": codebook(exported, words),
        "results": [
            dict(zip(COLUMNS, one.values(), strict=True))
            for one in records(exported.results, words)
        ],
    }
    yield json.dumps(head)[:-1] + ', "comments": {'
    last: str | None = None
    async for question, some in comments:
        if question != last:
            yield ("" if last is None else "], ") + json.dumps(question) + ": ["
        said = ", ".join(map(json.dumps, some))
        yield (", " if question == last and said else "") + said
        last = question
    yield ("" if last is None else "]") + "}}\n"


async def _xlsx(
    exported: Exported, words: Words, comments: Comments
) -> AsyncGenerator[bytes, None]:
    from bot.exports.workbook import Workbook

    # A folder of its own: what is broken off halfway leaves nothing of the comments on the disk.
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile(dir=folder) as file:
        book = await asyncio.to_thread(Workbook, file, exported, words, folder)
        prompts = _prompts(exported, words)
        try:
            async for question, some in comments:
                await asyncio.to_thread(book.comments, prompts.get(question, question), some)
        finally:  # it holds files open until it is closed
            await asyncio.to_thread(book.close)
        file.seek(0)
        while part := await asyncio.to_thread(file.read, PIECE):
            yield part


def _prompts(exported: Exported, words: Words) -> Mapping[str, str]:
    return {
        result.question: words.text(result.prompt)
        for table in exported.results.tables
        for cell in table.cells
        for result in cell.questions
    }


def file_name(exported: Exported, form: Form) -> str:
    """A name that every file system takes: the survey's key and the day."""
    day: Any = exported.results.as_of.date()
    return f"{exported.survey.key}-{day.isoformat()}.{form.value}"
