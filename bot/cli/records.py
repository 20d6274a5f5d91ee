"""``records``: which answers to surveys are kept after they have closed."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.operating import operate

records = typer.Typer(help="Answers kept from closed surveys.", no_args_is_help=True)


@records.command("list")
def records_list() -> None:
    """Surveys under a records hold, and sealed answers of earlier versions."""
    operate("records-list")


@records.command("hold")
def records_hold(
    wave: Annotated[str, typer.Argument(metavar="SURVEY", help="The id of a survey.")],
    reason: Annotated[str, typer.Option(help="Why. Everyone who was asked reads it.")],
) -> None:
    """Keep the answers of a survey that has not closed, until "survey lift-hold"."""
    operate("records-hold", wave=wave, reason=reason)


@records.command("delete")
def records_delete(
    waves: Annotated[list[str], typer.Argument(help="The ids of the surveys.")],
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete the sealed answers that an earlier version kept of these surveys."""
    if not yes and not typer.confirm(f"Delete the answers of {len(waves)} surveys for good?"):
        typer.echo("Nothing was deleted.")
        return
    operate("records-delete", waves=waves)
