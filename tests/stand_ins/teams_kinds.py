"""What the stand-in for Teams knows: accounts, messages, answers, limits and faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from tests.stand_ins.adaptive_cards import LARGEST, actions, elements, faults

CONVERSATION_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""Teams' limits for one conversation: messages in seconds."""

TENANT_LIMITS = ((50, 1.0),)
"""Of an app and tenant."""

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


@dataclass(frozen=True, kw_only=True)
class TeamsTeam:
    """A team. ``thread`` is its own conversation and its first channel's, ``group`` its group."""

    name: str

    @property
    def thread(self) -> str:
        return f"19:{uuid5(NAMES, self.name).hex}@thread.tacv2"

    @property
    def group(self) -> str:
        return str(uuid5(NAMES, f"group of {self.name}"))


@dataclass
class Posted:
    """A message in a conversation, as it stands; ``before``: what stood there, oldest first."""

    id: str
    conversation: str
    activity: dict[str, Any]
    before: list[dict[str, Any]] = field(default_factory=list)

    @property
    def updates(self) -> int:
        return len(self.before)

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = self.activity["attachments"][0]["content"]
        return card

    @property
    def in_dialog(self) -> bool:
        return False

    @property
    def shown(self) -> str:
        """All that it says, its buttons among it."""
        return "\n".join((self.text, *titles(self.card), *listed(self.card)))

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
    def dialog(self) -> dict[str, Any]:
        """The card in the dialog that it opens, or shows next."""
        assert self.status == 200, self.status
        task = self._task("continue")
        value = task["value"]
        assert set(value) == {"title", "width", "height", "card"}, sorted(value)
        assert value["title"], "a dialog without a title"
        for side in ("width", "height"):
            assert value[side] in DIALOG_SIZES or isinstance(value[side], int), value[side]
        assert set(value["card"]) == {"contentType", "content"}, value["card"]
        assert value["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"
        card: dict[str, Any] = value["card"]["content"]
        assert not faults(card, dialog=True), faults(card, dialog=True)
        assert len(json.dumps(self.body, ensure_ascii=False).encode()) < LARGEST
        return card

    @property
    def closing(self) -> str:
        """The sentence with which a dialog closes; "" where it closes without one."""
        assert self.status == 200, self.status
        return str(self._task("message")["value"]) if self.body is not None else ""

    def _task(self, kind: str) -> dict[str, Any]:
        """Teams takes an answer with one task, of a kind that it knows, or none at all."""
        assert isinstance(self.body, Mapping), self.body
        assert set(self.body) == {"task"}, self.body
        task: dict[str, Any] = self.body["task"]
        assert set(task) == {"type", "value"}, task
        assert task["type"] == kind, task
        return task

    @property
    def words(self) -> str:
        assert str(at(self.body, "type")).endswith(".activity.message"), self.body
        return str(self.body["value"])

    @property
    def in_dialog(self) -> bool:
        return at(self.body, "task") is not None and self.body["task"]["type"] == "continue"

    @property
    def shown(self) -> str:
        """All that it says, its buttons among it."""
        if at(self.body, "task") and not self.in_dialog:
            return self.closing
        card = self.dialog if self.in_dialog else self.card
        return "\n".join((self.text, *titles(card), *listed(card)))

    @property
    def text(self) -> str:
        return text_of(self.dialog if self.in_dialog else self.card)


DIALOG_SIZES = {"small", "medium", "large"}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one post. ``taken``: the message is kept all the same.
    ``drop``: the connection breaks instead of an answer, ``cut``: in the middle of it; ``garbage``:
    an answer that is none; ``hang`` seconds pass first."""

    status: int = 0
    code: str = ""
    message: str = ""
    retry_after: str = ""
    taken: bool = False
    drop: bool = False
    cut: bool = False
    garbage: str = ""
    hang: float = 0

    @property
    def answers_with(self) -> int:
        """The status of its answer; 0: there is none."""
        if self.drop or self.cut:
            return 0
        return 201 if self.garbage else self.status or 500


def throttled(seconds: float = 1) -> Fault:
    return Fault(status=429, code="TooManyRequests", retry_after=f"{seconds:g}")


def refused(code: str, status: int = 403, message: str = "") -> Fault:
    return Fault(status=status, code=code, message=message)


def lost() -> Fault:
    """Taken, and then the connection breaks."""
    return Fault(taken=True, drop=True)


def broken(status: int = 500, *, taken: bool = False, retry_after: str = "") -> Fault:
    return Fault(status=status, code="ServiceError", taken=taken, retry_after=retry_after)


GATEWAYS = (502, 503, 504)
"""What stands before Teams may answer these; whether the message was taken it does not say."""

MOODS: Mapping[str, Fault] = {
    "throttled": throttled(1),
    "broken": broken(),
    "broken and taken": broken(taken=True),
    "lost": lost(),
    "cut": Fault(status=201, taken=True, cut=True),
    "not now": broken(412),
    **{f"{status} and not taken": broken(status) for status in GATEWAYS},
    **{f"{status} and taken": broken(status, taken=True) for status in GATEWAYS},
}
"""What the words of ``slack_limits.Moods`` mean here, and Teams' own."""


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


def listed(card: Mapping[str, Any]) -> list[str]:
    """What stands in a card's lists."""
    return [choice["title"] for one in elements(card) for choice in one.get("choices", ())]


def titles(card: Mapping[str, Any]) -> list[str]:
    """The buttons of a card, in order."""
    return [action["title"] for action in actions(card)]
