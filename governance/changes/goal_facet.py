"""The changes that support a goal: a part of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.cards import Page
from core.text import Text
from core.words import Words
from governance import links
from governance.access import Actor
from governance.changes import wording as say
from governance.changes.model import ChangeState
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import Moves, bound_to
from governance.goals import wording as goal_words
from governance.goals.facets import FacetLine, GoalFacet, LinkedFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.references import wording as reference_words
from governance.references.binding import line
from governance.references.model import BoundLine


@dataclass(frozen=True, kw_only=True)
class Supporting:
    """A change that staff see. ``goal``: as it was worded when the change was approved."""

    change_id: UUID
    title: Text
    state: ChangeState
    day: date
    goal: BoundLine


@dataclass(frozen=True, kw_only=True)
class SupportingChanges:
    """The newest first."""

    changes: tuple[Supporting, ...]


def _find(store: GovernanceStore, _: Actor, goal: Goal, __: datetime) -> SupportingChanges | None:
    found = []
    for one in store.changes():
        if one.decision is None or one.state is ChangeState.WITHDRAWN:
            continue
        holder = Holder(kind=HolderKind.CHANGE, key=str(one.id))
        bound = bound_to(store, goal, one.serves, holder, one.decision.at)
        if bound is not None:
            found.append(
                Supporting(
                    change_id=one.id,
                    title=one.words.title,
                    state=one.state,
                    day=one.day,
                    goal=line(store, bound),
                )
            )
    newest = sorted(found, key=lambda one: one.day, reverse=True)
    return SupportingChanges(changes=tuple(newest)) if newest else None


def _draw(words: Words, found: SupportingChanges) -> FacetLine:
    return FacetLine(
        name=words.say("Changes"),
        entries=tuple(
            (
                Page(label=words.text(one.title), path=links.change("", one.change_id)),
                " ".join(
                    part
                    for part in (
                        f"{say.state(words, one.state)} · {goal_words.day_of(words, one.day)}.",
                        reference_words.since(words, one.goal),
                    )
                    if part
                ),
            )
            for one in found.changes
        ),
    )


@dataclass(frozen=True, kw_only=True)
class CountedChanges:
    many: int


def _count(
    store: GovernanceStore, _: Actor, moves: Moves, __: datetime
) -> Mapping[str, CountedChanges]:
    many: Counter[str] = Counter()
    for one in store.changes():
        if one.decision is not None and one.state is not ChangeState.WITHDRAWN:
            holder = Holder(kind=HolderKind.CHANGE, key=str(one.id))
            many.update(moves.of_keys(one.serves, holder, one.decision.at))
    return {key: CountedChanges(many=n) for key, n in many.items()}


def _draw_count(words: Words, found: CountedChanges) -> str:
    return words.count("{n} change", "{n} changes", found.many)


GOAL_FACETS = (GoalFacet(of=SupportingChanges, part=Part.SERVES, order=10, find=_find, draw=_draw),)
LINKED_FACETS = (LinkedFacet(of=CountedChanges, order=30, find=_count, draw=_draw_count),)
