"""Every card as Microsoft's own library reads it, which shares nothing with our drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.stand_ins.microsoft_cards import faults

GOLDEN = Path(__file__).parent / "golden"


def _golden() -> dict[str, dict[str, Any]]:
    files = sorted(GOLDEN.glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["card"] for path in files}


def test_microsofts_library_takes_every_card_whole() -> None:
    cards = _golden()
    assert len(cards) > 60
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
