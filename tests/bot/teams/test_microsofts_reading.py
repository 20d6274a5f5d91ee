"""Every card as Microsoft's own library reads it, which shares nothing with our drawing."""

from __future__ import annotations

from typing import Any

from bot.conversation import Reader
from bot.teams.draw import draw
from tests.bot.teams.samples import MESSAGES
from tests.stand_ins.microsoft_cards import faults

READER = Reader(web_url="https://board.example.org")


def test_microsofts_library_takes_every_card_whole() -> None:
    drawn = {name: draw(message, READER) for name, message in MESSAGES.items()}
    cards = {name: one.card for name, one in drawn.items() if one is not None}
    assert len(cards) > 100
    assert faults(cards) == {}


def _with(**piece: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", **piece}


FAULTY = {
    "unknown element": _with(body=[{"type": "Slider", "id": "a"}]),
    "input without an id": _with(body=[{"type": "Input.Text", "label": "Why"}]),
    "nothing to choose": _with(body=[{"type": "Input.ChoiceSet", "id": "a", "choices": []}]),
    "required without words": _with(body=[{"type": "Input.Text", "id": "a", "isRequired": True}]),
    "unknown button": _with(actions=[{"type": "Action.Call", "title": "Call"}]),
    "unknown style": _with(body=[{"type": "TextBlock", "text": "A", "size": "Huge"}]),
}


def test_microsofts_library_notices_each_fault() -> None:
    assert faults(FAULTY).keys() == FAULTY.keys()
