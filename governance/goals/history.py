"""A goal's history: when its steps were taken, and which version was current on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from governance.goals.model import Goal, PlanStep, StepKind
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind


def taken_on(step: PlanStep, zone: ZoneInfo) -> date:
    """The day on which the body decided; where that is not known, when it was entered."""
    return step.goal.decided_on or step.at.astimezone(zone).date()


def version_at(steps: Sequence[PlanStep], at: datetime) -> int:
    """The version that was current then; 0: the history does not go back that far."""
    known = [step.goal.version for step in steps if step.at <= at]
    return known[-1] if known else 0


def bound_at(store: GovernanceStore, key: str, at: datetime | None) -> Bound | None:
    """A goal as it was worded at a moment (None: today); None: there is none. Where its history
    does not go back that far, the first version that is known."""
    goal = goals_of(store.district().components).get(key)
    if goal is None:
        return None
    version = goal.version
    if at is not None and (steps := store.plan_steps(key)):
        version = version_at(steps, at) or steps[0].goal.version
    return Bound(kind=BoundKind.GOAL, key=key, version=version)


def with_before(steps: Sequence[PlanStep]) -> Iterator[tuple[PlanStep, Goal | None]]:
    """Each step of one goal, with the goal as it was until then."""
    before: Goal | None = None
    for step in steps:
        yield step, before
        before = step.goal


def breaks(steps: Sequence[PlanStep], zone: ZoneInfo) -> tuple[date, ...]:
    """Days on which a goal's words changed: its readings before and after are of two versions."""
    return tuple(taken_on(one, zone) for one in steps if one.kind is StepKind.ADAPTED)
