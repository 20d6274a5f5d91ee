"""The commands ``slack …``: where Slack's app is installed."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.operating import operate

slack = typer.Typer(help="Slack's workspaces: install, list, remove.", no_args_is_help=True)


@slack.command("link")
def link() -> None:
    """Print a link that installs the app into a workspace, good for an hour."""
    operate("slack-link")


@slack.command("list")
def installed() -> None:
    """List where the app is installed, and where it was removed."""
    operate("slack-list")


@slack.command("remove")
def remove(workspace: Annotated[str, typer.Argument(help="Its id, as list says it.")]) -> None:
    """Revoke a workspace's token, and forget it."""
    operate("slack-remove", workspace=workspace)
