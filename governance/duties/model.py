"""What is asked of people with a date and must be done: an acknowledgement, a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.people import Platform, Role
from core.text import Text

MOST_REMINDERS = 3

APART = 5
"""School days between two reminders. The first comes so many before the due date."""


Some = tuple[UUID, UUID]
"""People from one id to another, both included."""


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing asked of one person. ``kind`` and ``subject`` say what; ``way``: where it was done.
    ``let_go_at``: it is not asked of them any more."""

    kind: str
    subject: UUID
    person: UUID
    asked_at: datetime
    due: date
    done_at: datetime | None = None
    late: bool = False
    way: Platform | None = None
    let_go_at: datetime | None = None
    reminders: int = 0

    @property
    def open(self) -> bool:
        return self.done_at is None and self.let_go_at is None


@dataclass(frozen=True, kw_only=True)
class Owed:
    """Somebody who owes something. ``building``: its name; ``what``: the duty's. ``overdue``: they
    were reminded often enough, or its day is over. ``in_chat``: they are reached there."""

    person: UUID
    name: str
    role: Role
    building: str
    kind: str
    subject: UUID
    due: date
    what: Text | None = None
    overdue: bool = True
    in_chat: bool = False

    @property
    def key(self) -> str:
        """What they owe, in an address."""
        return f"{self.kind}:{self.subject}"


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """What people of a building may still confirm: how many have, and how many have not. Whoever
    is on leave and has not is in neither. ``key``: as ``Owed.key``."""

    key: str
    what: Text
    due: date
    done: int
    not_yet: int

    @property
    def asked(self) -> int:
        return self.done + self.not_yet


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """A duty of one person as a file lists it. ``building``: its name. When it was done is a day:
    a time beside a name could be held against the moment at which something else changed."""

    name: str
    email: str
    role: Role
    building: str
    due: date
    done_on: date | None
    late: bool
    way: Platform | None
    reminders: int


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of a group (a building's name, or a role) were asked, and have done it."""

    group: str
    asked: int
    done: int
    late: int = 0
    """So many of those who have done it did it after their due date."""

    @property
    def owe(self) -> int:
        return self.asked - self.done
