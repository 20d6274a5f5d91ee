"""How many messages of staff committees linked to a goal: a part of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.words import Words
from governance.access import Actor
from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goal_changes.remapping import resolved
from governance.goals.facets import FacetLine, GoalFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.references.handlers import at_least


@dataclass(frozen=True, kw_only=True)
class LinkedMessages:
    """At least so many, in steps."""

    many: int


def _find(store: GovernanceStore, _: Actor, goal: Goal, __: datetime) -> LinkedMessages | None:
    moves: dict[Holder, list[Remapping]] = {}
    for one in store.remappings():
        moves.setdefault(one.holder, []).append(one)
    items = {
        UUID(holder.key)
        for holder, bound, since in store.goal_bindings()
        if holder.kind is HolderKind.ITEM
        and resolved(bound, moves.get(holder, ()), since).bound.key == goal.key
    }
    many = at_least(store, items)
    return LinkedMessages(many=many) if many else None


def _draw(words: Words, found: LinkedMessages) -> FacetLine:
    said = words.say(
        "Committees linked at least {n} staff messages to this goal.",
        n=words.number(found.many),
    )
    return FacetLine(name=words.say("Feedback"), said=(said,))


GOAL_FACETS = (GoalFacet(of=LinkedMessages, part=Part.SAID, order=10, find=_find, draw=_draw),)
