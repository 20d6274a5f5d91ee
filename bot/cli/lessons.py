"""The command ``lesson``: lessons from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import operate

lesson = typer.Typer(help="Two-minute lessons with one question.", no_args_is_help=True)


@lesson.callback()
def _lesson() -> None:
    """A group, though it has one command yet."""


@lesson.command("import")
def lesson_import(
    path: Annotated[Path, typer.Argument(help="A YAML file of lessons.")],
) -> None:
    """Make drafts of a file's lessons. A lead of IT security or IT chooses a date and sends
    them."""
    operate("lesson-import", path=str(path.absolute()))
