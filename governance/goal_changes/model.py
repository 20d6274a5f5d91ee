"""Proposals to change the plan, and what was decided on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text
from governance.goals.model import NO_WORDS
from governance.references.model import Bound

LONGEST_REFERENCE = 120
"""Characters of where a decision is on record, such as "Board resolution 2027-14"."""

MOST_GOALS = 6
"""That are merged into one at once."""

MOST_PARTS = 3
"""Goals that one is split into at once."""


class ProposalKind(StrEnum):
    """What is proposed. Stored."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"
    RESTORE = "restore"


class ProposalState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class GoalWords:
    """A goal as it is proposed to read. Empty words of a goal that is there stay as they are."""

    title: Text = NO_WORDS
    description: Text = NO_WORDS
    why: Text = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a body decided, as the CTO's office entered it. ``on``: the body's day; ``at``: when it
    was entered. One that was entered by mistake is taken back, and stays on record."""

    accepted: bool
    on: date
    body: str
    reference: str
    reason: str
    at: datetime
    by_person: UUID | None = None
    taken_back_at: datetime | None = None
    taken_back_by: UUID | None = None

    @property
    def named(self) -> str:
        """The body and where its decision is on record."""
        return ", ".join(one for one in (self.body, self.reference) if one)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change of the plan. ``goals``: those that it changes, in the versions that its author saw.
    ``into``: of a merger, the key of the goal that stays; "" is a new one. ``words``: of the goal
    that it adapts, adopts or merges into, or of each part of a split. ``measured``: which part of a
    split goes on with the goal's indicators, from 1; 0: none. ``component``: of a new goal.
    ``advice``: the recommendation that it rests on. ``decisions``: the last one counts."""

    id: UUID
    kind: ProposalKind
    reason: str
    goals: tuple[Bound, ...] = ()
    into: str = ""
    words: tuple[GoalWords, ...] = ()
    measured: int = 1
    component: str = ""
    advice: UUID | None = None
    state: ProposalState = ProposalState.DRAFT
    written_by: UUID | None = None
    written_at: datetime
    proposed_by: UUID | None = None
    proposed_at: datetime | None = None
    times: int = 0
    """How often it was proposed."""
    decisions: tuple[Decision, ...] = field(default=())

    @property
    def decision(self) -> Decision | None:
        """The one that holds."""
        last = self.decisions[-1] if self.decisions else None
        return last if last is not None and last.taken_back_at is None else None

    @property
    def at(self) -> datetime:
        """When something happened to it last."""
        last = self.decisions[-1] if self.decisions else None
        decided = (last.taken_back_at or last.at) if last else None
        return max(one for one in (self.written_at, self.proposed_at, decided) if one)


class HolderKind(StrEnum):
    """What can be bound to a goal. Stored."""

    ITEM = "item"
    RECOMMENDATION = "recommendation"
    RULE = "rule"
    CHANGE = "change"
    CHOICE = "choice"
    """A priority that a wave asks about."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One thing that is bound to a goal. ``key``: its id; of a choice ``choice_key``."""

    kind: HolderKind
    key: str

    @property
    def token(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.key}"


def choice_key(wave_id: UUID, question: str, choice: str) -> str:
    return f"{wave_id}/{question}/{choice}"


@dataclass(frozen=True, kw_only=True)
class Remapping:
    """One holder's binding, moved from one goal to another. Where both are the same it stays as it
    is, and nobody is asked again. ``batch``: what was moved at once, and is undone at once."""

    id: UUID
    batch: UUID
    holder: Holder
    source: Bound
    target: Bound
    at: datetime
    by_person: UUID | None = None
    undone_at: datetime | None = None
    undone_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MessageOnGoal:
    """A message that says what a linked item says. ``bound``: what the item was linked to, and
    ``since`` when."""

    item: UUID
    bound: Bound
    since: datetime | None
    message: UUID
    author: UUID | None
