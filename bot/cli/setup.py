"""The command ``setup``: somebody at a terminal, or --yes and nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import failure


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """A ``Desk`` of plain lines."""

    attended: bool

    def tell(self, line: str = "") -> None:
        typer.echo(line)

    def ask(self, question: str, default: str = "") -> str:
        if not self.attended:
            return default
        typed: str = typer.prompt(question, default=default, show_default=bool(default))
        return typed.strip()

    def ask_secret(self, question: str) -> str:
        if not self.attended:
            return ""
        typed: str = typer.prompt(question, default="", show_default=False, hide_input=True)
        return typed.strip()

    def confirm(self, question: str, *, default: bool) -> bool:
        return typer.confirm(question, default=default) if self.attended else default


BySocket = Annotated[
    bool | None,
    typer.Option(
        "--socket/--no-socket", help="Slack by Socket Mode, for a service that Slack cannot reach."
    ),
]
ByOAuth = Annotated[
    bool | None, typer.Option("--several/--one", help="Slack in several workspaces, by OAuth.")
]


def setup(
    web_url: Annotated[
        str | None, typer.Option(help="The public https address of this service.")
    ] = None,
    slack: Annotated[
        bool | None, typer.Option("--slack/--no-slack", help="Set up Slack; default: ask.")
    ] = None,
    teams: Annotated[
        bool | None, typer.Option("--teams/--no-teams", help="Set up Teams; default: ask.")
    ] = None,
    socket: BySocket = None,
    several: ByOAuth = None,
    folder: Annotated[Path, typer.Option(help="Where the manifests go.")] = Path("setup"),
    test_to: Annotated[
        str | None, typer.Option(help="Your email address: you get a test message.")
    ] = None,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Ask nothing; settings that are not given stay as they are."),
    ] = False,
) -> None:
    """Walk through installing: address, manifests, secrets, checks, and what is missing."""
    from bot.app.core import now
    from bot.app.logs import set_up_logs
    from bot.app.settings import SettingsError
    from bot.installing.walking import Wanted, set_up

    set_up_logs("text", quiet=True)
    wanted = Wanted(
        folder=folder,
        web_url=web_url,
        slack=slack,
        teams=teams,
        socket=socket,
        several=several,
        test_to=test_to,
    )
    try:
        ok = set_up(Terminal(attended=not yes), wanted, now)
    except SettingsError as error:
        raise failure(str(error)) from None
    except OSError as error:
        raise failure(f"{error.filename}: {error.strerror}.") from None
    if not ok:
        raise typer.Exit(1)
