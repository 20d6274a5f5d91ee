"""Gaps on the pages of an assessment, for the ISO and the CTO."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.cards import Page, Press
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls.access import sees_all
from governance.controls.carried import targets_in
from governance.controls.facets import Place, PracticeFacet
from governance.controls.figures import answer_of, score
from governance.controls.model import AssessmentState, SafeguardPlace
from governance.controls.safeguards import earlier
from governance.forms.commands import Open
from governance.gaps import wording as say
from governance.gaps.commands import DecideGap
from governance.gaps.finding import gaps_in, is_gap, register_of, target_of
from governance.gaps.handlers import row_of
from governance.gaps.messages import GapRow
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore
from governance.school_days import today

SOON = timedelta(days=30)
"""A decision is due soon if its day is no further away."""


@dataclass(frozen=True, kw_only=True)
class SafeguardGap:
    """``row``: what is decided; None: nothing yet. ``score`` None: not assessed now. ``target``
    None: none is set. ``earlier``: where the gap of an earlier assessment can be decided.
    ``decides``: what the reader can press."""

    row: GapRow | None
    score: float | None
    target: float | None
    earlier: SafeguardPlace | None = None
    decides: Open | None


def _find(store: GovernanceStore, actor: Actor, place: Place, _: datetime) -> SafeguardGap | None:
    if place.row is None or not sees_all(actor):
        return None
    number = place.row.number
    register, targets = register_of(store), targets_in(store, place.framework)
    found = register.gap(place.framework, number)
    if found is None and not is_gap(place.framework, place.row, targets):
        return _earlier(store, place)
    draft = place.assessment.state is AssessmentState.DRAFT
    decides = Office.ISO in actor.standing.offices and not draft
    form = Open(of=DecideGap(assessment_id=place.assessment.id, number=number))
    return SafeguardGap(
        row=row_of(store, register, found) if found else None,
        score=score(answer_of(place.row)),
        target=target_of(place.framework, number, targets),
        decides=form if decides else None,
    )


def _earlier(store: GovernanceStore, place: Place) -> SafeguardGap | None:
    """The gap of an earlier assessment stays, while the safeguard has no answer that counts."""
    waits = place.assessment.state is AssessmentState.OPEN and place.row and place.row.waiting
    if not waits or not isinstance(place, SafeguardPlace):
        return None
    last = next(iter(earlier(store, place)), None)
    if last is None:
        return None
    targets = targets_in(store, last.framework)
    if not is_gap(last.framework, last.row, targets):
        return None
    return SafeguardGap(
        row=None,
        score=score(last.row.answer),
        target=target_of(last.framework, last.row.number, targets),
        earlier=last,
        decides=None,
    )


def _draw(words: Words, found: SafeguardGap) -> FacetLine:
    label = words.say("Decide again") if found.row else words.say("Decide about this gap")
    line = FacetLine(
        name=words.say("Gap"),
        presses=(Press(label=label, command=found.decides),) if found.decides else (),
    )
    if found.row is not None:
        page = Page(label=found.row.safeguard, path=addresses.gap(found.row.gap_id))
        return replace(line, entries=((page, say.row(words, found.row)),))
    below = say.scored(words, found.score, found.target)
    said = (below, words.say("Nothing is decided yet."))
    if found.earlier is None:
        return replace(line, said=said)
    given, number = found.earlier.assessment, found.earlier.row.number
    page = Page(label=given.name, path=addresses.safeguard(given.id, number))
    old = words.say("This score is from an earlier assessment. Decide about it there.")
    return replace(line, said=(*said, old), entries=((page, ""),))


@dataclass(frozen=True, kw_only=True)
class GapsFound:
    """``untargeted``: how many of them have no target. ``soon``: how many decisions have a day that
    is near or past."""

    found: int
    untargeted: int
    decided: int
    soon: int


def _count(store: GovernanceStore, actor: Actor, place: Place, now: datetime) -> GapsFound | None:
    if place.safeguard is not None or not sees_all(actor):
        return None
    framework, register = place.framework, register_of(store)
    numbers, targets = gaps_in(store, place.assessment, framework), targets_in(store, framework)
    near = today(store, now) + SOON
    mine = [one for one in register.gaps if one.framework == framework.key]
    return GapsFound(
        found=len(numbers),
        untargeted=sum(target_of(framework, one, targets) is None for one in numbers),
        decided=sum(register.gap(framework, one) is not None for one in numbers),
        soon=sum(bool(one.returned_at) or one.decision.by_day <= near for one in mine),
    )


def _draw_count(words: Words, found: GapsFound) -> FacetLine:
    below = words.count(
        "{n} safeguard in this assessment is below its target.",
        "{n} safeguards in this assessment are below their targets.",
        found.found - found.untargeted,
    )
    untargeted = words.count(
        "{n} safeguard in this assessment is scored below 5; no target is set.",
        "{n} safeguards in this assessment are scored below 5; no target is set.",
        found.untargeted,
    )
    decided = words.count("{n} has a decision.", "{n} have decisions.", found.decided)
    if not found.decided:
        decided = words.say("None has a decision yet.")
    soon = words.count(
        "{n} decision is due within 30 days.", "{n} decisions are due within 30 days.", found.soon
    )
    said = (
        words.say("No safeguard in this assessment is below its target.")
        if not found.found
        else "",
        below if found.found > found.untargeted else "",
        untargeted if found.untargeted else "",
        decided if found.found else "",
        soon if found.soon else "",
    )
    return FacetLine(
        name=words.say("Gaps"),
        said=tuple(one for one in said if one),
        entries=((Page(label=words.say("All gaps and decisions"), path=addresses.GAPS), ""),),
    )


PRACTICE_FACETS = (
    PracticeFacet(of=SafeguardGap, order=10, find=_find, draw=_draw),
    PracticeFacet(of=GapsFound, order=10, find=_count, draw=_draw_count),
)
