"""One safeguard of an assessment, and the reader's own safeguards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.cards import Page, Press
from core.words import Words
from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls import wording as say
from governance.controls.access import owns, reader_of_safeguard, sees_all
from governance.controls.answer_commands import AnswerNext
from governance.controls.answer_messages import SafeguardView
from governance.controls.answering import owned
from governance.controls.audit import note_read
from governance.controls.commands import ShowSafeguard
from governance.controls.facets import PracticeFacet, facets_at
from governance.controls.finding import is_stale, name_of, place_in, place_of
from governance.controls.model import (
    AnswerState,
    Assessed,
    AssessmentState,
    Place,
    SafeguardPlace,
)
from governance.controls.renumbering import number_in, versions_of
from governance.controls.running_commands import ShowRun
from governance.goals.facets import FacetLine
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE


def show(
    store: GovernanceStore, actor: Actor, command: ShowSafeguard, now: datetime
) -> SafeguardView | Refused:
    with store.only_noting():
        return _shown(store, actor, command, now)


def _shown(
    store: GovernanceStore, actor: Actor, command: ShowSafeguard, now: datetime
) -> SafeguardView | Refused:
    place = place_of(store, command.assessment_id, command.number)
    if place is None:
        return refusal(GONE)
    row, state = place.row, place.assessment.state
    note_read(store, actor, place.assessment.id, f"{place.framework.short} {row.number}", now)
    store.people_ahead((row.owner, row.answered_by, row.confirmed_by, row.handed_by))
    is_open = state is AssessmentState.OPEN
    return SafeguardView(
        place=place,
        owner=name_of(store, row.owner),
        by=name_of(store, row.answered_by),
        confirmed_by=name_of(store, row.confirmed_by),
        handed_by=name_of(store, row.handed_by),
        stale=is_stale(store, row, now),
        earlier=earlier(store, place),
        facets=facets_at(store, actor, place, now),
        answers=is_open and owns(actor, row) and row.state is not AnswerState.CONFIRMED,
        reviews=is_open
        and Office.ISO in actor.standing.offices
        and row.state in (AnswerState.DONE, AnswerState.CONFIRMED),
    )


def earlier(store: GovernanceStore, place: SafeguardPlace) -> tuple[SafeguardPlace, ...]:
    """The answers of closed assessments before this one, the newest first. Answers that were sent
    back, or that their owner did not recheck, are left out."""
    number, version = place.row.number, place.framework.version
    versions = versions_of(store, place.framework.key)
    before = [
        (one, number_in(versions, number, version, one.version))
        for one in store.assessments()
        if one.framework == place.framework.key
        and one.state is AssessmentState.CLOSED
        and one.made_at < place.assessment.made_at
    ]
    store.assessed_ahead((one.id, then) for one, then in before)
    found = (place_in(store, one, then) for one, then in before)
    return tuple(past for past in found if past is not None and not past.row.waiting)


# -- on the assessment's page --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OwnSafeguards:
    """The reader's own safeguards in an assessment."""

    place: Place
    rows: tuple[Assessed, ...]


def find_own(
    store: GovernanceStore, actor: Actor, place: Place, _: datetime
) -> OwnSafeguards | None:
    if place.safeguard is not None or place.assessment.state is AssessmentState.DRAFT:
        return None
    rows = (
        tuple(owned(store, actor, place.assessment.id))
        if place.rows is None
        else tuple(one for one in place.rows if owns(actor, one))
    )
    return OwnSafeguards(place=replace(place, rows=None), rows=rows) if rows else None


def draw_own(words: Words, own: OwnSafeguards) -> FacetLine:
    given, framework = own.place.assessment, own.place.framework
    is_open = given.state is AssessmentState.OPEN
    following = Press(
        label=words.say("Assess the next one"), command=AnswerNext(assessment_id=given.id)
    )
    return FacetLine(
        name=words.say("Your safeguards"),
        entries=tuple(
            (
                Page(
                    label=say.named(words, framework, one.number),
                    path=addresses.own(given.id, one.number, waits=is_open and one.waiting),
                ),
                say.state_of(words, given, one.state, one.due),
            )
            for one in own.rows
        ),
        presses=(following,) if is_open and any(one.waiting for one in own.rows) else (),
    )


@dataclass(frozen=True, kw_only=True)
class Runs:
    """The reader's office runs the assessment, or sees all of it."""

    place: Place


def find_runs(_: GovernanceStore, actor: Actor, place: Place, __: datetime) -> Runs | None:
    if place.safeguard is not None or not sees_all(actor):
        return None
    return Runs(place=replace(place, rows=None))


def draw_runs(words: Words, runs: Runs) -> FacetLine:
    command = ShowRun(assessment_id=runs.place.assessment.id)
    see = Press(label=words.say("See owners and progress"), command=command)
    return FacetLine(name=words.say("Owners and progress"), presses=(see,))


PRACTICE_FACETS = (
    PracticeFacet(of=OwnSafeguards, order=0, find=find_own, draw=draw_own),
    PracticeFacet(of=Runs, order=1, find=find_runs, draw=draw_runs),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowSafeguard,
        shows=True,
        window=True,
        run=show,
        may=reader_of_safeguard,
        button="safeguard",
    ),
)
