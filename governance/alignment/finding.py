"""What is known of a wave's priorities and the plan's goals, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from core.text import Text
from governance.alignment.model import (
    NO_GOAL,
    Aligned,
    Alignment,
    Binding,
    GoalLine,
    Idea,
    Priority,
)
from governance.alignment.nearest import proposed, texts_of
from governance.alignment.priorities import priorities_of, questions_of
from governance.goal_changes.access import steering
from governance.goal_changes.model import Holder, HolderKind, choice_key
from governance.goal_changes.remapping import Moves, moves_of, resolved
from governance.goals.model import Goal
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceLine, AdviceState
from governance.references.model import Bound, BoundKind
from surveys.results.model import WaveResults
from surveys.survey import Wave

MOST_IDEAS = 5
"""Proposals about priorities that no goal covers, and about goals that staff put last: each."""


def goals_today(store: GovernanceStore) -> list[Goal]:
    return [one for one in goals_of(store.district().components).values() if not one.retired]


def alignment(store: GovernanceStore, wave: Wave) -> Alignment:
    results = store.results(wave.id)
    plan = goals_of(store.district().components)
    aligned = aligned_of(store, wave, results)
    priorities = [one.priority for one in aligned]
    energy = _energy(aligned, plan)
    served = {one.key for one in energy}
    quiet = tuple(
        GoalLine(key=key, title=goal.title)
        for key, goal in plan.items()
        if not goal.retired and key not in served
    )
    uncovered = tuple(
        one.priority
        for one in sorted(aligned, key=lambda one: one.priority.place)
        if one.settled and one.binding and one.binding.goal == NO_GOAL
    )
    committee, sent = steering(store), store.alignment_sent(wave.id)
    ranked = any(one.ranked for one in priorities)
    return Alignment(
        wave_id=wave.id,
        title=wave.survey.title,
        closed_at=wave.closes_at,
        questions=questions_of(wave.survey, results),
        priorities=aligned,
        energy=energy,
        quiet=quiet,
        uncovered=uncovered,
        ideas=_ideas(store, uncovered, _put_last(energy, priorities)) if ranked else (),
        advice=_advice(store, wave),
        steering=committee.name if committee else "",
        sent_at=sent.at if sent else None,
    )


def aligned_of(
    store: GovernanceStore, wave: Wave, results: WaveResults | None
) -> tuple[Aligned, ...]:
    """Each priority with its goal as it stands today: all that it takes to say what is open."""
    priorities = priorities_of(wave.survey, results)
    plan = goals_of(store.district().components)
    bound = {(one.question, one.choice): one for one in standing(store, wave.id)}
    return tuple(_aligned(one, bound.get(one.key), plan) for one in priorities)


def standing(
    store: GovernanceStore, wave_id: UUID | None = None, known: Moves | None = None
) -> list[Binding]:
    """What was confirmed of a wave or of all, as it stands today: where a goal was merged or split,
    with the goal that it was moved to. ``known``: the moves, where they were read already."""
    bindings = store.bindings(wave_id)
    if not bindings:
        return []
    moves, found = known or moves_of(store), []
    for binding in bindings:
        key = choice_key(binding.wave_id, binding.question, binding.choice)
        own = moves.by_holder.get(Holder(kind=HolderKind.CHOICE, key=key), ())
        was = Bound(kind=BoundKind.GOAL, key=binding.goal, version=binding.version)
        now = resolved(was, own, binding.at)
        goal, version = now.bound.key, now.bound.version
        found.append(replace(binding, goal=goal, version=version, stays=now.stays(moves.steps)))
    return found


def _aligned(priority: Priority, binding: Binding | None, plan: dict[str, Goal]) -> Aligned:
    goal = plan.get(binding.goal if binding else priority.goal)
    if binding is None:
        gone = goal.title if goal and goal.retired else None
        return Aligned(priority=priority, retired=gone)
    if binding.goal == NO_GOAL or binding.stays or (goal is not None and not goal.retired):
        return Aligned(priority=priority, binding=binding, settled=True)
    gone = goal.title if goal else Text(default=binding.goal)
    return Aligned(priority=priority, binding=binding, retired=gone)


def _energy(aligned: Sequence[Aligned], plan: dict[str, Goal]) -> tuple[GoalLine, ...]:
    """A goal that was retired since keeps what was bound to it, and says so."""
    by_goal: dict[str, list[Aligned]] = {}
    for one in aligned:
        if one.binding is not None and one.binding.goal != NO_GOAL:
            by_goal.setdefault(one.binding.goal, []).append(one)
    lines = [_line(key, some, plan.get(key)) for key, some in by_goal.items()]
    return tuple(sorted(lines, key=lambda one: one.priorities[0].place))


def _line(key: str, some: Sequence[Aligned], goal: Goal | None) -> GoalLine:
    versions = {one.binding.version for one in some if one.binding}
    return GoalLine(
        key=key,
        title=goal.title if goal else Text(default=key),
        retired=goal is None or goal.retired,
        reworded=goal is not None and not goal.retired and versions != {goal.version},
        priorities=tuple(sorted((one.priority for one in some), key=lambda one: one.place)),
    )


def _put_last(energy: Sequence[GoalLine], priorities: Sequence[Priority]) -> tuple[GoalLine, ...]:
    """Goals that staff were asked about and put last: every place that their priorities may have is
    in the last third. A survey says nothing about a goal that nobody was asked about."""
    choices = Counter(one.question for one in priorities if one.ranked)
    return tuple(
        goal
        for goal in energy
        if not goal.retired
        and all(
            one.ranked is not None and one.ranked.first > choices[one.question] * 2 / 3
            for one in goal.priorities
        )
    )


def _ideas(
    store: GovernanceStore, uncovered: Sequence[Priority], put_last: Sequence[GoalLine]
) -> tuple[Idea, ...]:
    """For discussion: what has a place and no goal, then goals that staff put last."""
    placed = [one for one in uncovered if one.ranked][:MOST_IDEAS]
    goals = goals_today(store)
    return (
        *(Idea(priority=one, goal=_nearest(store, one, goals)) for one in placed),
        *(Idea(goal=one) for one in put_last[:MOST_IDEAS]),
    )


def _nearest(store: GovernanceStore, priority: Priority, goals: Sequence[Goal]) -> GoalLine | None:
    """The goal that could be widened. Nobody said that it covers the priority."""
    found = proposed(priority, goals, store.meanings_of(list(texts_of([priority], goals))))
    goal = next((one for one in goals if found and found.near and one.key == found.goal), None)
    return GoalLine(key=goal.key, title=goal.title) if goal else None


def _advice(store: GovernanceStore, wave: Wave) -> tuple[AdviceLine, ...]:
    """Recommendations that followed from it and were sent to the CTO."""
    found = (store.recommendation(one) for one in store.advised_on(wave.id))
    sent = [one for one in found if one is not None and one.state is not AdviceState.DRAFT]
    names = {one.key: one.name for one in store.district().committees}
    lines = (
        AdviceLine(
            id=one.id,
            title=one.title,
            committee=names.get(one.queue, one.queue),
            state=one.state,
            at=one.decided_at or one.sent_at or one.written_at,
        )
        for one in sent
    )
    return tuple(sorted(lines, key=lambda one: one.at))
