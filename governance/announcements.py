"""A change announcement: what changes, why, when, for whom, what to do, where to learn and ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from surveys.people import Audience, Held
from surveys.words import Text


@dataclass(frozen=True, kw_only=True)
class Change:
    """The words of an announcement. ``learn_url`` must be http(s); the rest is plain text."""

    title: Text
    what: Text
    why: Text
    when: Text
    who: Text
    action: Text
    learn: Text | None = None
    learn_url: str | None = None
    ask: Text | None = None


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"


@dataclass(frozen=True, kw_only=True)
class Announcement:
    id: UUID
    key: str | None = None
    change: Change
    audience: Audience
    written_by: UUID | None
    state: AnnouncementState = AnnouncementState.DRAFT
    send_at: datetime | None = None
    sent_at: datetime | None = None
    acknowledge: bool = True


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many people an audience is, where they are reached, and how long sending takes.

    ``seconds`` is the slowest lane's share divided by its rate; ``waiting``
    have no address there yet; ``held``: for whom it is quiet hours then.
    """

    people: int
    by_platform: tuple[tuple[str, int], ...]
    waiting: int
    seconds: float
    held: Held | None = None


class Outcome(StrEnum):
    """What became of one delivery, in the ledger's words (delivery plan)."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    RECALLED = "recalled"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One row of what the CTO sees: a person, what became of the message, and when they read it."""

    person: UUID
    name: str
    building: str
    platform: str | None
    outcome: Outcome
    why: str | None
    sent_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts over a campaign's deliveries, and who has pressed "I have read this"."""

    people: int
    queued: int
    sent: int
    unknown: int
    failed: int
    unreachable: int
    acknowledged: int
    expected_end: datetime | None = None
