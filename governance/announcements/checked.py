"""Whether an announcement is still the one that somebody checked before sending it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from core.words import Words
from governance.announcements.model import Announcement

PARTS = ("change", "audience", "joiners_until", "acknowledge", "due", "question")
"""What is looked at before it is sent: what people get, who they are and what they confirm."""

_LENGTH = 12
"""Hexadecimal digits that tell whether one part is still the same."""


def state_of(found: Announcement) -> str:
    """Names each part as it is, the same in every process: short enough for a button."""
    return "".join(_digest(getattr(found, name)) for name in PARTS)


def changed_since(found: Announcement, checked: str) -> tuple[str, ...]:
    """The parts that are others by now than whoever sends it looked at."""
    seen = [checked[at : at + _LENGTH] for at in range(0, len(checked), _LENGTH)]
    now = [_digest(getattr(found, name)) for name in PARTS]
    if len(seen) != len(now):  # of a page that was opened before an upgrade
        return PARTS
    return tuple(name for name, one, other in zip(PARTS, seen, now, strict=True) if one != other)


def said(words: Words, changed: Collection[str]) -> str:
    """What was changed meanwhile; "" where nothing was."""
    if not changed:
        return ""
    names = {
        "change": words.say("what it says"),
        "audience": words.say("who gets it"),
        "joiners_until": words.say("who gets it later"),
        "acknowledge": words.say("how people confirm it"),
        "due": words.say("the day to confirm it by"),
        "question": words.say("the question"),
    }
    return words.say(
        "This announcement was changed after you opened it: {parts}. It was not sent. Check it "
        "again.",
        parts=words.all_of([names[one] for one in changed]),
    )


def _digest(part: object) -> str:
    said = json.dumps(_plain(part), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]


def _plain(value: Any) -> Any:
    """As JSON: sets have no order that lasts."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
