"""What is shown and sent about training sessions and guides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.messages import Action, Asks, InPlace, Order
from core.text import Text
from governance.learning.model import Guide, Seat, Seats, TrainingSession
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """A session as one reader sees it. ``mine``: the reader's seat. ``place``: theirs on the
    waiting list, from 1."""

    session: TrainingSession
    starts: datetime
    ends: datetime
    seats: Seats
    mine: Seat | None = None
    place: int = 0

    @property
    def left(self) -> int | None:
        """Free seats; None: no limit."""
        capacity = self.session.capacity
        return None if capacity is None else max(capacity - self.seats.taken, 0)


@dataclass(frozen=True, kw_only=True)
class GuideLine:
    guide: Guide
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LearningView:
    """``change``: only what is for this change. ``writes``: the reader may add to it.
    ``recorded``: sessions that are over and have a recording."""

    sessions: tuple[SessionLine, ...]
    recorded: tuple[SessionLine, ...] = ()
    guides: tuple[GuideLine, ...] = ()
    change: tuple[UUID, Text] | None = None
    writes: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionView(InPlace):
    """``leader``: the name. ``runs``: the reader may edit and cancel it. ``leads``: they see who
    signed up. ``over``: it has begun."""

    line: SessionLine
    leader: str
    change: Text | None = None
    runs: bool = False
    leads: bool = False
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class AttendanceForm(InPlace):
    """To who leads a session: who has a seat, as (id, name), and the names of those who wait.
    ``begun``: the form can be filled in. ``attended``: ids of who was there."""

    session_id: UUID
    title: Text
    people: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    begun: bool
    attended: tuple[str, ...] = ()
    recording: str = ""
    marked: bool = False
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


class SessionNews(StrEnum):
    """What somebody who signed up hears. The values are kinds of deliveries."""

    SEAT = "session-seat"
    REMINDER = "session-reminder"
    MOVED = "session-moved"
    CANCELLED = "session-cancelled"
    RECORDING = "session-recording"


@dataclass(frozen=True, kw_only=True)
class SessionTold:
    """What somebody who signed up hears of a session, as it stands now."""

    news: SessionNews
    view: SessionView


@dataclass(frozen=True, kw_only=True)
class GuideView(InPlace):
    """``due``: until when the reader must do it. ``did``: how many have, for whoever runs it."""

    guide: Guide
    done_at: datetime | None = None
    due: date | None = None
    change: Text | None = None
    runs: bool = False
    did: int = 0


@dataclass(frozen=True, kw_only=True)
class GuideAsked(Asks):
    """To somebody who must do it by a date. ``reminder``: they were asked before."""

    view: GuideView
    reminder: bool = False

    @property
    def action(self) -> Action:
        return Action.COMPLETE

    @property
    def waiting(self) -> bool:
        return self.view.done_at is None

    @property
    def order(self) -> Order:
        return Order.DUTY

    @property
    def until(self) -> date | None:
        return self.view.due


LearningMessage = LearningView | SessionView | AttendanceForm | SessionTold | GuideView | GuideAsked
