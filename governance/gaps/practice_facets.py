"""Gaps on the pages of an assessment, for the ISO and the CTO."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from core.cards import Page, Press
from core.details import Todo
from core.text import Text
from core.tiles import Tile, Tone
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls.access import sees_all
from governance.controls.carried import targets_in
from governance.controls.facets import Place, PracticeFacet, PracticeLine
from governance.controls.figures import answer_of, score
from governance.controls.model import (
    HIGHEST,
    Assessed,
    AssessmentState,
    SafeguardPlace,
    Target,
)
from governance.controls.safeguards import earlier
from governance.forms.commands import Open
from governance.gaps import wording as say
from governance.gaps.commands import DecideGap
from governance.gaps.finding import is_gap, register_of, target_of
from governance.gaps.handlers import names_in, row_of
from governance.gaps.messages import GapRow
from governance.gaps.model import GapChoice
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore
from governance.school_days import today

SOON = timedelta(days=30)
"""A decision is due soon if its day is no further away."""

MOST = 3
"""Gaps to decide about next."""


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
        row=row_of(register, found, names_in(store, (found,))) if found else None,
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
class WorstGap:
    """A gap of an assessment that nothing is decided about, or that needs a new decision."""

    number: str
    name: Text
    score: float
    target: float | None
    decides: Open | None


@dataclass(frozen=True, kw_only=True)
class GapsFound:
    """``untargeted``: how many of them have no target. ``undecided``: how many nothing holds about.
    ``listed``: the register lists them under this assessment, since it is the newest.
    ``soon``: how many decisions have a day that is near or past. ``accepted``: how many risks are
    accepted; ``next_end``: the day on which the next of them ends. ``worst``: those without a
    decision that are furthest from their target."""

    assessment_id: UUID
    found: int
    untargeted: int
    undecided: int
    listed: bool
    decided: int
    soon: int
    accepted: int = 0
    next_end: date | None = None
    worst: tuple[WorstGap, ...] = ()


def _count(store: GovernanceStore, actor: Actor, place: Place, now: datetime) -> GapsFound | None:
    if place.safeguard is not None or not sees_all(actor):
        return None
    framework, register = place.framework, register_of(store)
    targets = targets_in(store, framework)
    answered = place.rows or store.assessed(place.assessment.id)
    rows = [one for one in answered if is_gap(framework, one, targets)]
    decided = {one.number: register.gap(framework, one.number) for one in rows}
    holds = [one for one in decided.values() if one is not None and one.returned_at is None]
    without = [one for one in rows if decided[one.number] not in holds]
    mine = [one for one in register.gaps if one.framework == framework.key]
    accepted = [
        one.decision.by_day
        for one in mine
        if one.decision.agreed_at is not None and one.returned_at is None
    ]
    near = today(store, now) + SOON
    return GapsFound(
        assessment_id=place.assessment.id,
        found=len(rows),
        untargeted=sum(target_of(framework, one.number, targets) is None for one in rows),
        undecided=len(without),
        listed=place.assessment.id in dict(register.newest()),
        decided=len(holds),
        soon=sum(bool(one.returned_at) or one.decision.by_day <= near for one in mine),
        accepted=len(accepted),
        next_end=min(accepted, default=None),
        worst=tuple(_worst(actor, place, without, targets))[:MOST],
    )


def _worst(
    actor: Actor, place: Place, rows: Sequence[Assessed], targets: Sequence[Target]
) -> list[WorstGap]:
    """The furthest from its target first."""
    draft = place.assessment.state is AssessmentState.DRAFT
    decides = Office.ISO in actor.standing.offices and not draft
    names = {one.number: one.name for one in place.framework.safeguards}
    found = [
        WorstGap(
            number=one.number,
            name=names[one.number],
            score=score(answer_of(one)) or 0,
            target=target_of(place.framework, one.number, targets),
            decides=Open(of=DecideGap(assessment_id=one.assessment_id, number=one.number))
            if decides
            else None,
        )
        for one in rows
        if one.number in names
    ]
    return sorted(found, key=lambda one: (one.score - (one.target or HIGHEST), one.score))


def _draw_count(words: Words, found: GapsFound) -> PracticeLine:
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
    return PracticeLine(
        name=words.say("Decide next") if found.worst else words.say("Gaps"),
        tiles=tuple(_tiles(words, found)),
        each=tuple(_line(words, found, one) for one in found.worst),
        said=tuple(one for one in said if one),
        entries=((Page(label=words.say("All gaps and decisions"), path=addresses.GAPS), ""),),
    )


def _tiles(words: Words, found: GapsFound) -> Iterator[Tile]:
    yield Tile(
        label=words.say("Its gaps without a decision"),
        figure=words.number(found.undecided),
        says=words.count("{n} gap has one", "{n} gaps have one", found.decided),
        tone=Tone.NOW if found.undecided else Tone.PLAIN,
        path=addresses.gaps(str(found.assessment_id)) if found.listed else "",
    )
    ends = words.short_day(found.next_end) if found.next_end else ""
    yield Tile(
        label=words.say("Risks accepted until a date"),
        figure=words.number(found.accepted),
        says=words.say("next ends {day}", day=ends) if ends else "",
        path=addresses.gaps(GapChoice.ACCEPT),
    )


def _line(words: Words, found: GapsFound, one: WorstGap) -> Todo:
    press = Press(label=words.say("Decide"), command=one.decides) if one.decides else None
    return Todo(
        says=f"{one.number} {words.text(one.name)}",
        press=press,
        detail=say.scored(words, one.score, one.target),
        path=addresses.safeguard(found.assessment_id, one.number),
    )


PRACTICE_FACETS = (
    PracticeFacet(of=SafeguardGap, order=10, find=_find, draw=_draw),
    PracticeFacet(of=GapsFound, order=10, find=_count, draw=_draw_count),
)
