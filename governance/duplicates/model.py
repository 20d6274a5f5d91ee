"""A matter: one docket item, and the items that say the same. What is told of how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.people import Level, Role

TOLD_FROM = 5
"""How many people say a thing is told from this many on; below it is "more than one"."""


@dataclass(frozen=True, kw_only=True)
class Open:
    """One message of an open matter, which a new one may say the same as. ``lead``: the matter's
    item; ``vector``: see ``reading.matching``."""

    lead: UUID
    redacted: str
    vector: bytes


@dataclass(frozen=True, kw_only=True)
class Alike:
    """What was found of a new item: its vector, and the open item that says the same, if any."""

    vector: bytes
    lead: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SaidBy:
    """How many people say the same. ``people`` None: more than one, and fewer than five."""

    people: int | None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """Where people put an item that the reader had put elsewhere. ``went_to``: a committee's key,
    or ``none``."""

    item_id: UUID
    redacted: str
    role: Role | None
    level: Level | None
    came_from: str
    went_to: str
    at: datetime
    by: UUID | None


def said_by(people: int) -> SaidBy | None:
    """Through the release gate. None: one person."""
    if people < 2:
        return None
    return SaidBy(people=people if people >= TOLD_FROM else None)
