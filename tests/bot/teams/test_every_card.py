"""Every card that can be drawn, and hundreds sown with hostile words: a button works on every
client, and an input says what it is and what is wrong. Read from the JSON alone, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bot.conversation import Reader
from bot.teams import asides
from bot.teams.draw import draw
from core.words import Words
from storage.unavailable import UnavailableError
from tests.bot.teams.samples import MESSAGES
from tests.hostile.sowing import sown
from tests.stand_ins.adaptive_cards import opens_dialog

SOWN = 3
"""Cards sown of each sample, beside the sample itself."""


def _pieces(part: Any, *, fallback: bool = False) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object of a card that has a type, and whether it stands in for another."""
    if isinstance(part, list):
        for one in part:
            yield from _pieces(one, fallback=fallback)
    if isinstance(part, dict):
        if "type" in part:
            yield part, fallback
        for key, one in part.items():
            if key != "data":
                yield from _pieces(one, fallback=key == "fallback")


def rules(card: dict[str, Any]) -> list[str]:
    """What is wrong with a card's buttons and inputs."""
    wrong = []
    for piece, fallback in _pieces(card):
        kind = piece["type"]
        if kind == "Action.Execute":
            other = piece.get("fallback")
            same = ("title", "data", "associatedInputs")
            if not isinstance(other, dict) or other.get("type") != "Action.Submit":
                wrong.append(f"{piece['title']!r} has no Submit to fall back to")
            elif any(other.get(key) != piece.get(key) for key in same):
                wrong.append(f"{piece['title']!r} means something else on an old client")
            if not piece.get("verb"):
                wrong.append(f"{piece['title']!r} has no verb")
        elif kind == "Action.OpenUrl" or fallback or opens_dialog(piece):
            pass
        elif kind.startswith("Action."):
            wrong.append(f"a bare {kind}")
        if kind.startswith("Input."):
            wrong += [
                f"{piece['id']} has no {key}"
                for key in ("label", "errorMessage")
                if not str(piece.get(key) or "").strip("\u200b ")
            ]
    return wrong


def _cards(name: str) -> Iterator[dict[str, Any]]:
    for case in range(SOWN + 1):
        rng = Random(f"{name}-{case}")  # noqa: S311
        message = sown(MESSAGES[name], rng) if case else MESSAGES[name]
        for locale in ("en", "es"):
            reader = Reader(locale=locale, web_url="https://sounding.example.org")
            drawn = draw(message, reader)
            if drawn is not None:
                yield drawn.card


@pytest.mark.parametrize("name", MESSAGES)
def test_buttons_work_on_every_client_and_inputs_explain_themselves(name: str) -> None:
    for card in _cards(name):
        assert rules(card) == []


def test_what_the_door_says_keeps_the_same_rules() -> None:
    words = Words(locale="es")
    said = [
        asides.apology(words, ValueError(), "7"),
        asides.apology(words, UnavailableError()),
        asides.too_old(words),
        asides.alone(words),
        asides.elsewhere(words, "app"),
        asides.introduction(words, "app"),
    ]
    assert [fault for one in said for fault in rules(one.card)] == []


def test_the_cards_have_buttons_and_every_kind_of_input() -> None:
    """Else the rules above would hold of nothing."""
    seen = {
        piece["type"] for name in MESSAGES for card in _cards(name) for piece, _ in _pieces(card)
    }
    inputs = {"Input.Text", "Input.Number", "Input.ChoiceSet", "Input.Date", "Input.Time"}
    assert inputs | {"Action.Execute", "Action.OpenUrl"} <= seen


@pytest.mark.parametrize(
    "piece",
    [
        {"type": "Action.Submit", "title": "Send", "data": {}},
        {"type": "Action.Execute", "title": "Send", "verb": "v", "data": {}},
        {
            "type": "Action.Execute",
            "title": "Send",
            "verb": "v",
            "data": {"a": 1},
            "fallback": {"type": "Action.Submit", "title": "Send", "data": {"a": 2}},
        },
        {"type": "Input.Text", "id": "a", "errorMessage": "Write something."},
        {"type": "Input.Text", "id": "a", "label": "Why"},
    ],
)
def test_the_rules_notice_each_fault(piece: dict[str, Any]) -> None:
    inside = {"type": "Container", "items": [piece]}
    assert rules({"type": "AdaptiveCard", "body": [inside]})
