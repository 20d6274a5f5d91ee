"""What is said of gaps on the pages of an assessment, to the ISO and the CTO."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.cards import Page, Press
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls.access import sees_all
from governance.controls.carried import targets_in
from governance.controls.facets import Place, PracticeFacet
from governance.controls.model import AssessmentState
from governance.gaps import wording as say
from governance.gaps.commands import ShowDecideForm
from governance.gaps.finding import gaps_in, is_gap, register_of, target_of
from governance.gaps.handlers import row_of
from governance.gaps.messages import GapRow
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore
from governance.school_days import today

SOON = timedelta(days=30)
"""So long before its day a decision is due soon."""


@dataclass(frozen=True, kw_only=True)
class SafeguardGap:
    """``row``: what is decided; None: nothing yet. ``target`` None: none is set. ``decides``: the
    reader can."""

    assessment_id: UUID
    number: str
    open: bool
    row: GapRow | None
    target: float | None
    decides: bool


def _find(store: GovernanceStore, actor: Actor, place: Place, _: datetime) -> SafeguardGap | None:
    if place.row is None or not sees_all(actor):
        return None
    number = place.row.number
    register, targets = register_of(store), targets_in(store, place.framework)
    found = register.gap(place.framework, number)
    is_open = is_gap(place.framework, place.row, targets)
    if not (is_open or found):
        return None
    return SafeguardGap(
        assessment_id=place.assessment.id,
        number=number,
        open=is_open,
        row=row_of(store, register, found) if found else None,
        target=target_of(place.framework, number, targets),
        decides=Office.ISO in actor.standing.offices
        and place.assessment.state is not AssessmentState.DRAFT,
    )


def _draw(words: Words, found: SafeguardGap) -> FacetLine:
    decides = ShowDecideForm(assessment_id=found.assessment_id, number=found.number)
    label = words.say("Decide again") if found.row else words.say("Decide about this gap")
    return FacetLine(
        name=words.say("Gap"),
        said=() if found.row else (_below(words, found.target),),
        entries=(
            (
                Page(label=found.row.safeguard, path=addresses.gap(found.row.gap_id)),
                say.row(words, found.row),
            ),
        )
        if found.row
        else (),
        presses=(Press(label=label, command=decides),) if found.decides else (),
    )


def _below(words: Words, target: float | None) -> str:
    if target is None:
        return words.say("Scored below 5; no target is set. Nothing is decided yet.")
    return words.say("Below its target, and nothing is decided yet.")


@dataclass(frozen=True, kw_only=True)
class GapsFound:
    """``untargeted``: of those found, the ones without a target. ``soon``: of the decided ones,
    those whose day is near or past."""

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
        "{n} safeguard is below its target.",
        "{n} safeguards are below their targets.",
        found.found - found.untargeted,
    )
    untargeted = words.count(
        "{n} safeguard is scored below 5; no target is set.",
        "{n} safeguards are scored below 5; no target is set.",
        found.untargeted,
    )
    decided = words.count("{n} is decided.", "{n} are decided.", found.decided)
    soon = words.count(
        "{n} decision is due within 30 days.", "{n} decisions are due within 30 days.", found.soon
    )
    none = words.say("No safeguard is below its target.")
    told = {
        none: not found.found,
        below: found.found > found.untargeted,
        untargeted: found.untargeted,
        decided: found.found,
        soon: found.soon,
    }
    return FacetLine(
        name=words.say("Gaps"),
        said=tuple(said for said, holds in told.items() if holds),
        entries=((Page(label=words.say("All decisions"), path=addresses.GAPS), ""),),
    )


PRACTICE_FACETS = (
    PracticeFacet(of=SafeguardGap, order=10, find=_find, draw=_draw),
    PracticeFacet(of=GapsFound, order=10, find=_count, draw=_draw_count),
)
