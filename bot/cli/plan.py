"""The commands ``plan``: readings of its indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import operate

plan = typer.Typer(help="The plan: readings of its indicators.", no_args_is_help=True)
reading = typer.Typer(help="Readings of the plan’s indicators.", no_args_is_help=True)
plan.add_typer(reading, name="reading")


@reading.command("import")
def reading_import(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV: goal, indicator, on, value, note.")
    ],
) -> None:
    """Import the readings in a CSV file: all or none. They replace those of the same day."""
    operate("reading-import", path=str(path.absolute()))
