"""What is bound to a version of a goal, and to which goal it was moved since.

A binding is never overwritten: a remapping is beside it, and whoever reads a binding asks
``current``. What was moved back reads as before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goals.stepping import goals_of
from governance.references.model import Bound, BoundKind

if TYPE_CHECKING:
    from governance.goals.model import Component, Goal, PlanStep
    from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """``bound``: the goal's version today. ``settled``: when a person said that it stays there."""

    bound: Bound
    settled: datetime | None = None

    def stays(self, steps: Iterable[PlanStep]) -> bool:
        """Whether a person said so, and nothing happened to the goal since."""
        at = self.settled
        return at is not None and not any(
            one.goal.key == self.bound.key and one.at > at for one in steps
        )


def current(
    store: GovernanceStore, bound: Bound, holder: Holder, since: datetime | None = None
) -> Bound:
    """The goal's version that a holder's binding means today: ``bound`` itself, or where it was
    moved. What is bound to anything but a goal stays. ``since``: when the binding was made; an
    item's is looked up."""
    if bound.kind is not BoundKind.GOAL:
        return bound
    moves = store.remappings(holder)
    if moves and holder.kind is HolderKind.ITEM:
        since = store.linked_at(UUID(holder.key), bound)
    return resolved(bound, moves, since).bound


def resolved(bound: Bound, moves: Iterable[Remapping], since: datetime | None = None) -> Resolved:
    """``moves`` are those of its holder, the oldest first. Each counts where the binding was by
    then, so one that is undone takes with it what followed from it. Those from before the binding
    was made (``since``) were of another."""
    found = Resolved(bound=bound)
    for one in moves:
        late = since is None or one.at >= since
        if late and one.undone_at is None and one.source == found.bound:
            settled = one.at if one.source == one.target else None
            found = Resolved(bound=one.target, settled=settled)
    return found


# -- versions of what stores a goal's key only -----------------------------------------------------


def version_at(steps: Sequence[PlanStep], goal: str, moment: datetime | None) -> int:
    """The version of a goal at a moment (None: today), by the plan's history, oldest step first.
    Before the history begins it is the first one known; 0: the goal is in no step."""
    own = [one for one in steps if one.goal.key == goal]
    before = own if moment is None else [one for one in own if one.at <= moment]
    return (before[-1:] or own[:1])[0].goal.version if own else 0


def bound_at(store: GovernanceStore, goal: str, moment: datetime | None) -> Bound:
    """A goal as it was at a moment: what a wave's choice, an approved change or a rule's version
    is bound to."""
    version = version_at(store.plan_steps(), goal, moment)
    known = goals_of(store.district().components).get(goal)
    today = known.version if known else 0
    return Bound(kind=BoundKind.GOAL, key=goal, version=version or today)


def bound_to(
    store: GovernanceStore, goal: Goal, keys: Iterable[str], holder: Holder, moment: datetime
) -> Bound | None:
    """The goal in the version that a holder of keys means today, where it is bound to that goal;
    None: it is not."""
    for key in keys:
        bound = bound_at(store, key, moment)
        now = current(store, bound, holder, moment) if bound.version else bound
        if now.key == goal.key:
            return now
    return None


# -- all of them at once ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What is known of all moves and of the plan's history, read once. ``today``: the version of
    each goal."""

    steps: Sequence[PlanStep]
    by_holder: Mapping[Holder, Sequence[Remapping]]
    today: Mapping[str, int]

    def of_bound(self, bound: Bound, holder: Holder, since: datetime | None = None) -> str:
        """The key of the goal that a binding means today, as ``current`` says it."""
        return resolved(bound, self.by_holder.get(holder, ()), since).bound.key

    def of_keys(self, keys: Iterable[str], holder: Holder, moment: datetime) -> set[str]:
        """The goals that a holder of keys means today, as ``bound_to`` says it of one."""
        found = set()
        for key in keys:
            version = version_at(self.steps, key, moment) or self.today.get(key, 0)
            bound = Bound(kind=BoundKind.GOAL, key=key, version=version)
            found.add(self.of_bound(bound, holder, moment) if version else key)
        return found


def moves_of(store: GovernanceStore, plan: Sequence[Component] | None = None) -> Moves:
    """``plan``: its components, where they were read already."""
    by_holder: dict[Holder, list[Remapping]] = defaultdict(list)
    for one in store.remappings():
        by_holder[one.holder].append(one)
    goals = goals_of(store.district().components if plan is None else plan)
    return Moves(
        steps=store.plan_steps(),
        by_holder=by_holder,
        today={key: one.version for key, one in goals.items()},
    )
