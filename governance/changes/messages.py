"""What is shown and sent about changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.announcements.model import Announcement, Change, Tally
from governance.changes.model import (
    ChangeRecord,
    ChangeState,
    ChangeStep,
    Phase,
    Planned,
    Step,
)
from governance.references.model import BoundLine


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    change_id: UUID
    title: Text
    who: Text
    day: date
    state: ChangeState


@dataclass(frozen=True, kw_only=True)
class ChangeCalendar:
    """``rows`` by day. ``writes``: the reader may propose a change. ``today``: in the district."""

    rows: tuple[ChangeRow, ...]
    writes: bool
    today: date | None = None


@dataclass(frozen=True, kw_only=True)
class MessageDate:
    """A message about a change, for whoever works on it. ``at``: when it went out, or will.
    ``tally``: of one that went out."""

    announcement: Announcement
    phase: Phase
    at: datetime
    tally: Tally | None = None

    @property
    def sent(self) -> bool:
        return self.tally is not None


@dataclass(frozen=True, kw_only=True)
class ChangeView(InPlace):
    """One change. ``works``: the reader works on it, and sees more than staff do. ``can``: the
    steps that they may take now. ``writes``: they may edit it. ``messages``: how many there are.
    ``led``: so many messages of staff led to it, or a few more; None: not told. ``facets``: what
    other features know of it (``facets.Facet.of``). ``dates``: of the messages, for whoever works
    on it. ``today``: in the district."""

    record: ChangeRecord
    committee: str
    owner: str
    decided_by: str
    serves: tuple[BoundLine, ...]
    steps: tuple[tuple[Step, str], ...]
    works: bool
    can: frozenset[ChangeStep]
    writes: bool
    messages: int
    led: int | None = None
    facets: tuple[object, ...] = ()
    dates: tuple[MessageDate, ...] = ()
    today: date | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeNews:
    """What happened to a change, to whoever acts next or has to know."""

    step: Step
    title: Text
    day: date
    committee: str
    by: str


# -- the messages about it -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    """A message about a change. ``at``: when it went out or will. ``passed``: a draft whose time
    has passed, so that it does not go out by itself. ``everyone``: a draft to everyone, which goes
    out once somebody confirms that. ``was``: its time before the day was moved."""

    planned: Planned
    announcement: Announcement
    at: datetime
    people: int
    passed: bool
    everyone: bool = False
    was: datetime | None = None
    tally: Tally | None = None
    """Of one that went out."""


@dataclass(frozen=True, kw_only=True)
class Collision:
    """A week, from its Monday: (role, level, how many messages), and what else is in it."""

    week: date
    groups: tuple[tuple[str, str, int], ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SequenceView(InPlace):
    """All messages about a change. ``moved_from``: the day that was just given up; then each line
    says its time before, and whoever has one knows the old day. ``edits``: the reader may."""

    record: ChangeRecord
    lines: tuple[PlannedLine, ...]
    collisions: tuple[Collision, ...]
    edits: bool
    moved_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedView(InPlace):
    """``announces``: the reader may edit and send announcements."""

    record: ChangeRecord
    line: PlannedLine
    sender: str
    edits: bool
    announces: bool

    @property
    def change(self) -> Change:
        return self.line.announcement.change


ChangeMessage = ChangeCalendar | ChangeView | ChangeNews | SequenceView | PlannedView
