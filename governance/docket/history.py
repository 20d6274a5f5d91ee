"""What a committee did with an item, step by step: the history that the item's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class StepKind(StrEnum):
    """What was done. Moves are kept by themselves, each with its why."""

    ACKNOWLEDGED = "acknowledged"
    DISCUSSED = "discussed"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    ANSWERED = "answered"
    RECOMMENDED = "recommended"
    """It is behind a recommendation that was sent; ``about`` is its title."""
    LINKED = "linked"
    """It has to do with a goal, a rule or an announcement; ``about`` is its name."""
    UNLINKED = "unlinked"
    PUT_ASIDE = "put-aside"
    """It left the open list until a day, which is ``about`` (as in 2026-12-09)."""
    BROUGHT_BACK = "brought-back"
    SUBJECT = "subject"
    """Somebody wrote another subject for it."""
    UNDONE = "undone"
    """What was done just before was put back."""
    REMINDED = "reminded"
    """Who leads the committee was told that it is late; by nobody."""


@dataclass(frozen=True, kw_only=True)
class DocketStep:
    """One step on one queue. ``about``: the id of whom an item was assigned to."""

    kind: StepKind
    queue: str
    by: UUID | None
    at: datetime
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step as it is shown: ``who`` did it (None: they are not on the roster anymore, or it was
    another committee's), ``about`` in names."""

    kind: StepKind
    who: str | None
    at: datetime
    about: str = ""
