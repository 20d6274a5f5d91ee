"""What other features know of a goal, or of the whole plan.

A feature declares ``GOAL_FACETS``, ``PLAN_FACETS`` or ``LINKED_FACETS`` in a file of its folder:
how one is found, and how it is drawn. The pages know none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.cards import Page, Press
from core.words import Words
from governance.access import Actor
from governance.facets import facet_of, found
from governance.goal_changes.remapping import Moves
from governance.goals.model import Goal
from governance.ports import GovernanceStore


class Part(StrEnum):
    """Where on a goal's page it stands."""

    SERVES = "serves"
    """What is done for the goal."""
    SAID = "said"
    """What staff said about it."""
    WORK = "work"
    """What is being decided about it, and what the reader can do."""


@dataclass(frozen=True, kw_only=True)
class FacetLine:
    """A facet in words. ``said``: sentences; ``entries``: things with a page each, and what is said
    of them; ``presses``: what the reader can do; ``todo``: what they should do, and its
    button. On a page that has room for it, ``begins``: what
    they can begin here, and ``history``: where what was decided is."""

    name: str
    said: tuple[str, ...] = ()
    entries: tuple[tuple[Page, str], ...] = ()
    presses: tuple[Press, ...] = ()
    todo: tuple[str, Press] | None = None
    begins: tuple[Press, ...] = ()
    history: Page | None = None


@dataclass(frozen=True, kw_only=True)
class GoalFacet:
    """``of``: the dataclass that ``find`` gives. It asks itself what the actor may see; None:
    nothing. Lines of a part stand by ``order``."""

    of: type
    part: Part
    order: int
    find: Callable[[GovernanceStore, Actor, Goal, datetime], Any]
    draw: Callable[[Words, Any], FacetLine]


@dataclass(frozen=True, kw_only=True)
class PlanFacet:
    """The same of the whole plan."""

    of: type
    order: int
    find: Callable[[GovernanceStore, Actor, datetime], Any]
    draw: Callable[[Words, Any], FacetLine]


@dataclass(frozen=True, kw_only=True)
class LinkedFacet:
    """What is linked to goals, in a few words of the plan's table. ``find``: by the goals' keys, in
    as many reads for one goal as for all; ``of``: what it gives for each."""

    of: type
    order: int
    find: Callable[[GovernanceStore, Actor, Moves, datetime], Mapping[str, Any]]
    draw: Callable[[Words, Any], str]


def facets_of(
    store: GovernanceStore, actor: Actor, goal: Goal, now: datetime
) -> tuple[object, ...]:
    return found("GOAL_FACETS", store, actor, goal, now)


def plan_facets(store: GovernanceStore, actor: Actor, now: datetime) -> tuple[object, ...]:
    return found("PLAN_FACETS", store, actor, now)


def drawn(words: Words, facets: Sequence[object], part: Part) -> list[FacetLine]:
    chosen = ((facet_of("GOAL_FACETS", one), one) for one in facets)
    return [facet.draw(words, one) for facet, one in chosen if facet.part is part]


def plan_drawn(words: Words, facets: Sequence[object]) -> list[FacetLine]:
    return [facet_of("PLAN_FACETS", one).draw(words, one) for one in facets]


def linked_to_goals(
    store: GovernanceStore, actor: Actor, moves: Moves, now: datetime
) -> Mapping[str, tuple[object, ...]]:
    """What is linked to each goal, by its key, in the order of the facets."""
    by_goal: dict[str, list[object]] = defaultdict(list)
    for one in found("LINKED_FACETS", store, actor, moves, now):
        if isinstance(one, Mapping):
            for key, what in one.items():
                by_goal[key].append(what)
    return {key: tuple(some) for key, some in by_goal.items()}


def linked_drawn(words: Words, linked: Sequence[object]) -> list[str]:
    return [facet_of("LINKED_FACETS", one).draw(words, one) for one in linked]
