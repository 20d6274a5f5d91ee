"""The commands of surveys that repeat: ``survey series``."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.operating import operate

series = typer.Typer(
    help="Surveys that repeat: list, pause, resume, stop, move a date.", no_args_is_help=True
)

Id = Annotated[str, typer.Argument(help="The series' id, as it was printed.")]
Why = Annotated[str, typer.Option("--why", help="Kept in the audit.")]


@series.command("list")
def series_list(
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were stopped.")
    ] = False,
) -> None:
    """List the surveys that repeat, and their next dates."""
    operate("series-list", all=everything)


@series.command("pause")
def series_pause(series_id: Id, why: Why) -> None:
    """Pause a series until it is resumed. Dates in the meantime are skipped."""
    operate("series-pause", series=series_id, why=why)


@series.command("resume")
def series_resume(series_id: Id) -> None:
    """Resume a series with the next date."""
    operate("series-resume", series=series_id)


@series.command("stop")
def series_stop(series_id: Id, why: Why) -> None:
    """Stop a series for good. A wave that is open stays open until it closes."""
    operate("series-stop", series=series_id, why=why)


@series.command("move")
def series_move(
    series_id: Id,
    to: Annotated[str, typer.Argument(help="Local time, on a school day.")],
) -> None:
    """Move the next launch to another time, once."""
    operate("series-move", series=series_id, to=to)
