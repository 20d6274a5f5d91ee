"""The commands ``district`` and ``people``: what is loaded from files and from the roster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import failure, operate

district = typer.Typer(help="A district's files: check, load, export.", no_args_is_help=True)
people = typer.Typer(help="The staff roster.", no_args_is_help=True)

FolderOf = Annotated[Path, typer.Argument(help="The folder with the district's files.")]
ConfirmLeaving = Annotated[
    bool,
    typer.Option(
        "--confirm-leaving", help="Confirm that more than a fifth of the people have left."
    ),
]


@district.command("check")
def district_check(path: FolderOf) -> None:
    """Say what is wrong in a district's files, with file, line and fix."""
    from bot.doctor.checking import district_lines

    lines, mend = district_lines(path)
    for line in lines:
        typer.echo(line)
    if mend:
        raise failure(f"{mend} to fix.")


@district.command("load")
def district_load(
    path: FolderOf,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the difference.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also replace what was edited on the web.")
    ] = False,
    confirm_leaving: ConfirmLeaving = False,
) -> None:
    """Load a district's files: shows the difference and applies it by key."""
    operate(
        "district-load",
        path=str(path.absolute()),
        apply=not dry_run,
        overwrite=overwrite,
        confirmed=confirm_leaving,
    )


@district.command("export")
def district_export(path: FolderOf) -> None:
    """Write the loaded district's files back."""
    operate("district-export", path=str(path.absolute()))


@people.command("import")
def people_import(
    source: Annotated[
        str, typer.Argument(help="A OneRoster folder, a CSV file, or: slack, graph.")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="A people.yaml to use instead of the loaded one.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the difference.")] = False,
    confirm_leaving: ConfirmLeaving = False,
) -> None:
    """Import the roster: shows who was added, changed or removed."""
    operate(
        "people-import",
        source=source if source in ("slack", "graph") else str(Path(source).absolute()),
        mapping=str(mapping.absolute()) if mapping else None,
        apply=not dry_run,
        confirmed=confirm_leaving,
    )


@people.command("leave")
def people_leave(
    email: Annotated[str, typer.Argument(help="Whose.")],
    first: Annotated[str, typer.Option(help="The first day, such as 2026-11-29.")] = "",
    last: Annotated[str, typer.Option(help="The last day.")] = "",
) -> None:
    """Record that someone is on leave, so that nothing with a due date is asked of them. Without
    days, record that they are back."""
    operate("people-leave", email=email, first=first, last=last)
