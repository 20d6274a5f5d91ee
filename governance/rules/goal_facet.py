"""The rules that support a goal: a part of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Page
from core.text import Text
from core.words import Words
from governance import links
from governance.access import Actor
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import Moves, bound_to
from governance.goals.facets import FacetLine, GoalFacet, LinkedFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from governance.references import wording as reference_words
from governance.references.binding import line
from governance.references.model import BoundLine
from governance.rules import wording as say
from governance.rules.citing import open_rules
from governance.rules.model import RuleState


@dataclass(frozen=True, kw_only=True)
class Supporting:
    """A rule that staff can read. ``goal``: as it was worded when the version was written."""

    rule_id: UUID
    number: str
    title: Text
    state: RuleState
    goal: BoundLine


@dataclass(frozen=True, kw_only=True)
class SupportingRules:
    """By their number."""

    rules: tuple[Supporting, ...]


def _find(store: GovernanceStore, _: Actor, goal: Goal, __: datetime) -> SupportingRules | None:
    found = []
    for rule, version in open_rules(store):
        holder = Holder(kind=HolderKind.RULE, key=str(rule.id))
        bound = bound_to(store, goal, rule.serves, holder, version.at)
        if bound is not None:
            found.append(
                Supporting(
                    rule_id=rule.id,
                    number=rule.number,
                    title=version.title,
                    state=rule.state,
                    goal=line(store, bound),
                )
            )
    return SupportingRules(rules=tuple(found)) if found else None


def _draw(words: Words, found: SupportingRules) -> FacetLine:
    return FacetLine(
        name=words.say("Rules"),
        entries=tuple(
            (
                Page(
                    label=f"{one.number}: {words.text(one.title)}",
                    path=links.rule("", one.rule_id),
                ),
                " ".join(
                    part
                    for part in (
                        f"{say.state(words, one.state)}.",
                        reference_words.since(words, one.goal),
                    )
                    if part
                ),
            )
            for one in found.rules
        ),
    )


@dataclass(frozen=True, kw_only=True)
class CountedRules:
    many: int


def _count(
    store: GovernanceStore, _: Actor, moves: Moves, __: datetime
) -> Mapping[str, CountedRules]:
    many: Counter[str] = Counter()
    for rule, version in open_rules(store):
        holder = Holder(kind=HolderKind.RULE, key=str(rule.id))
        many.update(moves.of_keys(rule.serves, holder, version.at))
    return {key: CountedRules(many=n) for key, n in many.items()}


def _draw_count(words: Words, found: CountedRules) -> str:
    return words.count("{n} rule", "{n} rules", found.many)


GOAL_FACETS = (GoalFacet(of=SupportingRules, part=Part.SERVES, order=20, find=_find, draw=_draw),)
LINKED_FACETS = (LinkedFacet(of=CountedRules, order=40, find=_count, draw=_draw_count),)
