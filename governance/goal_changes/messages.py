"""What is answered and sent about changes of the plan, and about what is bound to its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.messages import Asks, InPlace, Settles
from core.text import Text
from governance.goal_changes.model import (
    GoalWords,
    HolderKind,
    Proposal,
    ProposalKind,
    ProposalState,
)
from governance.goals.model import Goal
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit

Choices = tuple[tuple[str, Text], ...]
"""(key, title) of goals and components."""

Counts = tuple[tuple[HolderKind, int], ...]
"""How many there are of each kind; of messages 0 where only a few people are behind them."""


@dataclass(frozen=True, kw_only=True)
class ProposalForm:
    """To write a proposal. ``advices``: (id, title) of accepted recommendations. ``language``: of
    the words; "title.es" is a translation. ``now``: the goal as it is, where one is adapted."""

    proposal_id: UUID
    kind: ProposalKind
    language: str
    choices: Choices
    components: Choices = ()
    advices: tuple[tuple[str, str], ...] = ()
    goals: tuple[str, ...] = ()
    stays: str = ""
    measured: str = "1"
    component: str = ""
    advice: str = ""
    reason: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OutdatedGoal:
    """A goal that was changed since it was proposed to change it. ``on``: None, it is gone."""

    title: Text
    on: date | None = None
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposalView(Settles):
    """One proposal. ``goals``: as they were when it was written. ``into``: the goal that stays.
    ``writes``: the reader may change it; ``decides``: and enter the decision; ``takes_back``:
    until when they may take it back. ``remaps``: goals to which something is still bound in an
    earlier version. ``unmeasured``: goals of an accepted one that have no indicator, where the
    reader enters them. ``renewed``: it was proposed anew since the reader opened it."""

    proposal: Proposal
    goals: tuple[Goal, ...]
    into: Text | None = None
    component: Text | None = None
    advice: str = ""
    committee: str = ""
    body: str = ""
    outdated: tuple[OutdatedGoal, ...] = ()
    writes: bool = False
    decides: bool = False
    renewed: bool = False
    takes_back: datetime | None = None
    remaps: tuple[Goal, ...] = ()
    unmeasured: tuple[Goal, ...] = ()
    listed: bool = False
    """The reader sees the list of all proposals."""


@dataclass(frozen=True, kw_only=True)
class ProposalAsked(Asks, ProposalView):
    """The same to the CTO, until the decision is entered."""


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """A proposal in a list."""

    id: UUID
    kind: ProposalKind
    state: ProposalState
    goals: tuple[Text, ...]
    words: tuple[GoalWords, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProposalsView(InPlace):
    """All proposals, what happened last first. ``new``: an id for a proposal of each kind, where
    the reader may write one."""

    lines: tuple[ProposalLine, ...]
    committee: str = ""
    body: str = ""
    new: tuple[tuple[ProposalKind, UUID], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanDecisionForm:
    """Asks the CTO's office what the body decided."""

    view: ProposalView
    accept: bool
    on: date | None = None
    body: str = ""
    reference: str = ""
    reason: str = ""
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


# -- what is bound to a goal -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BoundThing:
    """One thing that can be moved by itself. ``token``: as the form names it."""

    token: str
    kind: HolderKind
    name: Text
    path: str = ""
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was moved at once, how many of each kind. ``to`` None: it was left as it was."""

    batch: UUID
    counts: Counts
    to: Text | None
    by: str
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class BoundView(InPlace):
    """What is bound to an earlier version of a goal. ``counts`` by kind; ``things``: those that the
    reader may see one by one. ``targets``: goals that it can be moved to. ``moved``: the last
    first."""

    goal: Goal
    counts: Counts
    things: tuple[BoundThing, ...]
    targets: Choices
    moved: tuple[Moved, ...] = ()
    what: tuple[str, ...] = ()
    to: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


# -- goals of a survey ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class GoalNote:
    """A goal that was retired or changed on a day, and the choices that are bound to it.
    ``became``: the goals that took its place."""

    title: Text
    on: date
    retired: bool
    choices: tuple[Text, ...]
    became: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalNotes:
    """What happened since a survey was launched to the goals that it asks about. ``open``: it still
    asks. ``next_at``: when it asks again, where it repeats. ``series``: its id, then."""

    wave_id: UUID | None
    title: Text
    notes: tuple[GoalNote, ...]
    open: bool = False
    series: UUID | None = None
    next_at: datetime | None = None


GoalChangeMessage = (
    ProposalForm
    | ProposalView
    | ProposalAsked
    | ProposalsView
    | PlanDecisionForm
    | BoundView
    | GoalNotes
)
