"""What reads a file of messages: where each would go, and how well that is done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.operating import failure

if TYPE_CHECKING:
    from bot.operator.evaluating import Row, Task, Told

_District = Annotated[
    Path | None, typer.Option(help="The district's folder; default the example district.")
]


def route(
    file: Annotated[Path, typer.Argument(help="JSON lines with id, text, role and level.")],
    district: _District = None,
) -> None:
    """Read messages and print, a JSON line each, where they would go and what was noticed."""
    from bot.operator.routing import route_file

    _say_what_is_missing()
    try:
        for line in route_file(file, district):
            sys.stdout.write(line + "\n")
    except (OSError, ValueError) as error:
        raise failure(str(error)) from None


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Labelled messages, as JSON lines.")],
    district: _District = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Measure the reader on labelled messages, never on those it learned from: one file in five
    folds, several by leaving one out. TextBlob and TF-IDF read the same ones beside it."""
    from bot.operator.evaluating import prepare

    try:
        task = prepare(files, district)
        _say_what_is_missing()
        told = _with_bar(task)
    except (OSError, ValueError) as error:
        raise failure(str(error)) from None
    if as_json:
        import json

        typer.echo(json.dumps(told.plain(), indent=2, ensure_ascii=False))
    else:
        _table(told)


def _say_what_is_missing() -> None:
    """On stderr: stdout is the answer alone."""
    from bot.doctor.reading_findings import by_wording_alone

    missing = by_wording_alone()
    if missing is not None:
        typer.secho(missing, fg=typer.colors.YELLOW, err=True)


def _with_bar(task: Task) -> Told:
    """Run it with a bar on stderr, so that stdout is the figures alone."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=task.steps + 1)

        def doing(what: str) -> None:
            progress.update(bar, description=what, advance=1)

        return task.run(doing)


def _table(told: Told) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.operator.evaluating import COLUMNS

    table = Table(title=f"{told.messages} messages; {told.how}", title_justify="left")
    table.add_column("")
    for method in COLUMNS.values():
        table.add_column(method, justify="right")
    table.add_column("95% interval", justify="right")
    table.add_column("n", justify="right")
    for row in told.rows:
        table.add_row(row.what, *_cells(row))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def _cells(row: Row) -> list[str]:
    from bot.operator.evaluating import COLUMNS, NOT_LABELLED

    if not row.labelled:
        return [NOT_LABELLED, *[""] * (len(COLUMNS) + 1)]
    values = [f"{row.values[m]:.3f}" if m in row.values else "" for m in COLUMNS]
    between = "" if row.interval is None else f"{row.interval[0]:.3f}–{row.interval[1]:.3f}"
    return [*values, between, str(row.n)]
