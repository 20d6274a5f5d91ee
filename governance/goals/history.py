"""A goal's history: when its steps were taken, and where its words changed; and its name in the
audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from governance.goals.model import Component, Goal, PlanStep


def taken_on(step: PlanStep, zone: ZoneInfo) -> date:
    """The day on which the body decided; where that is not known, when it was entered."""
    return step.goal.decided_on or step.at.astimezone(zone).date()


def as_of(
    components: Sequence[Component], history: Sequence[PlanStep], day: date, zone: ZoneInfo
) -> tuple[Component, ...]:
    """The plan at the end of a day: the goals that it had, in the words that they had, with their
    indicators of today. ``history``: all steps, the oldest first. What the district's files brought
    without a date was in the plan before."""
    steps: dict[str, list[PlanStep]] = {}
    for one in history:
        steps.setdefault(one.goal.key, []).append(one)
    return tuple(
        replace(
            one,
            goals=tuple(
                then
                for goal in one.goals
                if (then := _then(goal, steps.get(goal.key, ()), day, zone)) is not None
            ),
        )
        for one in components
    )


def _then(goal: Goal, steps: Sequence[PlanStep], day: date, zone: ZoneInfo) -> Goal | None:
    """None: it was not in the plan."""
    known = [one for one in steps if taken_on(one, zone) <= day]
    if known:
        was = sorted(known, key=lambda one: taken_on(one, zone))[-1].goal  # of a day the last one
    elif steps and (steps[0].proposal or steps[0].goal.decided_on):
        return None
    else:
        was = steps[0].goal if steps else goal
    return None if was.retired else replace(was, indicators=goal.indicators)


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


def reworded_on(steps: Sequence[PlanStep], zone: ZoneInfo, day: date) -> date | None:
    """The last day, up to ``day``, on which a goal's words changed; None: they never did."""
    return max((one for one in breaks(steps, zone) if one <= day), default=None)


def subject_of(goal: str) -> UUID:
    """By which the audit names a goal."""
    return uuid5(NAMESPACE_URL, f"goal/{goal}")
