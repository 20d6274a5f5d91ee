"""Training: sessions that people sign up for, and guides that they go through by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from core.people import Audience
from core.text import Text

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_PLACE, LONGEST_LINK = 90, 3000, 200, 500
MOST_SEATS = 10_000

GUIDE_DUE = "guide-due"
"""Kind of the duty to do a guide by a date, and of the delivery that asks for it."""


class Format(StrEnum):
    IN_PERSON = "in-person"
    ONLINE = "online"
    RECORDED = "recorded"
    """Online, and there is a recording afterwards."""


@dataclass(frozen=True, kw_only=True)
class TrainingSession:
    """``day``, ``begins`` and ``ends`` are what the district's clock shows. ``link``: to join it
    online. ``capacity`` None: no limit. ``leader``: who leads it and sees who signed up.
    ``sequence``: how often its calendar entry changed. ``moved_from``: when it began before it was
    moved last. ``why``: said when it was cancelled. ``marked``: attendance was."""

    id: UUID
    title: Text
    day: date
    begins: time
    ends: time
    leader: UUID
    format: Format = Format.IN_PERSON
    about: Text | None = None
    place: str = ""
    link: str = ""
    capacity: int | None = None
    change_id: UUID | None = None
    audience: Audience = field(default_factory=Audience)
    sequence: int = 0
    moved_from: datetime | None = None
    cancelled: bool = False
    why: str = ""
    recording: str = ""
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody signed up: they have a seat, or wait for one. Whoever has the smallest ``number``
    waits longest. ``attended`` None: not marked."""

    session_id: UUID
    person: UUID
    number: int
    at: datetime
    seated: bool
    attended: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Seats:
    """How many have a seat, and how many wait."""

    taken: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Guide:
    """``text`` or ``link`` says what to do. ``due``: it must be done until then. ``retired``: it is
    offered no more."""

    id: UUID
    title: Text
    text: Text | None = None
    link: str = ""
    change_id: UUID | None = None
    audience: Audience = field(default_factory=Audience)
    due: date | None = None
    retired: bool = False
