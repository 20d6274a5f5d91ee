"""How many messages of staff committees linked to a goal: a part of its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.words import Words
from governance.access import Actor
from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goal_changes.remapping import Moves, resolved
from governance.goals.facets import FacetLine, GoalFacet, LinkedFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.references.binding import known_voices
from governance.references.handlers import at_least, in_steps


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


@dataclass(frozen=True, kw_only=True)
class CountedMessages:
    """At least so many, as the goal's page says it."""

    many: int


def _count(
    store: GovernanceStore, _: Actor, moves: Moves, __: datetime
) -> Mapping[str, CountedMessages]:
    authors: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
    for one in store.messages_on_goals():
        holder = Holder(kind=HolderKind.ITEM, key=str(one.item))
        authors[moves.of_bound(one.bound, holder, one.since)][one.message] = one.author
    counted = {key: in_steps(known_voices(some)) for key, some in authors.items()}
    return {key: CountedMessages(many=n) for key, n in counted.items() if n}


def _draw_count(words: Words, found: CountedMessages) -> str:
    return words.say("{n}+ messages", n=words.number(found.many))


GOAL_FACETS = (GoalFacet(of=LinkedMessages, part=Part.SAID, order=10, find=_find, draw=_draw),)
LINKED_FACETS = (LinkedFacet(of=CountedMessages, order=20, find=_count, draw=_draw_count),)
