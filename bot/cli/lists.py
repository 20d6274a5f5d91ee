"""The commands ``list``: named lists of people, as audiences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import operate

lists = typer.Typer(
    help="Lists of people: import one, or follow a group in Slack or Microsoft 365.",
    no_args_is_help=True,
)

_Key = Annotated[str, typer.Argument(metavar="KEY", help='Such as "powerschool".')]
_Name = Annotated[str, typer.Option(help="As people read it; default: as it was, or the key.")]


@lists.command("import")
def list_import(
    key: _Key,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Lines with email addresses.")],
    name: _Name = "",
) -> None:
    """Make a list from a file of addresses, or replace the people on it."""
    operate("list-import", key=key, path=str(path.absolute()), called=name)


@lists.command("follow")
def list_follow(
    key: _Key,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="slack, slack_channel or microsoft.")],
    group: Annotated[str, typer.Argument(metavar="GROUP", help="The group’s id.")],
    name: _Name = "",
) -> None:
    """Make a list that follows a group."""
    operate("list-follow", key=key, kind=kind, group=group, called=name)


@lists.command("show")
def list_show(
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="Default: all lists.")] = "",
) -> None:
    """Show where a list comes from, how many people are on it, and what uses it."""
    operate("list-show", key=key)


@lists.command("delete")
def list_delete(key: _Key) -> None:
    """Delete a list that nothing uses anymore."""
    operate("list-delete", key=key)
