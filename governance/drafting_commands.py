"""What the CTO's office asks for when it writes surveys on the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from surveys.people import Audience
from surveys.survey import Survey


@dataclass(frozen=True, kw_only=True)
class ShowSurveys:
    """Every survey: being written, ready, and launched."""


@dataclass(frozen=True, kw_only=True)
class ShowDraft:
    """A draft as it was saved last; ``version``: as it was then. ``sizes``: with how many people
    there are in each group of the roster."""

    draft_id: UUID
    version: int | None = None
    sizes: bool = False


@dataclass(frozen=True, kw_only=True)
class SaveDraft:
    """Keep what was typed. ``after`` is the version that its author saw (0: it is new): saved by
    somebody else meanwhile, nothing is overwritten. ``replaces`` counts for a new one only."""

    draft_id: UUID
    after: int
    body: str
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True)
class DropDraft:
    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class FinishDraft:
    """Make a draft, read as ``survey``, one of the surveys that are ready to be launched."""

    draft_id: UUID
    after: int
    survey: Survey


@dataclass(frozen=True, kw_only=True)
class TrySurvey:
    """Answer a survey as a test, alone: nothing is kept or counted. ``send``: the invitation
    comes where the speaker gets their messages; else it is answered on the web."""

    trial_id: UUID
    survey: Survey
    send: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowPlan:
    """What a launch would ask of whom, and show: for the association, before it. ``opens_at``
    None: now."""

    survey: Survey
    audience: Audience
    opens_at: datetime | None
    closes_at: datetime
    reminders: tuple[datetime, ...] = ()


DraftingCommand = (
    ShowSurveys | ShowDraft | SaveDraft | DropDraft | FinishDraft | TrySurvey | ShowPlan
)
