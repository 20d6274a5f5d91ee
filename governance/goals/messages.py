"""The plan, a goal of it, and the form for a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.messages import InPlace
from core.text import Text
from governance.goals.model import Goal, Indicator, Reading, StepKind
from governance.goals.progress import UNREAD, Progress, decides, reached, since


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """An indicator with its readings, the oldest first, and how they stand against the plan.
    ``reworded``: the day on which its goal got the words of today."""

    indicator: Indicator
    readings: tuple[Reading, ...] = ()
    reworded: date | None = None
    progress: Progress = UNREAD

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def compared(self) -> tuple[Reading, ...]:
        """Its readings since its goal was reworded: what was measured before is of another goal."""
        return since(self.readings, self.reworded)

    @property
    def reached(self) -> bool:
        """Whether its last reading is at the target or better."""
        return self.last is not None and reached(self.indicator, self.last.value)


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal in the plan. ``became``: (key, title) of what it was merged into or split into."""

    goal: Goal
    indicators: tuple[IndicatorLine, ...] = ()
    became: tuple[tuple[str, Text], ...] = ()

    @property
    def progress(self) -> Progress:
        """How the goal stands: the worst of its indicators decides."""
        return decides(one.progress for one in self.indicators)

    @property
    def deciding(self) -> IndicatorLine | None:
        """The indicator that says how it stands; None: it has none."""
        progress = self.progress
        return next((one for one in self.indicators if one.progress is progress), None)


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    """``retired``: its goals that are over."""

    name: Text
    goals: tuple[GoalLine, ...] = ()
    retired: tuple[GoalLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalsView(InPlace):
    """The plan. ``facets``: what other features add to it (``governance.goals.facets``), and
    ``linked``: what is linked to its goals, by their keys."""

    vision: Text | None
    steering: str
    decided_by: str
    components: tuple[ComponentLine, ...] = ()
    facets: tuple[object, ...] = ()
    linked: Mapping[str, tuple[object, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step of a goal's history. ``before``: the goal as it was until then; None: the first."""

    kind: StepKind
    on: date
    goal: Goal
    before: Goal | None = None
    became: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalView(InPlace):
    """One goal. ``steps``: the newest first. ``breaks``: days on which its words changed.
    ``measures``: the reader enters readings."""

    line: GoalLine
    component: Text
    facets: tuple[object, ...] = ()
    steps: tuple[StepLine, ...] = ()
    breaks: tuple[date, ...] = ()
    measures: bool = False


GoalMessage = GoalsView | GoalView
