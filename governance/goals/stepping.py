"""Steps of the plan: what changed between two states of it, goal by goal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from governance.goals.model import Component, Goal, Indicator, PlanStep, StepKind

_LONGEST_KEY = 40
_NO_KEY = re.compile(r"[^a-z0-9]+")


def goals_of(components: Sequence[Component]) -> dict[str, Goal]:
    return {goal.key: goal for component in components for goal in component.goals}


def key_of(title: str, taken: Collection[str]) -> str:
    """A key for what is new, of its name: "Wi-Fi everywhere" is "wi-fi-everywhere"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    short = _NO_KEY.sub("-", plain).strip("-")[:_LONGEST_KEY].rstrip("-") or "goal"
    found, n = short, 2
    while found in taken:
        found = f"{short[: _LONGEST_KEY - len(str(n)) - 1]}-{n}"
        n += 1
    return found


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
    before, there = goals_of(old), goals_of(new)
    counted = [
        replace(one, goals=tuple(_versioned(before.get(goal.key), goal) for goal in one.goals))
        for one in new
    ]
    return _with(counted, {key: _over(one) for key, one in before.items() if key not in there}, old)


def _over(goal: Goal) -> Goal:
    """Retired by its absence: nobody said why, and what its last step said was of that one."""
    if goal.retired:
        return goal
    return replace(goal, retired=True, reason="", decided_by="", decided_on=None, became=())


def _with(
    new: Sequence[Component], absent: Mapping[str, Goal], old: Sequence[Component]
) -> tuple[Component, ...]:
    """The new state with goals that it leaves out, where they were in the old one. A component that
    is left out itself stays because of them."""
    found = {one.key: one for one in new}
    for component in old:
        more = tuple(absent[one.key] for one in component.goals if one.key in absent)
        if more:
            home = found.get(component.key, replace(component, goals=()))
            found[component.key] = replace(home, goals=home.goals + more)
    return tuple(found.values())


def _versioned(known: Goal | None, goal: Goal) -> Goal:
    if known is None:
        return goal
    least = known.version + 1 if reworded(known, goal) else known.version
    return replace(goal, version=max(goal.version, least))


def keeping(
    old: Sequence[Component], new: Sequence[Component], kept: Collection[str]
) -> tuple[Component, ...]:
    """The new state, but with the goals named in ``kept`` as they are in the old one. What measures
    them is the new state's."""
    before, there = goals_of(old), goals_of(new)

    def as_kept(goal: Goal) -> Goal:
        was = before.get(goal.key) if goal.key in kept else None
        return replace(was, indicators=goal.indicators) if was else goal

    found = [replace(one, goals=tuple(as_kept(goal) for goal in one.goals)) for one in new]
    absent = {key: one for key, one in before.items() if key in kept and key not in there}
    return _with(found, absent, old)


def keeping_indicators(old: Sequence[Component], new: Sequence[Component]) -> tuple[Component, ...]:
    """The new state, but with the indicators that were entered or changed on the web as they are in
    the old one, until the new one says the same."""
    before = goals_of(old)

    def with_own(goal: Goal) -> Goal:
        there = before[goal.key].indicators if goal.key in before else ()
        own, named = {one.key: one for one in there}, {one.key for one in goal.indicators}
        files = (_or_own(one, own.get(one.key)) for one in goal.indicators)
        more = (one for one in there if one.by_web and one.key not in named)
        return replace(goal, indicators=(*files, *more))

    return tuple(replace(one, goals=tuple(with_own(goal) for goal in one.goals)) for one in new)


def _or_own(of_file: Indicator, own: Indicator | None) -> Indicator:
    if own is None:
        return of_file
    of_file = replace(of_file, came_from=own.came_from)
    return own if own.by_web and replace(own, by_web=False) != of_file else of_file
