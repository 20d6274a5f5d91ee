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
    urgent: bool = False
    """Goes out around quiet hours and before everything else, once a second person approved it."""
    asked_by: UUID | None = None
    asked_at: datetime | None = None
    approved_by: UUID | None = None
    approved_at: datetime | None = None
    declined_why: str | None = None
    stopped_at: datetime | None = None
    """Somebody stopped it while it went out, and nobody has sent the rest since."""
    recalled_at: datetime | None = None


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
class Reason:
    """How many deliveries ended for one reason, as the ledger words it."""

    outcome: Outcome
    why: str
    people: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts over a campaign's deliveries, and who has pressed "I have read this".

    ``queued`` wait in a lane or are just being sent; ``waiting`` have no address yet; ``stopped``
    were stopped before they were sent; ``recalled`` were sent and taken back; ``recalling`` are
    about to be taken back, ``kept`` could not be. ``expected_end``: of what is queued.
    """

    people: int
    queued: int
    sent: int
    unknown: int
    failed: int
    unreachable: int
    acknowledged: int
    expected_end: datetime | None = None
    waiting: int = 0
    stopped: int = 0
    recalled: int = 0
    recalling: int = 0
    kept: int = 0
    forgotten: int = 0
    """So many were deleted by age, and are counted as what had become of them."""
    reasons: tuple[Reason, ...] = ()
    """Why some failed or cannot be reached: the most frequent reason first."""

    @property
    def moving(self) -> bool:
        """Whether the numbers are about to change."""
        return self.queued > 0 or self.recalling > 0

    @property
    def missed(self) -> int:
        """Who has not got it as far as is known, or may not have."""
        return self.unknown + self.failed + self.unreachable


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Who did not get an announcement, and what sending it again would do: ``ready`` are those
    who get it now; ``waiting`` of them have no address yet; ``unknown`` may have it already;
    ``left`` are not on the roster any more and get nothing."""

    failed: int = 0
    unreachable: int = 0
    stopped: int = 0
    unknown: int = 0
    waiting: int = 0
    left: int = 0
    seconds: float = 0.0

    @property
    def ready(self) -> int:
        return self.failed + self.unreachable + self.stopped


class Step(StrEnum):
    """What can be done about an announcement that went out."""

    STOP = "stop"
    RESUME = "resume"
    RESEND = "resend"
    RECALL = "recall"


def steps(announcement: Announcement, tally: Tally) -> tuple[Step, ...]:
    """What makes sense now, the most pressing first. Nothing, once it is known of some only how
    many they are."""
    if tally.forgotten:
        return ()
    if announcement.state is AnnouncementState.SCHEDULED:
        return (Step.STOP,)
    if announcement.state is not AnnouncementState.SENDING:
        return ()
    there = (Step.RECALL,) if tally.sent and not tally.recalling else ()
    if announcement.recalled_at is not None:
        return there
    if announcement.stopped_at is not None:
        rest = (Step.RESUME,) if tally.stopped else ()
        again = (Step.RESEND,) if tally.missed else ()
        return (*rest, *again, *there)
    if tally.queued or tally.waiting:
        again = (Step.RESEND,) if tally.missed and not tally.queued else ()
        return (Step.STOP, *again, *there)
    return (*((Step.RESEND,) if tally.missed else ()), *there)
