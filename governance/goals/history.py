"""A goal's history: when its steps were taken, and where its words changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from governance.goals.model import Goal, PlanStep


def taken_on(step: PlanStep, zone: ZoneInfo) -> date:
    """The day on which the body decided; where that is not known, when it was entered."""
    return step.goal.decided_on or step.at.astimezone(zone).date()


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
