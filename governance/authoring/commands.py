"""What the CTO's office asks for when it writes surveys on the web."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.people import Audience
from surveys.commands import LaunchSurvey
from surveys.survey import Survey


@dataclass(frozen=True, kw_only=True)
class ShowSurveys(Command):
    """Every survey: being written, ready, and launched."""


@dataclass(frozen=True, kw_only=True)
class ShowDraft(Command):
    """A draft as it was saved last; ``version``: as it was then. ``sizes``: with how many people
    there are in each group of the roster."""

    draft_id: UUID
    version: int | None = None
    sizes: bool = False


@dataclass(frozen=True, kw_only=True)
class SaveDraft(Command):
    """Keep what was typed. ``after`` is the version that its author saw (0: it is new): saved by
    somebody else meanwhile, nothing is overwritten. ``replaces`` counts for a new one only."""

    draft_id: UUID
    after: int
    body: str
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True)
class DropDraft(Command):
    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class FinishDraft(Command):
    """Make a draft, read as ``survey``, one of the surveys that are ready to be launched."""

    draft_id: UUID
    after: int
    survey: Survey


@dataclass(frozen=True, kw_only=True)
class TrySurvey(Command):
    """Answer a survey as a test, alone: nothing is kept or counted. ``send``: the invitation
    comes where the speaker gets their messages; else it is answered on the web."""

    trial_id: UUID
    survey: Survey
    send: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowPlan(Command):
    """What a launch would ask of whom, and show: for the association, before it."""

    launch: LaunchSurvey


@dataclass(frozen=True, kw_only=True)
class ShowLaunch(Command):
    """What there is to choose from for a launch of the ready survey with a key, with the head
    counts of an audience."""

    survey: str
    audience: Audience = field(default_factory=Audience)
