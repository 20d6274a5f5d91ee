"""The workspace behind the Slack stand-in: people, conversations, modals, and what goes wrong."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TEAM = "T0DISTRICT"
APP = "A0SOUNDING"
BOT_USER = "U0SOUNDING"
BOT = "B0SOUNDING"
TRIGGER_SECONDS = 3.0 * 20
"""Slack's are three. How soon the service answers is measured (``bench``): here, a busy machine is
no fault of its own."""
MOST_VIEWS = 3
"""A modal's views that lie upon each other."""

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one call: ``after``: it was taken all the same. ``drop``: the
    connection is cut before the answer; ``cut``: in the middle of it. ``garbage``: an answer that
    is none."""

    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    drop: bool = False
    cut: bool = False
    garbage: str = ""
    after: bool = False
    seconds: float = 0.0

    @property
    def answers_with(self) -> int:
        """The status of its answer; 0: there is none."""
        return 0 if self.drop or self.cut else self.status


def throttled(seconds: int = 1) -> Fault:
    return Fault(status=429, error="ratelimited", retry_after=seconds)


def broken(status: int = 500, *, taken: bool = False) -> Fault:
    return Fault(status=status, after=taken)


def refused(error: str) -> Fault:
    return Fault(error=error)


def dropped(*, taken: bool) -> Fault:
    """The connection is cut before an answer; ``taken``: after it was done."""
    return Fault(drop=True, after=taken)


def cut_off(*, taken: bool) -> Fault:
    """The connection is cut in the middle of the answer."""
    return Fault(cut=True, after=taken)


def garbled(answer: str = '{"ok": tr', *, taken: bool) -> Fault:
    """An answer that is no answer."""
    return Fault(garbage=answer, after=taken)


MOODS = {
    "throttled": throttled(1),
    "broken": broken(503),
    "broken and taken": broken(500, taken=True),
    "lost": dropped(taken=True),
    "cut": cut_off(taken=True),
}
"""What the words of ``slack_limits.Moods`` mean here."""


def slow(seconds: float) -> Fault:
    """It is done, and the answer comes late."""
    return Fault(seconds=seconds, after=True)


class Numbers:
    """1, 2, 3, ...; a copy goes on by itself (``itertools.count`` will not be copied)."""

    def __init__(self) -> None:
        self._last = 0

    def __next__(self) -> int:
        self._last += 1
        return self._last


@dataclass
class World:
    """Everything the stand-in knows, as plain records like Slack's own."""

    team: str = TEAM
    enterprise: str | None = None
    organization: bool = False
    """The app is installed into the whole of ``enterprise``, of which ``team`` is a part."""
    name: str = "District"
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """User groups: their members' ids."""
    messages: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    ephemeral: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, Json] = field(default_factory=dict)
    modals: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    """A user's stack of views, the topmost last."""
    triggers: dict[str, tuple[str, float, Json | None]] = field(default_factory=dict)
    """Trigger -> (user, made at, the view it was pressed in). Each opens one view, within 3 s."""
    hooks: dict[str, Json] = field(default_factory=dict)
    """Response URL's path -> where it leads: user, channel, ts of the message, calls left, and
    until when."""
    files: dict[str, Json] = field(default_factory=dict)
    """A file's name, length and alt text; its content once it was brought; ``left``: how often it
    is still refused after its upload was completed."""
    refuse_tables: bool = False
    slow_files: int = 0
    """How often a message is refused that shows a file which was just uploaded."""
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    numbers: Numbers = field(default_factory=Numbers)
    on_taken: Callable[[Json], None] | None = None
    """Called with each message of the app between its being taken and its being answered."""

    def next_id(self, letter: str) -> str:
        return f"{letter}{next(self.numbers):08d}"

    def next_ts(self) -> str:
        return f"{int(time.time())}.{next(self.numbers):06d}"

    def trigger(self, user: str, view: Json | None = None) -> str:
        token = f"{next(self.numbers)}.{self.team}.{next(self.numbers)}.trigger"
        self.triggers[token] = (user, time.monotonic(), view)
        return token

    def spend(self, trigger: str) -> tuple[str, Json | None] | str:
        """Who pressed, and in which view; or Slack's word for what is wrong with the trigger."""
        found = self.triggers.pop(trigger, None)
        if found is None:
            return "exchanged_trigger_id" if trigger.endswith(".trigger") else "invalid_trigger_id"
        user, at, view = found
        if time.monotonic() - at > TRIGGER_SECONDS:
            return "expired_trigger_id"
        return user, view

    def direct(self, user: str) -> str:
        """A person's conversation with the app."""
        channel = f"D{user[1:]}"
        self.channels.setdefault(channel, {"id": channel, "is_im": True, "user": user})
        return channel

    def conversation(self, wanted: str) -> str | None:
        """A channel's id for a channel or a person; None where Slack knows neither."""
        if wanted in self.channels:
            return wanted
        return self.direct(wanted) if wanted in self.users else None

    def message(self, channel: str, ts: str) -> Json | None:
        return next((m for m in self.messages[channel] if m["ts"] == ts), None)

    def view(self, view_id: str) -> tuple[list[Json], int] | None:
        """The stack a view is on, and its place there."""
        for stack in self.modals.values():
            for place, view in enumerate(stack):
                if view["id"] == view_id:
                    return stack, place
        return None
