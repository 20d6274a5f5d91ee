"""What the pages to speak anonymously show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from governance.conversations.model import Exchange
from governance.feedback.model import Named
from governance.messages import Told


@dataclass(frozen=True, kw_only=True)
class AnonymousForm:
    """``open`` False: the link's door is of another time, or none of ours."""

    open: bool
    contacts: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    named: Named | None = None
    """What it is about, where the link said so."""


@dataclass(frozen=True, kw_only=True)
class AnonymousReceived:
    """Kept. ``code`` is shown once; ``morning`` is when it is brought to somebody. ``urgent``: its
    words state danger, so somebody was called about it at once."""

    code: str
    morning: datetime
    contacts: Mapping[str, str] = field(default_factory=dict)
    urgent: Told | None = None


@dataclass(frozen=True, kw_only=True)
class ReplyReceived:
    """A reply to a committee's question was kept until ``morning``."""

    morning: datetime


@dataclass(frozen=True, kw_only=True)
class NothingToCollect:
    """No message has this code."""


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What came of a message. ``morning``: it waits until then; nothing else is known yet.
    ``news`` is the oldest first."""

    code: str
    morning: datetime | None = None
    received_at: datetime | None = None
    said: str = ""
    committee: str | None = None
    news: tuple[Told, ...] = ()
    conversation: tuple[Exchange, ...] = ()
    can_reply: bool = False


AnonymousView = AnonymousForm | AnonymousReceived | ReplyReceived | NothingToCollect | Collected
