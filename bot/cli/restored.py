"""``restored``: what waits because the database was restored from a backup."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.operating import failure, operate, operated, tell

restored = typer.Typer(
    help="After a restore: messages that may have been sent before, and what to do with them.",
    no_args_is_help=True,
)

_WHICH = Annotated[
    list[str] | None, typer.Argument(metavar="CAMPAIGN...", help="As “restored list” names them.")
]
_ALL = Annotated[bool, typer.Option("--all", help="All that wait.")]
_YES = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@restored.command("list")
def restored_list() -> None:
    """List what would be sent again: campaigns, counts and times; and surveys on hold."""
    operate("restored-list")


@restored.command("send")
def restored_send(which: _WHICH = None, every: _ALL = False, yes: _YES = False) -> None:
    """Send messages on hold: they were not sent before, or may arrive twice."""
    _decide("send", which, every, "They may arrive twice. Send them?", yes=yes)


@restored.command("drop")
def restored_drop(which: _WHICH = None, every: _ALL = False, yes: _YES = False) -> None:
    """Never send messages on hold: they were sent before."""
    _decide(
        "drop", which, every, "People who did not get one yet won’t get it. Drop them?", yes=yes
    )


@restored.command("ask")
def restored_ask(which: _WHICH = None, every: _ALL = False) -> None:
    """Ask Slack which of them arrived, and send only those that did not. Teams and mail servers
    cannot tell: messages to those stay on hold."""
    _decide("ask", which, every, "", yes=True)


@restored.command("declare")
def restored_declare(yes: _YES = False) -> None:
    """Say that this database was restored, if the service could not notice: nothing in it is sent
    until you decide. Run it before the service starts, or while it runs."""
    if not yes and not typer.confirm(
        "Everything waiting to be sent will be held. Was it restored?"
    ):
        typer.echo("Nothing was changed.")
        return
    operate("restored-declare")


def _decide(decision: str, which: list[str] | None, every: bool, asks: str, *, yes: bool) -> None:
    if bool(which) == every:
        raise failure("Name campaigns as “soundingboard restored list” does, or give --all.")
    if not yes:
        tell(operated("restored-list"))
        if not typer.confirm(asks):
            typer.echo("Nothing was changed.")
            return
    operate("restored-decide", decision=decision, which=which or [])
