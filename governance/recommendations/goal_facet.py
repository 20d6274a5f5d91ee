"""Accepted recommendations about a goal: a part of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Page
from core.words import Words
from governance import links, wording
from governance.access import Actor
from governance.docket.handlers import queue_name
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import current
from governance.goals.facets import FacetLine, GoalFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState, Recommendation
from governance.references import wording as reference_words
from governance.references.binding import line
from governance.references.model import Bound, BoundKind, BoundLine


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """``goal``: as it was worded when the committee wrote."""

    recommendation_id: UUID
    title: str
    committee: str
    decided_at: datetime | None
    goal: BoundLine


@dataclass(frozen=True, kw_only=True)
class AcceptedAdvice:
    """The newest first: what everybody may read."""

    advice: tuple[Accepted, ...]


def _find(store: GovernanceStore, _: Actor, goal: Goal, __: datetime) -> AcceptedAdvice | None:
    found = tuple(
        Accepted(
            recommendation_id=one.id,
            title=one.title,
            committee=queue_name(store.district(), one.queue),
            decided_at=one.decided_at,
            goal=line(store, bound),
        )
        for one in store.recommendations(AdviceState.ACCEPTED)
        for bound in _now(store, one)
        if bound.kind is BoundKind.GOAL and bound.key == goal.key
    )
    return AcceptedAdvice(advice=found) if found else None


def _now(store: GovernanceStore, one: Recommendation) -> list[Bound]:
    """What it is about, also where that was moved to another goal since."""
    holder = Holder(kind=HolderKind.RECOMMENDATION, key=str(one.id))
    return [current(store, bound, holder) for bound in one.about]


def _draw(words: Words, found: AcceptedAdvice) -> FacetLine:
    return FacetLine(
        name=words.say("Accepted recommendations"),
        entries=tuple(
            (
                Page(label=one.title, path=links.advice("", one.recommendation_id)),
                " ".join(
                    part
                    for part in (_by(words, one), reference_words.since(words, one.goal))
                    if part
                ),
            )
            for one in found.advice
        ),
    )


def _by(words: Words, one: Accepted) -> str:
    committee = wording.queue(words, one.committee)
    said = words.say("Recommended by {committee}.", committee=committee)
    if one.decided_at is None:
        return said
    return f"{said} {words.say('Accepted on {day}.', day=words.day(one.decided_at, year=True))}"


GOAL_FACETS = (GoalFacet(of=AcceptedAdvice, part=Part.SAID, order=20, find=_find, draw=_draw),)
