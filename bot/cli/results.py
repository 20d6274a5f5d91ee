"""The command that takes results along: ``survey export``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from bot.cli.operating import failure, operated, tell

if TYPE_CHECKING:
    from bot.exports.forms import Comments, Form
    from core.words import Words
    from surveys.results.exporting import Exported, SomeComments


def survey_export(
    wave: Annotated[str, typer.Argument(help="The wave's id.")],
    path: Annotated[Path, typer.Argument(help="A new file: .xlsx, .csv or .json.")],
    email: Annotated[
        str, typer.Option("--for", help="Who gets it: someone who may see these results.")
    ],
) -> None:
    """Write a survey's released results into a file, with a progress bar."""
    from bot.exports.forms import Form

    form = next((one for one in (Form.XLSX, Form.CSV, Form.JSON) if path.suffix == f".{one}"), None)
    if form is None:
        raise failure("Name a file that ends in .xlsx, .csv or .json.")
    comments = path.with_name(f"{path.stem}.{Form.COMMENTS}") if form is Form.CSV else None
    for new in filter(None, (path, comments)):
        if new.exists():
            raise failure(f"{new} already exists; choose a new name.")
    if not path.absolute().parent.is_dir():
        raise failure(f"There is no folder {path.absolute().parent}; make it first.")
    _export(wave, email, form, path, comments)


def _export(wave: str, email: str, form: Form, path: Path, comments: Path | None) -> None:
    import asyncio

    from bot.exports.forms import Form
    from bot.exports.operations import told_export
    from surveys.results.exporting import commented

    said = operated("survey-export", wave=wave, email=email, form=str(form))
    if not said.ok:
        tell(said)
    exported, words = told_export(said.lines[0])
    total = sum(commented(exported.results).values())
    files = [(form, path)] + ([(Form.COMMENTS, comments)] if comments and total else [])
    parts = {file: file.with_name(f"{file.name}.part") for _, file in files}
    try:
        with typer.progressbar(length=total or 1, label="Comments", file=sys.stderr) as bar:
            for one, file in files:
                said_so_far = _comments(exported, wave, email, bar.update)
                asyncio.run(_write(one, exported, words, said_so_far, parts[file]))
            if not total:
                bar.update(1)
        for file, part in parts.items():  # all are whole, or none is there
            part.rename(file)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    for _, file in files:
        typer.echo(f"Wrote {file}.")


async def _write(
    form: Form, exported: Exported, words: Words, comments: Comments, path: Path
) -> None:
    """A file that its owner alone may read."""
    from bot.exports.forms import written

    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        async for piece in written(form, exported, words, comments):
            file.write(piece)


async def _comments(
    exported: Exported, wave: str, email: str, done: Callable[[int], None]
) -> Comments:
    import asyncio

    from bot.exports.forms import all_comments
    from bot.exports.operations import told_comments

    def ask(question: str, after: UUID | None) -> SomeComments:
        given = {"question": question, "after": str(after) if after else None}
        said = operated("survey-export-comments", wave=wave, email=email, **given)
        if not said.ok:
            tell(said)
        return told_comments(said.lines[0])

    async def read(question: str, after: UUID | None) -> SomeComments:
        return await asyncio.to_thread(ask, question, after)

    async for question, some in all_comments(exported, read):
        yield question, some
        done(len(some))
