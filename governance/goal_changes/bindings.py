"""Everything that is bound to a goal, each with the version that it means today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from governance.features import declared
from governance.goal_changes.model import Holder, HolderKind, Remapping, choice_key
from governance.goal_changes.remapping import resolved, version_at
from governance.goals.model import Goal, PlanStep
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind
from surveys.questions import Choice
from surveys.survey import Survey


@dataclass(frozen=True, kw_only=True)
class Binding:
    """``bound``: what it was bound to; ``now``: what that means today. ``settled``: somebody said
    that it stays there."""

    holder: Holder
    bound: Bound
    now: Bound
    settled: bool = False


def bindings(store: GovernanceStore) -> tuple[Binding, ...]:
    moves: dict[Holder, list[Remapping]] = defaultdict(list)
    for one in store.remappings():
        moves[one.holder].append(one)
    steps, found = store.plan_steps(), []
    for holder, bound, since in _stored(store, steps):
        now = resolved(bound, moves[holder], since)
        settled = now.stays(steps)
        found.append(Binding(holder=holder, bound=bound, now=now.bound, settled=settled))
    return tuple(found)


def _stored(
    store: GovernanceStore, steps: Sequence[PlanStep]
) -> Iterator[tuple[Holder, Bound, datetime | None]]:
    """What items and recommendations are bound to is stored with its version. A change serves a
    goal as it was when it was approved, a rule as it was when its version was written, and a wave
    asks about it as it was when it opened; drafts are bound to nothing yet. A feature that stores
    more declares ``GOAL_BINDINGS``: of a store, holders, what each is bound to, and since when."""
    goals = goals_of(store.district().components)
    yield from store.goal_bindings()
    confirmed = [one for more in declared("GOAL_BINDINGS") for one in more(store)]
    yield from (one for one in confirmed if one[1].key in goals)
    said = {holder for holder, *_ in confirmed}

    def then(key: str, moment: datetime) -> Bound:
        version = version_at(steps, key, moment) or goals[key].version
        return Bound(kind=BoundKind.GOAL, key=key, version=version)

    rules = store.rules()
    meant = ((rule.id, rule.holds or max(rule.shown, default=0)) for rule in rules)
    versions = store.versions_of(meant)
    for rule in rules:
        version = versions.get(rule.id)
        if version is not None:
            holder = Holder(kind=HolderKind.RULE, key=str(rule.id))
            for key in rule.serves:
                if key in goals:
                    yield holder, then(key, version.at), version.at
    for change in store.changes():
        if change.decision is not None:
            holder = Holder(kind=HolderKind.CHANGE, key=str(change.id))
            for key in change.serves:
                if key in goals:
                    yield holder, then(key, change.decision.at), change.decision.at
    for wave in store.waves():
        for question, choice in choices_with_goals(wave.survey):
            key = choice_key(wave.id, question, choice.key)
            holder = Holder(kind=HolderKind.CHOICE, key=key)
            if choice.goal in goals and holder not in said:
                yield holder, then(choice.goal, wave.opens_at), None


def choices_with_goals(survey: Survey) -> Iterator[tuple[str, Choice]]:
    """(question, choice) of what of a survey is bound to a goal."""
    for question in survey.counted:
        for choice in getattr(question, "choices", ()):
            if choice.goal:
                yield question.key, choice


def is_left(one: Binding, goals: Mapping[str, Goal]) -> bool:
    """Whether it means an earlier version, or a goal that was retired, and nobody said that it
    stays so."""
    goal = goals.get(one.now.key)
    old = goal is None or goal.retired or goal.version != one.now.version
    return old and not one.settled


def left_behind(store: GovernanceStore, keys: Collection[str]) -> tuple[Goal, ...]:
    """Which of some goals have something bound to them that nobody has looked at."""
    goals = goals_of(store.district().components)
    left = {one.now.key for one in bindings(store) if is_left(one, goals)}
    return tuple(goals[key] for key in keys if key in left and key in goals)


def bound_since(
    store: GovernanceStore, made: Sequence[PlanStep], before: Sequence[PlanStep]
) -> bool:
    """Whether anything was bound to the versions that some steps made and that were not there
    ``before``."""
    there = {(one.goal.key, one.goal.version) for one in before}
    new = {(one.goal.key, one.goal.version) for one in made if not one.goal.retired} - there
    return any((one.now.key, one.now.version) in new for one in bindings(store))
