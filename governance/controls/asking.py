"""Owners are asked as for everything with a due date (``governance.duties``): one request, and so
one message, for each owner, due date and round.

A request is done when its last safeguard is answered. What is sent back or handed over begins a new
round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from core.people import Platform
from core.text import Text
from governance.access import CLOCK, Actor, anybody
from governance.committees.model import Office
from governance.controls.finding import iso_of, name_of, short_of
from governance.controls.messages import SafeguardsAsked
from governance.controls.model import AnswerState, Assessed, Assessment, AssessmentState
from governance.controls.running_commands import TellOfAnswers
from governance.controls.running_messages import OwnerFinished
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.duties.handlers import bring_up_to_date
from governance.duties.kinds import DutyKind, Wanted
from governance.duties.model import APART, Some
from governance.messages import Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.school_days import calendar, today

ASSESS, FINISHED = "assess", "assess-done"
MORNINGS = "45 7 * * *"


def wanted(store: GovernanceStore, _: date, some: Some | None = None) -> Iterable[Wanted]:
    """The owners of open requests, without owners who have left."""
    for one in store.asked_owners():
        if some is not None and not some[0] <= one.owner <= some[1]:
            continue
        person = store.person(one.owner)
        if person is not None and person.active:
            yield Wanted(subject=one.ask, people=(one.owner,), due=one.due)


def _named(store: GovernanceStore, asks: Collection[UUID]) -> Mapping[UUID, Text]:
    named = {one.id: one.name for one in store.assessments()}
    return {
        ask: Text(default=named.get(of, "")) for ask, of in store.assessments_asked(asks).items()
    }


DUTY = DutyKind(kind=ASSESS, wanted=wanted, named=_named, private=True)
DUTY_KINDS = (DUTY,)


# -- rounds ------------------------------------------------------------------------------------


def asked_anew(
    store: GovernanceStore, row: Assessed, now: datetime, due: date | None = None
) -> Assessed:
    """The row in a round that its owner gets a message for: the round of today's message if that
    is still open, else a new one. Where no due date is given, the owner gets a week at least."""
    week = calendar(store).school_day_after(today(store, now), APART)
    row = replace(row, due=due or max(row.due, week), round=row.round + 1)
    while not _joins(store, row, now):
        row = replace(row, round=row.round + 1)
    return row


def _joins(store: GovernanceStore, row: Assessed, now: datetime) -> bool:
    if row.ask is None or row.owner is None:
        return True
    duty = store.duty(ASSESS, row.ask, row.owner)
    return duty is None or (duty.open and today(store, duty.asked_at) == today(store, now))


def bring_in_line(
    store: GovernanceStore, before: Sequence[Assessed], after: Sequence[Assessed], now: datetime
) -> None:
    """After owners, due dates or rounds were changed: ask new owners, stop asking former ones,
    and update the messages that were sent before."""
    kept = {one.ask for one in after}
    for one in before:
        if one.ask not in kept:
            _end(store, one, Platform.WEB, now)
    owners = {one.owner for one in (*before, *after) if one.owner is not None}
    for owner in sorted(owners):
        bring_up_to_date(store, DUTY, now, (owner, owner))
    _redraw(store, (*before, *after), now)


def answered(store: GovernanceStore, actor: Actor, row: Assessed, now: datetime) -> None:
    """An owner has answered. The last answer to a request completes it and notifies the ISO."""
    _redraw(store, [row], now)
    if _end(store, row, actor.platform or Platform.WEB, now):
        _tell_iso(store, row, now)


def _tell_iso(store: GovernanceStore, row: Assessed, now: datetime) -> None:
    """Notify the ISO once of each request, except of their own."""
    iso = iso_of(store)
    if iso is not None and row.ask is not None and iso.id != row.owner:
        campaign = f"{FINISHED}:{row.ask}"
        store.deliver_to_person(iso, campaign=campaign, kind=FINISHED, subject=row.ask, now=now)


def tell_of_answers(store: GovernanceStore, now: datetime) -> Done:
    """Notify the current ISO of requests with answers to confirm, once each: the office may have
    changed hands."""
    for given in store.assessments():
        if given.state is not AssessmentState.OPEN:
            continue
        rows = store.assessed(given.id)
        unfinished = {one.ask for one in rows if one.waiting}
        to_confirm = {one.ask: one for one in rows if one.state is AnswerState.DONE}
        for ask, row in to_confirm.items():
            if ask not in unfinished:
                _tell_iso(store, row, now)
    return Done()


def _redraw(store: GovernanceStore, rows: Iterable[Assessed], now: datetime) -> None:
    """The messages that asked for these show what is left now, in every chat."""
    for ask in sorted({one.ask for one in rows if one.ask is not None}):
        for kind in (ASSESS, DUTY.again):
            store.renew_sent(kind, ask, now)


def _end(store: GovernanceStore, row: Assessed, way: Platform, now: datetime) -> bool:
    """Whether everything in its request is answered. Then the duty is done."""
    if row.ask is None or row.owner is None:
        return False
    there = store.assessed_in(row.ask)
    if not there or any(one.waiting for one in there):
        return False
    duty = store.duty(ASSESS, row.ask, row.owner)
    day = today(store, now)
    if duty is None:  # on leave, and answered all the same
        store.note_done(
            ASSESS, row.ask, row.owner, due=row.due, way=way, now=now, late=day > row.due
        )
    elif duty.done_at is None:
        store.do_duty(duty, way, now, late=day > duty.due)
    return True


# -- messages ----------------------------------------------------------------------------------


def asked(on: Occasion, *, reminder: bool = False) -> SafeguardsAsked | None:
    """Once everything is answered, no message goes out; a page and an earlier message say so."""
    person, rows = on.to or on.reader, on.store.assessed_in(on.subject)
    if person is None or not rows or rows[0].owner != person.id:
        return None
    assessment = on.store.assessment(rows[0].assessment_id)
    if assessment is None or assessment.state is not AssessmentState.OPEN:
        return None
    duty = on.store.duty(ASSESS, on.subject, person.id)
    waiting = [one for one in rows if one.waiting]
    if duty is None or duty.let_go_at is not None or (on.to and not waiting and not on.again):
        return None
    return SafeguardsAsked(
        assessment=assessment,
        short=short_of(on.store, assessment),
        ask=on.subject,
        due=rows[0].due,
        numbers=tuple(one.number for one in waiting),
        sent_back=tuple(one.number for one in rows if one.state is AnswerState.SENT_BACK),
        done=len(rows) - len(waiting),
        reminder=reminder,
    )


def open_for_iso(on: Occasion, rows: Sequence[Assessed]) -> Assessment | None:
    """The assessment of these rows, while it is open and its reader holds the ISO's office."""
    person = on.to or on.reader
    if person is None or not rows or Office.ISO not in on.store.standing(person.id).offices:
        return None
    assessment = on.store.assessment(rows[0].assessment_id)
    return assessment if assessment and assessment.state is AssessmentState.OPEN else None


def _finished(on: Occasion) -> OwnerFinished | None:
    rows = on.store.assessed_in(on.subject)
    assessment = open_for_iso(on, rows)
    if assessment is None:
        return None
    return OwnerFinished(
        assessment=assessment,
        name=name_of(on.store, rows[0].owner),
        ask=on.subject,
        numbers=tuple(one.number for one in rows if one.state is AnswerState.DONE),
        assessed=len(rows),
        in_all=sum(one.state is AnswerState.DONE for one in on.store.assessed(assessment.id)),
    )


DELIVERIES: Deliveries = (
    Delivery(kind=ASSESS, compose=asked, personal=True, may_wait=True),
    Delivery(
        kind=DUTY.again, compose=lambda on: asked(on, reminder=True), personal=True, may_wait=True
    ),
    Delivery(kind=FINISHED, compose=_finished, personal=True, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=TellOfAnswers,
        run=lambda store, _, __, now: tell_of_answers(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind="practices-answers", command=lambda *_: TellOfAnswers(), rule=MORNINGS),
    ),
)
