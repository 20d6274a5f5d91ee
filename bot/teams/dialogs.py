"""Dialogs: windows over the chat, for what no chat keeps.

A button asks for one (Submit with ``task/fetch``), and what is handed in there (``task/submit``)
is answered with the next one, or with a sentence that closes it. A dialog knows no Execute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.registry import encode
from bot.teams.cards import ACTION, CONTENT_TYPE, Drawn, Element, plain, short
from core.commands import Command

_OPENS = {"msteams": {"type": "task/fetch"}}
"""What of a button's data is Teams' own."""

_LONGEST_TITLE = 60


def opens(title: str, command: Command, *, primary: bool = False) -> Element:
    """A button in a message. A client without dialogs sends its data as a message."""
    made: Element = {
        "type": "Action.Submit",
        "title": plain(title),
        "data": _OPENS | {ACTION: encode(command)},
        "associatedInputs": "none",
    }
    return made | {"style": "positive"} if primary else made


def in_one(drawn: Drawn) -> Drawn:
    """A card as it stands in a dialog."""
    return replace(drawn, card=_submitted(drawn.card))


def shown(drawn: Drawn) -> Mapping[str, Any]:
    """The answer that opens a dialog, or shows the next thing in it."""
    value = {
        "title": short(drawn.summary, _LONGEST_TITLE),
        "width": "medium",
        "height": "large",
        "card": {"contentType": CONTENT_TYPE, "content": drawn.card},
    }
    return {"task": {"type": "continue", "value": value}}


def told(text: str) -> Mapping[str, Any]:
    """The answer that closes a dialog with a sentence."""
    return {"task": {"type": "message", "value": plain(text)}}


def asks(part: Any) -> bool:
    """Whether something in a dialog's card can be pressed that does not lead away."""
    if isinstance(part, list):
        return any(asks(one) for one in part)
    if not isinstance(part, dict):
        return False
    return part.get("type") == "Action.Submit" or any(asks(one) for one in part.values())


def _submitted(part: Any) -> Any:
    if isinstance(part, list):
        return [_submitted(one) for one in part]
    if not isinstance(part, dict):
        return part
    match part.get("type"):
        case "Action.Execute":
            return _submitted({**part["fallback"]})
        case "Action.Submit":
            data = {key: value for key, value in part["data"].items() if key not in _OPENS}
            return {**part, "data": data}
    return {key: _submitted(one) for key, one in part.items()}
