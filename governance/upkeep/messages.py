"""What the service noticed by itself, or an operator did: told to those whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.text import Text
from governance.committees.model import Openness
from governance.people.rosters import RosterSource
from governance.series.model import Skipped
from surveys.messages import PanelReach
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class ChannelOpened:
    """To a committee's chair and the operator: briefs do not go to its channel any more, for it is
    open to more than staff. ``queue`` is the key of its page, ``committee`` its name."""

    queue: str
    committee: str
    openness: Openness


@dataclass(frozen=True, kw_only=True)
class RosterRefused:
    """To the operator: the daily import of the roster changed nothing. ``why`` is what the import
    said, in the command line's English."""

    source: RosterSource
    why: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """To the CTO's office: what became of one date of a survey that repeats. ``reach`` and
    ``closes_at``: of its wave; else why there is none (``skipped``, and what did not fit).
    ``off``: the holiday that the date is in. ``next_at`` None: no other is planned."""

    series_id: UUID
    title: Text
    at: datetime
    skipped: Skipped | None = None
    unfit: Unfit
    off: str = ""
    reach: PanelReach | None = None
    closes_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DocketOverdue:
    """To who leads a committee: how many open items are late, and since when the oldest."""

    queue: str
    committee: str
    items: int
    oldest_due: datetime


@dataclass(frozen=True, kw_only=True)
class TriageWaiting:
    """To the owner of triage and the deputy: how many messages wait, since when, and how many of
    them are late."""

    items: int
    oldest_at: datetime
    late: int


@dataclass(frozen=True, kw_only=True)
class Grown:
    """A theme of which more people wrote than usual; ``new``: before, hardly anybody did.
    ``usual`` None: fewer than five people a week. ``weeks``: how many people in each, the last one
    last; None: fewer than five."""

    theme: str
    new: bool
    people: int
    usual: int | None
    weeks: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Growing:
    """To a committee: what grew among its themes in the week that began at ``week``."""

    queue: str
    committee: str
    week: datetime
    themes: tuple[Grown, ...]


@dataclass(frozen=True, kw_only=True)
class RecordsHold:
    """To everybody whom an open survey asked: its answers will not be deleted when it closes,
    because ``why``; or (None) they will be after all."""

    wave_id: UUID
    title: Text
    closes_at: datetime
    why: str | None


WatchMessage = (
    ChannelOpened
    | RosterRefused
    | Repetition
    | DocketOverdue
    | TriageWaiting
    | Growing
    | RecordsHold
)
