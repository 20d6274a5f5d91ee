"""What the stand-in for Teams knows: accounts, messages, answers, limits and faults."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.stand_ins.adaptive_cards import actions, elements, faults

CONVERSATION_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""Teams' limits for one conversation: messages in seconds."""

TENANT_LIMITS = ((50, 1.0),)
PATH = "/api/teams/messages"
NAMES = UUID("0c9d1f5a-7f1e-4d0e-8f5a-2f6f5f1c0a11")


@dataclass(frozen=True, kw_only=True)
class TeamsUser:
    """An account. ``user`` is its object id, ``chat`` its one-to-one conversation."""

    name: str
    email: str
    user: str
    tenant: str
    guest: bool = False
    locale: str = "en-US"

    @property
    def id(self) -> str:
        return f"29:{self.user}"

    @property
    def chat(self) -> str:
        return f"a:{self.user}"


@dataclass
class Posted:
    """A message in a conversation, as it stands."""

    id: str
    conversation: str
    activity: dict[str, Any]
    updates: int = 0

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = self.activity["attachments"][0]["content"]
        return card

    @property
    def summary(self) -> str:
        return str(self.activity.get("summary", ""))

    @property
    def text(self) -> str:
        return text_of(self.card)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came back to a pressed button: a card that takes the old one's place, or words."""

    status: int
    body: Any

    @property
    def card(self) -> dict[str, Any]:
        assert str(at(self.body, "type")).endswith(".card.adaptive"), self.body
        card: dict[str, Any] = self.body["value"]
        assert not faults(card), faults(card)
        return card

    @property
    def words(self) -> str:
        assert str(at(self.body, "type")).endswith(".activity.message"), self.body
        return str(self.body["value"])

    @property
    def text(self) -> str:
        return text_of(self.card)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one post. ``taken``: the message is kept all the same.
    ``drop``: the connection breaks instead of an answer; ``hang`` seconds pass first."""

    status: int = 0
    code: str = ""
    message: str = ""
    retry_after: str = ""
    taken: bool = False
    drop: bool = False
    hang: float = 0


def throttled(seconds: float = 1) -> Fault:
    return Fault(status=429, code="TooManyRequests", retry_after=f"{seconds:g}")


def refused(code: str, status: int = 403, message: str = "") -> Fault:
    return Fault(status=status, code=code, message=message)


def lost() -> Fault:
    """Taken, and then the connection breaks."""
    return Fault(taken=True, drop=True)


def at(body: Any, key: str) -> Any:
    return body.get(key) if isinstance(body, Mapping) else None


def text_of(card: Mapping[str, Any]) -> str:
    """Everything a card shows, line by line."""
    lines: list[str] = []
    for one in elements(card):
        if one["type"] == "TextBlock":
            lines.append(one["text"])
        elif one["type"] == "RichTextBlock":
            lines.append("".join(run["text"] for run in one["inlines"]))
        elif one["type"].startswith("Input."):
            lines.append(one["label"])
    return "\n".join(lines)


def titles(card: Mapping[str, Any]) -> list[str]:
    """The buttons of a card, in order."""
    return [action["title"] for action in actions(card)]


class Windows:
    """Sliding windows of one limit set."""

    def __init__(self, limits: Sequence[tuple[int, float]]) -> None:
        self._limits = limits
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more fits (0: it does, and is counted)."""
        while self._times and now - self._times[0] > max(span for _, span in self._limits):
            self._times.popleft()
        for most, span in self._limits:
            recent = [at for at in self._times if now - at <= span]
            if len(recent) >= most:
                return max(span - (now - recent[-most]), 0.05)
        self._times.append(now)
        return 0
