"""What is said to those who respond to something urgent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.messages import Asks, Order, Settles
from governance.feedback.model import Urgency
from governance.urgent.model import Did, Outcome


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One line of a case's history: who did what, or was told, and when."""

    did: Did
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class UrgentAlert(Asks, Settles):
    """To a named responder: the original, unredacted, with who wrote it (disclosure is logged).
    Offers to take the case; once it is taken, to close it.

    ``author`` and ``building`` None: it was said anonymously. ``answer_by``: when the next
    person is called, None once it is taken. ``original`` is the redacted text where the original
    was deleted (``gone``).
    """

    item_id: UUID
    urgency: Urgency
    original: str
    author: str | None
    building: str | None
    received_at: datetime
    answer_by: datetime | None = None
    taken_by: str = ""
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    note: str = ""
    history: tuple[CaseLine, ...] = ()
    gone: bool = False
    held_back: bool = False
    """Whether no committee has it unless somebody releases it."""
    mine: bool = False
    """Whether its reader has taken it."""
    contacts: Mapping[str, str] = field(default_factory=dict)
    """Whom to call about such a thing."""

    @property
    def settled_at(self) -> datetime | None:
        return self.closed_at

    @property
    def waiting(self) -> bool:
        return self.closed_at is None

    @property
    def order(self) -> Order:
        return Order.DANGER


@dataclass(frozen=True, kw_only=True)
class CaseNews:
    """To the others who were told of a case: who takes it, or how it was closed. No words of it."""

    item_id: UUID
    urgency: Urgency
    did: Did
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A queue to which something can be released, and how many people read it there."""

    queue: str
    name: str
    people: int


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """To the responder, once: how many messages were taken from committees after an upgrade,
    because they read as danger. No words of them."""

    items: int


CaseMessage = UrgentAlert | CaseNews | Withdrawn


@dataclass(frozen=True, kw_only=True)
class CaseOverview:
    """A line of the responder's page. ``called`` is how many people were told so far."""

    item_id: UUID
    urgency: Urgency
    opened_at: datetime
    called: int
    taken_by: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class CasesView:
    """The responder's page: the open ones first, the newest first among each."""

    open_cases: tuple[CaseOverview, ...]
    closed_cases: tuple[CaseOverview, ...]
    alerted: tuple[tuple[Urgency, tuple[str, ...]], ...] = ()
    """Of each kind that the reader answers for: who is alerted, by name, in that order."""
