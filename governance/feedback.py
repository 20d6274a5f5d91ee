"""A feedback item: how somebody wished to speak, how it was read, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from surveys.people import Level, Role


class Whose(StrEnum):
    """Whose words a form to tell something begins with."""

    THEIRS = "theirs"
    """The speaker's own, or none yet."""
    PASSED_ON = "passed-on"
    """A message that somebody else wrote, without their name."""
    OURS = "ours"
    """A message of this bot."""


class Naming(StrEnum):
    """Two of the ways to speak (the third, by receipt code, follows with its own work)."""

    NAMED = "named"
    WITHHELD = "withheld"


class Urgency(StrEnum):
    SAFETY = "safety"
    SECURITY = "security"
    PRIVACY = "privacy"


class Tone(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Destination(StrEnum):
    """Where a reading sends an item."""

    COMMITTEE = "committee"
    TRIAGE = "triage"
    NONE = "none"
    RESTRICTED = "restricted"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Personal data in a text: characters ``start`` to ``end`` (Python indices) of a kind
    (PERSON, STUDENT_ID, PHONE, EMAIL, ADDRESS, DOB, SSN, HEALTH ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A committee and how likely (0..1) a message is for it."""

    committee: str
    probability: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the reader made of one message.

    ``redacted`` is the text with each span replaced by its kind in brackets ("[name]").
    ``committees`` are in order of likelihood (all that may take it, likeliest first).
    ``confidence`` (0..1) is that the first of them is right. ``polarity`` (-1..1) is TextBlob's.
    """

    redacted: str
    spans: tuple[Span, ...]
    tone: Tone
    polarity: float
    urgency: Urgency | None
    destination: Destination
    committees: tuple[Likely, ...]
    confidence: float

    @property
    def route(self) -> str:
        """The committee's key, or ``triage`` | ``none`` | ``restricted``."""
        if self.destination is Destination.COMMITTEE:
            return self.committees[0].committee
        return self.destination.value


class ItemState(StrEnum):
    """A docket item's states. RECEIVED: stored, not read yet. FILED: out of scope, answered
    kindly. MOVED is an event, not a state: a moved item is NEW again where it went."""

    RECEIVED = "received"
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    FILED = "filed"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One free-text message and what became of it. The original is not here: it is encrypted
    and only ``store.original`` gives it. ``queue`` is a committee's key, ``triage`` or
    ``restricted``; None before it was read and when filed as out of scope. ``author`` is for
    the machine (the answer must reach them); ``show_author`` says what a committee may see."""

    id: UUID
    author: UUID
    naming: Naming
    role: Role
    level: Level
    received_at: datetime
    state: ItemState = ItemState.RECEIVED
    queue: str | None = None
    reading: Reading | None = None
    due_at: datetime | None = None
    answer: str | None = None
    answered_by: UUID | None = None
    moves: int = 0
    assigned_to: UUID | None = None
    """The author's building's Technology Leader, where its school-level committee has it."""


@dataclass(frozen=True, kw_only=True)
class Byline:
    """What a committee may know of an author. All None: "a member of staff"."""

    name: str | None = None
    role: Role | None = None
    level: Level | None = None
