"""A safeguard's owner answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from governance.access import Actor, anybody, refusal
from governance.controls.access import owner
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    Applies,
    KeepAnswer,
    ShowAnswerForm,
)
from governance.controls.answer_messages import AnswerForm, NothingLeft, SafeguardDone
from governance.controls.asking import answered
from governance.controls.audit import note_read
from governance.controls.finding import is_stale, place_of, seen_of
from governance.controls.model import (
    HIGHEST,
    LONGEST_EVIDENCE,
    LONGEST_NEXT_STEP,
    LONGEST_WHY_NOT,
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
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned
from governance.refusals import GONE
from governance.typed import typed
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


def show_form(
    store: GovernanceStore, actor: Actor, assessment_id: UUID, number: str, now: datetime
) -> AnswerForm | Refused:
    place = open_place(store, assessment_id, number)
    if isinstance(place, Refused):
        return place
    if place.row.state is AnswerState.CONFIRMED:
        return refusal(CONFIRMED)
    if place.row.answer.given:
        note_read(store, actor, assessment_id, f"{place.framework.short} {number}", now)
    return _filled(store, actor, place, now)


def _filled(
    store: GovernanceStore, actor: Actor, place: SafeguardPlace, now: datetime
) -> AnswerForm:
    row = place.row
    return AnswerForm(
        place=place,
        stale=is_stale(store, row, now),
        said=used_words(store, actor, place.framework, row.number),
        seen=seen_of(row),
        applies={None: None, True: Applies.YES, False: Applies.NO}[row.answer.applicable],
        why_not=row.answer.why_not,
        scores={one: str(score) for one, score in row.answer.scores.items()},
        evidence=row.answer.evidence,
        next_step=row.answer.next_step,
    )


def next_one(
    store: GovernanceStore, actor: Actor, command: AnswerNext, now: datetime
) -> AnswerForm | NothingLeft | Refused:
    given = store.assessment(command.assessment_id)
    mine = owned(store, actor, command.assessment_id)
    if given is None or not mine:
        return refusal(GONE)
    waiting = of_request(command.ask, [one for one in mine if one.waiting])
    if not waiting:
        return NothingLeft(assessment=given)
    first = min(waiting, key=lambda one: one.state is not AnswerState.SENT_BACK)
    return show_form(store, actor, given.id, first.number, now)


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


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, now: datetime
) -> SafeguardDone | AnswerForm | Refused:
    """Owners can answer again until it is confirmed. If it was sent back or changed since they
    opened the form, they see it once more, with what they typed."""
    store.lock_assessment(command.assessment_id)
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    row = place.row
    texts, unfit = _typed(command)
    form = replace(
        _filled(store, actor, place, now),
        applies=command.applies,
        why_not=texts["why_not"],
        scores=command.scores,
        evidence=texts["evidence"],
        next_step=texts["next_step"],
    )
    if row.state is not AnswerState.CONFIRMED and command.seen not in (None, form.seen):
        return replace(form, changed=True)
    unfit |= _unfit(form)
    if row.state is AnswerState.CONFIRMED:
        unfit["applies"] = Unfit(why=CONFIRMED_MEANWHILE)
    if unfit:
        return replace(form, unfit=unfit)
    applies = command.applies is Applies.YES
    kept = ("evidence", "next_step") if applies else ("why_not", "evidence")
    before = (row.answer.why_not, row.answer.evidence, row.answer.next_step)
    screened = screen_with_links([texts[one] for one in kept], command.put_back, before)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    told = Answer(
        applicable=applies,
        scores={one: int(score) for one, score in form.scores.items()} if applies else {},
        **dict(zip(kept, screened.texts, strict=True)),
    )
    note_returned(store, actor.person_id, screened, place.assessment.id, now)
    return _done(store, actor, place, replace(row, answer=told), now)


def _typed(command: AnswerSafeguard) -> tuple[dict[str, str], dict[str, Unfit]]:
    texts, unfit = dict[str, str](), dict[str, Unfit]()
    for key, most in (
        ("why_not", LONGEST_WHY_NOT),
        ("evidence", LONGEST_EVIDENCE),
        ("next_step", LONGEST_NEXT_STEP),
    ):
        texts[key], too_long = typed(getattr(command, key), most)
        if too_long:
            unfit[key] = too_long
    return texts, unfit


def _unfit(form: AnswerForm) -> dict[str, Unfit]:
    if form.applies is None:
        return {"applies": Unfit(why="Please choose from the list.")}
    if form.applies is Applies.NO:
        why = Unfit(why="Write why it does not apply.")
        return {} if form.why_not else {"why_not": why}
    return {one.value: _NO_STEP[one] for one in Dimension if form.scores[one] not in _STEPS}


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
        command=ShowAnswerForm,
        shows=True,
        window=True,
        run=lambda store, actor, command, now: show_form(
            store, actor, command.assessment_id, command.number, now
        ),
        may=owner,
        button="assess-form",
    ),
    Operation(
        command=AnswerSafeguard,
        keeps_drafts=False,
        run=answer,
        may=owner,
        button="assess",
        takes=(
            "applies",
            "why_not",
            *(one.value for one in Dimension),
            "evidence",
            "next_step",
            "put_back",
        ),
        form=lambda command: ShowAnswerForm(
            assessment_id=command.assessment_id, number=command.number
        ),
        refreshes_home=True,
    ),
    Operation(command=KeepAnswer, run=keep, may=owner, button="assess-keep", refreshes_home=True),
)
