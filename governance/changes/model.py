"""A technology change on record: why, for whom, when, who decided, and the messages about it.

The terms are ITIL's. The words that people read are those of an announcement
(``announcements.model.Change``), so that each message of the change can begin with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from core.people import Audience
from governance.announcements.model import Change

LONGEST_WHY, LONGEST_NAME = 3000, 120
LONGEST_TITLE = 90
LONGEST_SERVES = 500
"""Characters. A message of the change says in front of it what it is."""

FARTHEST_DAYS = 60
"""School days between a change and a message about it."""


class ChangeState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    UNDER_WAY = "under-way"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class ChangeStep(StrEnum):
    """What was done with a change. Stored."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    MOVED = "moved"
    STARTED = "started"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who approved a change, when, and what they said."""

    by: UUID | None
    at: datetime
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeRecord:
    """``words``: what staff read; its ``when`` is the day's. ``committee``: who decides; "" is the
    CTO. ``serves``: keys of goals and numbers of rules. ``learned``: said when it was done.
    ``why``: of the last step that asked for a reason."""

    id: UUID
    words: Change
    day: date
    audience: Audience = field(default_factory=Audience)
    committee: str = ""
    serves: tuple[str, ...] = ()
    owner: UUID | None = None
    sponsor: str = ""
    risk: Risk = Risk.LOW
    risk_note: str = ""
    state: ChangeState = ChangeState.DRAFT
    written_by: UUID | None = None
    proposed_by: UUID | None = None
    decision: Decision | None = None
    learned: str = ""
    why: str = ""

    @property
    def shown(self) -> bool:
        """Whether staff see it: from its approval on."""
        return self.decision is not None

    @property
    def over(self) -> bool:
        return self.state in (ChangeState.DONE, ChangeState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a change, for its history. ``day``: the new one where it was moved."""

    id: UUID
    change_id: UUID
    step: ChangeStep
    by: UUID | None
    at: datetime
    why: str = ""
    day: date | None = None


# -- the messages about a change -------------------------------------------------------------------


class Phase(StrEnum):
    HEADS_UP = "heads-up"
    HOW_TO = "how-to"
    DAY_BEFORE = "day-before"
    LIVE = "live"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An announcement about a change: so many school days after its day (before it: negative), at
    a time of day."""

    change_id: UUID
    announcement_id: UUID
    phase: Phase
    days: int
    at: time


USUAL: Mapping[Phase, tuple[int, time]] = {
    Phase.HEADS_UP: (-10, time(8)),
    Phase.HOW_TO: (-5, time(8)),
    Phase.DAY_BEFORE: (-1, time(8)),
    Phase.LIVE: (0, time(7, 30)),
    Phase.FOLLOW_UP: (5, time(8)),
}
"""When each message goes out where nobody says otherwise."""

FIXED = frozenset({Phase.DAY_BEFORE, Phase.LIVE})
"""Phases whose day nobody chooses."""

ACKNOWLEDGED = frozenset({Phase.HOW_TO})
"""Phases whose message asks to be confirmed where nobody says otherwise."""
