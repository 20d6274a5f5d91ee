"""A goal's history: when its steps were taken, and which version was current on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from governance.goals.model import Goal, PlanStep
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind


def taken_on(step: PlanStep, zone: ZoneInfo) -> date:
    """The day on which the body decided; where that is not known, when it was entered."""
    return step.goal.decided_on or step.at.astimezone(zone).date()


def version_on(steps: Sequence[PlanStep], day: date, zone: ZoneInfo) -> int:
    """The version that was current then; the first that is known, where the history does not go
    back that far; 0 without a history."""
    known = [step.goal.version for step in steps if taken_on(step, zone) <= day]
    if known:
        return known[-1]
    return steps[0].goal.version if steps else 0


def bound_at(store: GovernanceStore, key: str, at: datetime | None) -> Bound | None:
    """A goal as it was worded at a moment (None: today); None: there is none."""
    district = store.district()
    goal = goals_of(district.components).get(key)
    if goal is None:
        return None
    zone, version = ZoneInfo(district.timezone), 0
    if at is not None:
        version = version_on(store.plan_steps(key), at.astimezone(zone).date(), zone)
    return Bound(kind=BoundKind.GOAL, key=key, version=version or goal.version)


def with_before(steps: Sequence[PlanStep]) -> Iterator[tuple[PlanStep, Goal | None]]:
    """Each step of one goal, with the goal as it was until then."""
    before: Goal | None = None
    for step in steps:
        yield step, before
        before = step.goal


def breaks(steps: Sequence[PlanStep], zone: ZoneInfo) -> tuple[date, ...]:
    """Days on which a goal's words changed: its readings before and after are of two versions."""
    return tuple(
        taken_on(step, zone)
        for step, before in with_before(steps)
        if before is not None and before.version != step.goal.version
    )
