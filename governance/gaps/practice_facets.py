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
from governance.gaps import wording as say
from governance.gaps.commands import ShowDecideForm
from governance.gaps.finding import gaps_in, is_gap, open_gap
from governance.gaps.handlers import row_of
from governance.gaps.messages import GapRow
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore
from governance.school_days import today

SOON = timedelta(days=30)
"""So long before its day a decision is due soon."""


@dataclass(frozen=True, kw_only=True)
class SafeguardGap:
    """``row``: what is decided; None: nothing yet. ``decides``: the reader can."""

    assessment_id: UUID
    number: str
    open: bool
    row: GapRow | None
    decides: bool


def _find(store: GovernanceStore, actor: Actor, place: Place, _: datetime) -> SafeguardGap | None:
    if place.row is None or not sees_all(actor):
        return None
    number = place.row.number
    found = open_gap(store, place.framework.key, number)
    is_open = is_gap(place.framework, place.row, targets_in(store, place.framework))
    if not (is_open or found):
        return None
    return SafeguardGap(
        assessment_id=place.assessment.id,
        number=number,
        open=is_open,
        row=row_of(store, found) if found else None,
        decides=Office.ISO in actor.standing.offices,
    )


def _draw(words: Words, found: SafeguardGap) -> FacetLine:
    decides = ShowDecideForm(assessment_id=found.assessment_id, number=found.number)
    label = words.say("Decide again") if found.row else words.say("Decide")
    return FacetLine(
        name=words.say("Gap"),
        said=() if found.row else (words.say("Below its target, and nothing is decided yet."),),
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


@dataclass(frozen=True, kw_only=True)
class GapsFound:
    """``soon``: of the decided ones, those whose day is near or past."""

    found: int
    decided: int
    soon: int


def _count(store: GovernanceStore, actor: Actor, place: Place, now: datetime) -> GapsFound | None:
    if place.safeguard is not None or not sees_all(actor):
        return None
    numbers = set(gaps_in(store, place.assessment, place.framework))
    decided = {
        one.number: one
        for one in store.gaps(open_only=True)
        if one.framework == place.framework.key
    }
    near = today(store, now) + SOON
    soon = [one for one in decided.values() if one.returned_at or one.decision.by_day <= near]
    return GapsFound(found=len(numbers), decided=len(numbers & decided.keys()), soon=len(soon))


def _draw_count(words: Words, found: GapsFound) -> FacetLine:
    none = [words.say("No safeguard is below its target.")]
    told = [
        words.count(
            "{n} safeguard is below its target.",
            "{n} safeguards are below their targets.",
            found.found,
        ),
        words.count("{n} is decided.", "{n} are decided.", found.decided),
    ]
    soon = words.count(
        "{n} decision is due within 30 days.", "{n} decisions are due within 30 days.", found.soon
    )
    return FacetLine(
        name=words.say("Gaps"),
        said=(*(told if found.found else none), *([soon] if found.soon else [])),
        entries=((Page(label=words.say("All decisions"), path=addresses.GAPS), ""),),
    )


PRACTICE_FACETS = (
    PracticeFacet(of=SafeguardGap, order=10, find=_find, draw=_draw),
    PracticeFacet(of=GapsFound, order=10, find=_count, draw=_draw_count),
)
