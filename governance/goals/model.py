"""The plan's components and their goals, in versions. A changed goal is a new version, never an
edit, and each step says why, when and by which body it was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text

LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 600
LONGEST_REASON = 600
LONGEST_BODY = 120
"""Characters of the body that decided, such as "Board resolution 2026-31"."""
LONGEST_NOTE = 300
LONGEST_UNIT = 20

MOST_INDICATORS = 8
"""Of one goal: more do not fit on a phone."""

NO_WORDS = Text(default="")

TAKEN_BACK = "taken-back"
"""The reason of a step that leads back, where a decision was entered by mistake. Stored."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What shows whether a goal is reached. ``unit``: such as "%" or "days". ``by``: the day on
    which ``target`` is to be reached. ``lower``: lower values are better. ``came_from``: the goal
    and indicator ("phones/answered") that it goes on with, of a goal that was merged or split.
    ``by_web``: it was entered or changed here, so the district's files do not take it away."""

    key: str
    name: Text
    target: float
    unit: Text = NO_WORDS
    by: date | None = None
    lower: bool = False
    came_from: str = ""
    by_web: bool = False

    @property
    def source(self) -> str:
        """The goal whose indicator it goes on with; "": none."""
        return self.came_from.partition("/")[0]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An indicator's value on a day. The last one of a day counts."""

    goal: str
    indicator: str
    on: date
    value: float
    note: str = ""
    by_person: UUID | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal of the plan. ``version`` counts from 1; ``retired`` ones stay for the record.

    ``why``: why the district has this goal. ``reason``, ``decided_by`` and ``decided_on``: of its
    last step. ``became``: keys of the goals that it was merged into (one) or split into (more).
    """

    key: str
    title: Text
    description: Text = NO_WORDS
    why: Text = NO_WORDS
    version: int = 1
    retired: bool = False
    indicators: tuple[Indicator, ...] = ()
    reason: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    became: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Component:
    """One of the four components of the CLASS plan."""

    key: str
    name: Text
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanSettings:
    """``vision``: in a sentence. ``steering``: the key of the committee that proposes changes of
    the plan. ``decided_by``: who decides on them, as staff read it ("the Board of Education"); the
    CTO's office enters the decision."""

    vision: Text | None = None
    steering: str = ""
    decided_by: str = ""


class StepKind(StrEnum):
    """What happened to a goal."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    RESTORED = "restored"


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """One step of a goal's history: the goal as it was from then on. ``proposal``: what it followed
    from; None: the district's files."""

    id: UUID
    goal: Goal
    component: str
    kind: StepKind
    at: datetime
    by_person: UUID | None = None
    proposal: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan as it is today."""

    settings: PlanSettings = field(default_factory=PlanSettings)
    components: tuple[Component, ...] = ()
