"""What can be asked about changes of the plan, and about what is bound to its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.tokens import Slug
from governance.goal_changes.model import ProposalKind
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowProposals(Command):
    """What is proposed and what was decided, with ways to propose something."""


@dataclass(frozen=True, kw_only=True)
class ShowProposalForm(Command):
    """Write a proposal, or go on with its draft. ``goal``: the one that it begins with."""

    proposal_id: UUID
    kind: ProposalKind
    goal: Slug = ""


@dataclass(frozen=True, kw_only=True)
class WriteProposal(Command):
    """Keep a draft. ``goals``: keys; ``stays``: the one that the others are merged into.
    ``measured``: the part of a split that goes on with the goal's indicators, "1" to "3"; "0" is
    none. ``advice``: the id of a recommendation. ``words`` by the key
    of their input: "title" and "title.es", of the parts of a split "title2"."""

    proposal_id: UUID
    kind: ProposalKind
    goals: tuple[str, ...] = ()
    stays: str = ""
    measured: str = "1"
    component: str = ""
    advice: str = ""
    reason: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class SendProposal(Command):
    """The draft is proposed as it is."""

    proposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviseProposal(Command):
    """It is a draft again, to be written anew."""

    proposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowProposal(Command):
    proposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowPlanDecision(Command):
    """The form for a body's decision. ``times``: how often it was proposed when it was read."""

    proposal_id: UUID
    accept: bool
    times: int


@dataclass(frozen=True, kw_only=True)
class EnterPlanDecision(Command):
    """What the body decided, with its day and where it is on record."""

    proposal_id: UUID
    accept: bool
    times: int
    on: date | None = None
    body: str = ""
    reference: str = ""
    reason: str = ""
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class TakeBackPlanDecision(Command):
    """It was entered by mistake."""

    proposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowBound(Command):
    """What is still bound to an earlier version of a goal."""

    goal: Slug


@dataclass(frozen=True, kw_only=True)
class MoveBound(Command):
    """``what``: kinds and holders, as the form names them; ``to``: a goal's key, or "stay"."""

    goal: Slug
    what: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class UndoMove(Command):
    goal: Slug
    batch: UUID


@dataclass(frozen=True, kw_only=True)
class ShowGoalNotes(Command):
    """What happened since to the goals that a survey asks about."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class WatchGoals(Command):
    """Tell the authors of surveys that ask about a goal which was retired."""
