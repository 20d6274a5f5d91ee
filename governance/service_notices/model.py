"""Service notices: an outage or planned maintenance, its updates and its end.

The first message is an ordinary announcement. What follows goes to those who have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text

LONGEST_TITLE, LONGEST_WORDS = 120, 1500
"""Characters."""


class ServiceKind(StrEnum):
    OUTAGE = "outage"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, kw_only=True)
class Service:
    """What the first message says beside its words. ``begins``: of maintenance. ``ends``: when it
    is expected to end."""

    kind: ServiceKind
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceNotice:
    """What binds an announcement to its updates. ``ends``: as it is expected by now."""

    announcement_id: UUID
    ends: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceUpdate:
    """``last``: it is over; then ``words`` may be empty. ``ends``: the new time it is expected to
    end."""

    id: UUID
    announcement_id: UUID
    at: datetime
    by: UUID | None
    words: Text
    ends: datetime | None = None
    last: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceThread:
    """A notice with its updates, the newest first."""

    notice: ServiceNotice
    updates: tuple[ServiceUpdate, ...] = ()
