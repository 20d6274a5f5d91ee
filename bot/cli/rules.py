"""The commands ``rule``: IT rules as Markdown files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import failure, operate

rule = typer.Typer(
    help="IT rules: check files, import drafts, list, export, verify.", no_args_is_help=True
)

_Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files of rules, or folders with them.")
]


@rule.command("check")
def rule_check(
    paths: _Paths,
    district: Annotated[
        Path | None, typer.Option(help="A district's folder: look up its names, too.")
    ] = None,
) -> None:
    """Say what is wrong in rules' files, with file, line and fix."""
    from bot.files.problems import Problem
    from bot.files.rule_markdown import check_rules

    found = check_rules(paths, district)
    for one in found:
        fine = "" if isinstance(one, Problem) else f"{one.file}: {one.rule.number}. Nothing to fix."
        typer.echo(fine or str(one))
    if wrong := sum(isinstance(one, Problem) for one in found):
        raise failure(f"{wrong} to fix.")


@rule.command("import")
def rule_import(paths: _Paths) -> None:
    """Make drafts of rules' files for their owners: all of them, or none."""
    operate("rule-import", paths=[str(one.absolute()) for one in paths])


@rule.command("list")
def rule_list() -> None:
    """List the rules: number, title, state, effective date, comments."""
    operate("rule-list")


@rule.command("export")
def rule_export(
    number: Annotated[str, typer.Argument(help='As people cite it: "ITR 4".')],
    path: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where the files go; default here.")
    ] = Path(),
    version: Annotated[int, typer.Option(min=0, help="Default: the newest.")] = 0,
) -> None:
    """Write a version of a rule to files that can be imported."""
    operate("rule-export", number=number, version=version, path=str(path.absolute()))


@rule.command("verify")
def rule_verify(path: Annotated[Path, typer.Argument(help="An auditor's CSV file.")]) -> None:
    """Check that a file of acknowledgements is intact, with each row as it was made."""
    operate("rule-verify", path=str(path.absolute()))
