"""Steps of the plan: what changed between two states of it, goal by goal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from governance.goals.model import Component, Goal, PlanStep, StepKind


def goals_of(components: Sequence[Component]) -> dict[str, Goal]:
    return {goal.key: goal for component in components for goal in component.goals}


def steps_between(
    old: Sequence[Component],
    new: Sequence[Component],
    now: datetime,
    *,
    by_person: UUID | None = None,
    proposal: UUID | None = None,
) -> Iterator[PlanStep]:
    """The steps that lead from one state of the plan to the next. Indicators may change without
    one: they measure a goal, and do not say what it means."""
    before = goals_of(old)
    for component in new:
        for goal in component.goals:
            kind = _kind(before.get(goal.key), goal)
            if kind is not None:
                yield PlanStep(
                    id=uuid4(),
                    goal=goal,
                    component=component.key,
                    kind=kind,
                    at=now,
                    by_person=by_person,
                    proposal=proposal,
                )


def _kind(known: Goal | None, goal: Goal) -> StepKind | None:
    if goal.retired and (known is None or not known.retired):
        if len(goal.became) > 1:
            return StepKind.SPLIT
        return StepKind.MERGED if goal.became else StepKind.RETIRED
    if known is None:
        return StepKind.ADOPTED
    if known.retired and not goal.retired:
        return StepKind.RESTORED
    return StepKind.ADAPTED if goal.version != known.version else None


def reworded(known: Goal, goal: Goal) -> bool:
    """Whether it means something else: a new version."""
    return _words(known) != _words(goal)


def _words(goal: Goal) -> tuple[object, ...]:
    return goal.title, goal.description, goal.why


def next_versions(old: Sequence[Component], new: Sequence[Component]) -> tuple[Component, ...]:
    """The new state with its versions counted: goals whose words changed get the next one, and
    goals that are absent stay, retired."""
    before, kept = goals_of(old), goals_of(new).keys()
    found = []
    for component in new:
        goals = tuple(_versioned(before.get(goal.key), goal) for goal in component.goals)
        known = next((one.goals for one in old if one.key == component.key), ())
        gone = tuple(replace(one, retired=True) for one in known if one.key not in kept)
        found.append(replace(component, goals=goals + gone))
    return tuple(found)


def _versioned(known: Goal | None, goal: Goal) -> Goal:
    if known is None:
        return goal
    least = known.version + 1 if reworded(known, goal) else known.version
    return replace(goal, version=max(goal.version, least))


def keeping(
    old: Sequence[Component], new: Sequence[Component], kept: Collection[str]
) -> tuple[Component, ...]:
    """The new state, but with the goals named in ``kept`` as they are in the old one."""
    before = goals_of(old)
    found = []
    for component in new:
        goals = [before.get(one.key, one) if one.key in kept else one for one in component.goals]
        own = next((one.goals for one in old if one.key == component.key), ())
        there = goals_of(new).keys()
        goals += [one for one in own if one.key in kept and one.key not in there]
        found.append(replace(component, goals=tuple(goals)))
    return tuple(found)
