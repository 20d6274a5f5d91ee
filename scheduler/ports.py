"""What time and delivery need of a platform and of a database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from core.people import Platform
from governance.delivery_reasons import Why
from governance.messages import Message


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to one conversation. ``workspace`` is Slack's team or Teams' tenant.

    ``delivery_id`` travels with the message where the platform can carry it (Slack: metadata).
    ``channel`` is True for a committee's channel, False for a person.
    """

    delivery_id: UUID
    message: Message
    workspace: str
    conversation: str
    service_url: str | None
    locale: str
    timezone: str
    channel: bool = False
    thread: str = ""
    """The reference of the message in whose thread it goes; "": a message of its own."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The platform took it. ``reference`` names the message there (Slack's ts, an activity id);
    ``conversation`` is the one the answer named (a D-channel), to be kept."""

    reference: str
    conversation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Throttled:
    """Not taken; ask again after ``seconds`` (429 with Retry-After)."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class NotTaken:
    """Surely not taken and safe to repeat, a few times."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class Away:
    """Surely not taken, and for a reason that has nothing to do with this message (no connection
    could be made): it waits until the platform is there again, for a day if need be."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """It may have been taken: a timeout, a reset or a 5xx after the request was sent."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """A final no that has to do with the recipient. ``absent``: they do not have the app of their
    platform."""

    why: Why
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A final no that has to do with us (bad message, missing permission)."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Not sent: somebody stopped its campaign before its turn came."""


@dataclass(frozen=True, kw_only=True)
class Spared:
    """Not sent: whoever it would ask has answered or said no since it was queued."""


Result = Sent | Throttled | NotTaken | Away | Unknown | Unreachable | Failed | Stopped | Spared


class ChatPlatform(Protocol):
    """A chat platform that messages can be sent to, and taken back from. Nothing here raises."""

    @property
    def name(self) -> Platform: ...

    async def send(self, outgoing: Outgoing) -> Result: ...

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        """Take back the message that ``reference`` names in the conversation: Sent when it is not
        there (any more), else why it is. ``outgoing.message`` means nothing here. Never raises."""
        ...

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        """Put ``outgoing.message`` in the place of the message that ``reference`` names in the
        conversation: Sent where it is there or the old one is gone. Never raises."""
        ...


@runtime_checkable
class Reconciles(Protocol):
    """A platform that can look up whether a message arrived. ``reconcile`` never raises."""

    async def reconcile(self, outgoing: Outgoing) -> Result:
        """Sent with its reference, NotTaken when it is surely not there, else why nobody knows:
        Throttled, Away or Unknown.
        ``outgoing.message`` means nothing here."""
        ...


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A delivery leased to this pump: composed after the claim's commit."""

    delivery_id: UUID
    lane: str
    kind: str
    subject: UUID
    recipient: str
    """``person:<uuid>`` or ``queue:<key>``."""
    platform: Platform
    workspace: str
    conversation: str
    service_url: str | None
    locale: str
    timezone: str
    attempts: int
    epoch: int = 0
    """The lane's when it was claimed: what an older claim has to say about it does not count."""
    send_at: datetime | None = None
    """Its moment in the lane's budget. None: at once."""
    interval: float = 0.0
    """Seconds between two messages of the lane."""
    urgent: bool = False
    looks: int = 0
    """How often a delivery of unknown outcome was looked for."""
    repeated: bool = False
    """It was sent before, and may have arrived then."""
    trip: str | None = None
    """What caused it, as the log names it."""
    queued_at: datetime | None = None
    left: bool = False
    """The person is not on the roster any more."""
    reference: str = ""
    """Names the message that it is about (``delivery.of_sent``) or follows (``THREADED``)."""


class LedgerAwayError(Exception):
    """The ledger takes nothing just now (its database is away, its disk full): ask again."""


class Ledger(Protocol):
    """The pump's side of the delivery ledger; each call is one transaction. Any of them may raise
    ``LedgerAwayError``."""

    async def lanes_with_work(self, now: datetime) -> Sequence[str]: ...

    async def claim(
        self, lane: str, now: datetime, most: int, lease_seconds: float
    ) -> Sequence[Claimed]: ...

    async def record(self, results: Sequence[tuple[Claimed, Result]], now: datetime) -> None: ...

    async def rest(self, lane: str, until: datetime) -> None:
        """Nothing of a lane is claimed before; what it learned of its rate stays."""
        ...

    async def next_work_at(self, lane: str, now: datetime) -> datetime | None:
        """When a lane may send what it has queued; None: nothing is queued in it."""
        ...

    async def recover(self, now: datetime, *, everything: bool) -> int:
        """End leases that ran out: what may have gone out is *unknown*, never sent again."""
        ...

    async def give_back(self, claimed: Sequence[Claimed]) -> None:
        """What was claimed and never sent is queued again, as if nothing had been."""
        ...

    async def uncertain(self, platform: Platform, now: datetime, most: int) -> Sequence[Claimed]:
        """Deliveries of unknown outcome that should be looked for now; nobody else gets them for
        a minute."""
        ...

    async def settle(self, found: Sequence[tuple[Claimed, Result | None]], now: datetime) -> None:
        """What looking for them gave; None: the platform cannot look."""
        ...

    async def set_back(self, now: datetime) -> None:
        """The clock was set back: nothing waits for a moment that lies ahead only because of
        that. What is held for quiet hours stays held."""
        ...

    async def halted(self) -> Collection[UUID]:
        """Whose messages somebody stopped: announcements and waves by their ids."""
        ...

    async def tidy(self, now: datetime) -> None:
        """End what is past its deadline; forget conversations that have been silent."""
        ...
