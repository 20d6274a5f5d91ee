"""A safeguard's owner answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from governance.access import Actor, anybody, refusal
from governance.controls import forms
from governance.controls.access import owner
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    Applies,
    KeepAnswer,
)
from governance.controls.answer_messages import NothingLeft, SafeguardDone
from governance.controls.asking import answered
from governance.controls.audit import note_read
from governance.controls.finding import is_stale, place_of, seen_of
from governance.controls.model import (
    HIGHEST,
    LOWEST,
    Answer,
    AnswerState,
    Assessed,
    AssessmentState,
    Dimension,
    SafeguardPlace,
)
from governance.controls.said import used_words
from governance.controls.screening import screen_with_links
from governance.controls.starting import not_open
from governance.forms.messages import FormView, again, opened
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned
from governance.refusals import GONE
from surveys.questions import Unfit

CONFIRMED = (
    "This answer is confirmed. To change it, ask the Information Security Officer to send it back."
)
CONFIRMED_MEANWHILE = (
    "This was confirmed in the meantime. To change it, ask the Information Security Officer to "
    "send it back, then press Done again."
)
ANSWERED_MEANWHILE = "This was answered in the meantime. Read it again."

_NO_STEP = {
    Dimension.POLICY: Unfit(why="Policy: choose a step from 1 to 5."),
    Dimension.IMPLEMENTED: Unfit(why="Implemented: choose a step from 1 to 5."),
    Dimension.AUTOMATED: Unfit(why="Automated: choose a step from 1 to 5."),
    Dimension.REPORTED: Unfit(why="Reported: choose a step from 1 to 5."),
}
_STEPS = tuple(str(one) for one in range(LOWEST, HIGHEST + 1))


# -- the form --------------------------------------------------------------------------------------


def open_place(
    store: GovernanceStore, assessment_id: UUID, number: str
) -> SafeguardPlace | Refused:
    """A safeguard of an open assessment."""
    place = place_of(store, assessment_id, number)
    if place is None:
        return refusal(GONE)
    return place if place.assessment.state is AssessmentState.OPEN else not_open(place.assessment)


def open_answer(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, now: datetime
) -> Opening | Refused:
    """The form. If it was confirmed while its owner wrote, what they wrote is not lost."""
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    if place.row.state is AnswerState.CONFIRMED and command.seen is None:
        return refusal(CONFIRMED)
    return _opening(store, actor, place, command, now)


def _opening(
    store: GovernanceStore,
    actor: Actor,
    place: SafeguardPlace,
    command: AnswerSafeguard,
    now: datetime,
) -> Opening:
    return forms.answering(
        place,
        stale=is_stale(store, place.row, now),
        changed=_is_changed(place.row, command),
        said=used_words(store, actor, place.framework, place.row.number),
    )


def _is_changed(row: Assessed, command: AnswerSafeguard) -> bool:
    """Since its owner opened the form."""
    seen = row.state is AnswerState.CONFIRMED or command.seen in (None, seen_of(row))
    return not seen


def note_answer(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, now: datetime
) -> None:
    """The form of what has an answer shows it."""
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, SafeguardPlace) and place.row.answer.given:
        what = f"{place.framework.short} {command.number}"
        note_read(store, actor, command.assessment_id, what, now)


def next_one(
    store: GovernanceStore, actor: Actor, command: AnswerNext, now: datetime
) -> FormView | NothingLeft | Refused:
    given = store.assessment(command.assessment_id)
    mine = owned(store, actor, command.assessment_id)
    if given is None or not mine:
        return refusal(GONE)
    waiting = of_request(command.ask, [one for one in mine if one.waiting])
    if not waiting:
        return NothingLeft(assessment=given)
    first = min(waiting, key=lambda one: one.state is not AnswerState.SENT_BACK)
    opens = AnswerSafeguard(assessment_id=given.id, number=first.number)
    found = open_answer(store, actor, opens, now)
    if isinstance(found, Refused):
        return found
    note_answer(store, actor, opens, now)
    return opened(opens, found)


def of_request(ask: UUID | None, rows: Sequence[Assessed]) -> Sequence[Assessed]:
    """Those of one request, or all if it has none."""
    return [one for one in rows if one.ask == ask] or rows


def owned(store: GovernanceStore, actor: Actor, assessment_id: UUID) -> Sequence[Assessed]:
    """The actor's own safeguards in an assessment, by number."""
    return [one for one in store.assessed(assessment_id) if one.owner == actor.person_id]


