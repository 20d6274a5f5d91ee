"""The commands ``framework``: frameworks against which practices are assessed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import failure, operate

framework = typer.Typer(
    help="Frameworks of practices: check a file, import, list.", no_args_is_help=True
)


@framework.command("check")
def framework_check(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A framework's YAML file.")],
) -> None:
    """Say what is wrong in a framework's file, or what is in it. Needs no database."""
    from bot.operator.framework_operations import checked

    found = checked(path)
    for line in found.lines:
        typer.echo(line)
    if not found.ok:
        raise failure(f"{len(found.lines)} to fix.")


@framework.command("import")
def framework_import(
    what: Annotated[
        str, typer.Argument(metavar="FILE|NAME", help='A YAML file, or a name such as "cis-8.1".')
    ],
) -> None:
    """Import a framework from a file, or one that comes with the product."""
    if Path(what).is_file() or Path(what).suffix in (".yaml", ".yml"):
        operate("framework-import", path=str(Path(what).absolute()))
    else:
        operate("framework-import", included=what)


@framework.command("list")
def framework_list() -> None:
    """List imported frameworks, and those that come with the product."""
    operate("framework-list")


@framework.command("schema")
def framework_schema() -> None:
    """Print the JSON Schema with which an editor knows a framework's file."""
    from bot.files import framework_schema as schema
    from bot.files.survey_schema import written

    typer.echo(written(schema.framework_schema()), nl=False)
