"""What staff told: records holds on originals."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.operating import operate

feedback = typer.Typer(help="Records holds on staff feedback.", no_args_is_help=True)

_Item = Annotated[str, typer.Argument(help="One item's id; without it, the whole district.")]


@feedback.command("hold")
def feedback_hold(item: _Item = "") -> None:
    """Keep originals, encrypted, for as long as the hold is on."""
    operate("feedback-hold", item=item)


@feedback.command("lift-hold")
def feedback_lift_hold(item: _Item = "") -> None:
    """End a hold: originals that are due are deleted the next night."""
    operate("feedback-lift-hold", item=item)
