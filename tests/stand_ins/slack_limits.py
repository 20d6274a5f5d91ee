"""Slack's rate limits: per method and workspace, and for posting per channel as well."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from random import Random
from typing import Any

from tests.stand_ins.journal import Bucket, Window

POST = "chat.postMessage"

TIERS: Mapping[str, int] = {
    "users.list": 20,
    "conversations.list": 20,
    "usergroups.*": 20,
    "chat.delete": 50,
    "chat.update": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "users.lookupByEmail": 50,
    "chat.scheduleMessage": 50,
    "views.*": 100,
    "chat.postEphemeral": 100,
    "users.info": 100,
    "files.*": 100,
    "auth.test": 600,
}
"""Calls a minute for each method: tier 2 is 20, tier 3 is 50, tier 4 is 100."""

A_CHANNEL_PER_SECOND, A_CHANNELS_BURST = 1.0, 3
"""One a second; short bursts are tolerated."""

HIDDEN = (230, 525)
"""Messages a minute that a workspace takes: several hundred, observed, never told."""


@dataclass
class SlackLimits:
    """``speed``: so many times faster than the real ones. ``seed`` decides the hidden limit."""

    speed: float = 1.0
    seed: int = 0
    workspace: int = 0
    """Messages a minute, before ``speed``; 0: hidden."""
    _methods: dict[str, Window] = field(default_factory=dict)
    _channels: dict[str, Bucket] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.workspace:
            self.workspace = Random(self.seed).randint(*HIDDEN)  # noqa: S311  (not a secret)

    @property
    def minute(self) -> float:
        return 60 / self.speed

    def retry_after(self, method: str, channel: str, now: float) -> int | None:
        """Seconds for Retry-After (whole ones, at least one); None: it is let in, and counted."""
        windows: list[Any] = [
            self._methods.setdefault(method, Window([(most, self.minute)]))
            for most in [self._most(method)]
            if most
        ]
        if method == POST and channel:
            rate = A_CHANNEL_PER_SECOND * self.speed
            windows.append(self._channels.setdefault(channel, Bucket(rate, A_CHANNELS_BURST)))
        wait = max((window.room_in(now) for window in windows), default=0.0)
        if wait > 0:
            return max(1, math.ceil(wait))
        for window in windows:
            window.take(now)
        return None

    def _most(self, method: str) -> int:
        if method == POST:
            return self.workspace
        return next((most for name, most in TIERS.items() if fnmatch(method, name)), 0)


@dataclass
class Moods:
    """A seeded script of what goes wrong with posts, as shares of the calls that were let in."""

    seed: int
    throttled: float = 0.0
    broken: float = 0.0
    """5xx; every second one was taken all the same."""
    lost: float = 0.0
    """Taken, and the connection cut before the answer or in the middle of it."""

    def __post_init__(self) -> None:
        self._rng = Random(self.seed)  # noqa: S311

    def next(self) -> str:
        """``throttled``, ``broken``, ``broken and taken``, ``lost``, ``cut`` or nothing."""
        chance = self._rng.random()
        for share, names in (
            (self.throttled, ("throttled",)),
            (self.broken, ("broken", "broken and taken")),
            (self.lost, ("lost", "cut")),
        ):
            if chance < share:
                return self._rng.choice(names)
            chance -= share
        return ""
