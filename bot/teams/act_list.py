"""What else can be done with what a card shows: a list with one button, for a card has room for
few buttons."""

from __future__ import annotations

from collections.abc import Sequence

from bot.registry import encode
from bot.teams.cards import ACTION, Element, choice_set, plain
from core.commands import Command

CHOSEN = "chosen"
"""In place of a token: what was chosen from the list is one."""

ACT = "act"
"""The id of the list."""


def act_list(
    label: str, press: str, things: Sequence[tuple[str, Command]], *, error: str, placeholder: str
) -> list[Element]:
    choices = [(encode(command), title) for title, command in things]
    shared: Element = {
        "title": plain(press),
        "data": {ACTION: CHOSEN},
        "associatedInputs": "auto",
    }
    button = {"type": "Action.Execute", "verb": CHOSEN, **shared}
    return [
        choice_set(
            ACT,
            label,
            choices,
            required=True,
            expanded=False,
            error=error,
            placeholder=placeholder,
        ),
        {
            "type": "ActionSet",
            "actions": [button | {"fallback": {"type": "Action.Submit", **shared}}],
        },
    ]