def after(number: str, candidates: Sequence[str], rows: Sequence[Assessed]) -> str:
    """The next candidate after a number, in the order of ``rows``, from the end on to the start;
    "": none."""
    order = [one.number for one in rows]
    start = order.index(number) + 1 if number in order else 0
    turned = [*order[start:], *order[:start]]
    return next((one for one in turned if one in candidates), "")


# -- answering -------------------------------------------------------------------------------------


def unfit(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, _: datetime
) -> dict[str, Unfit]:
    """What does not apply is not rated, and anything else is."""
    if command.applies is Applies.NO:
        return {} if command.why_not else {"why_not": Unfit(why="Write why it does not apply.")}
    if command.applies is None:
        return {}
    return {one.value: _NO_STEP[one] for one in Dimension if command.scores[one] not in _STEPS}


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, now: datetime
) -> SafeguardDone | FormView | Refused:
    """Owners can answer again until it is confirmed. If it was sent back or changed since they
    opened the form, they see it once more, with what they typed."""
    store.lock_assessment(command.assessment_id)
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    row, opening = place.row, _opening(store, actor, place, command, now)
    if row.state is AnswerState.CONFIRMED:
        return again(command, opening, unfit={"applies": Unfit(why=CONFIRMED_MEANWHILE)})
    if _is_changed(row, command):
        return again(command, opening, changed=True)
    applies = command.applies is Applies.YES
    kept = ("evidence", "next_step") if applies else ("why_not", "evidence")
    before = (row.answer.why_not, row.answer.evidence, row.answer.next_step)
    texts = [getattr(command, one) for one in kept]
    screened = screen_with_links(texts, command.put_back, before)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    told = Answer(
        applicable=applies,
        scores={one: int(score) for one, score in command.scores.items()} if applies else {},
        **dict(zip(kept, screened.texts, strict=True)),
    )
    note_returned(store, actor.person_id, screened, place.assessment.id, now)
    return _done(store, actor, place, replace(row, answer=told), now)


def keep(
    store: GovernanceStore, actor: Actor, command: KeepAnswer, now: datetime
) -> SafeguardDone | Refused:
    store.lock_assessment(command.assessment_id)
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    if not place.row.taken_over or seen_of(place.row) != command.seen:
        return refusal(ANSWERED_MEANWHILE)
    return _done(store, actor, place, place.row, now)


def _done(
    store: GovernanceStore, actor: Actor, place: SafeguardPlace, row: Assessed, now: datetime
) -> SafeguardDone:
    done = replace(row, state=AnswerState.DONE, answered_by=actor.person_id, answered_at=now)
    store.put_assessed([done])
    answered(store, actor, done, now)
    given, short = place.assessment, place.framework.short
    store.audit(actor.person_id, f"safeguard answered: {short} {row.number}", given.id, now)
    mine = owned(store, actor, given.id)
    waiting = [one.number for one in mine if one.waiting]
    return SafeguardDone(
        assessment=given,
        short=short,
        number=row.number,
        next=after(row.number, waiting, mine),
        left=len(waiting),
    )


OPERATIONS: Operations = (
    Operation(
        command=AnswerNext,
        window=True,
        run=next_one,
        may=anybody,
        button="assess-next",
        carries=("ask",),
    ),
    Operation(
        command=AnswerSafeguard,
        keeps_drafts=False,
        run=answer,
        may=owner,
        button="assess",
        carries=("seen",),
        opens=open_answer,
        notes=note_answer,
        form_kept=False,
        fits=unfit,
        refreshes_home=True,
    ),
    Operation(command=KeepAnswer, run=keep, may=owner, button="assess-keep", refreshes_home=True),
)
