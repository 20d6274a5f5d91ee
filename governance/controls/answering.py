"""What the owner of a safeguard answers."""

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
    Place,
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

CONFIRMED = "This answer is confirmed. Ask the Information Security Officer to send it back."
CONFIRMED_MEANWHILE = (
    "This was confirmed meanwhile. Ask the Information Security Officer to send it back, then "
    "hand it in again."
)
ANSWERED_MEANWHILE = "This was answered meanwhile. Look at it again."

_NO_STEP = {
    Dimension.POLICY: Unfit(why="Policy: choose a step from 1 to 5."),
    Dimension.IMPLEMENTED: Unfit(why="Implemented: choose a step from 1 to 5."),
    Dimension.AUTOMATED: Unfit(why="Automated: choose a step from 1 to 5."),
    Dimension.REPORTED: Unfit(why="Reported: choose a step from 1 to 5."),
}
_STEPS = tuple(str(one) for one in range(LOWEST, HIGHEST + 1))


# -- the form --------------------------------------------------------------------------------------


def show_form(
    store: GovernanceStore, actor: Actor, assessment_id: UUID, number: str, now: datetime
) -> AnswerForm | Refused:
    place = place_of(store, assessment_id, number)
    if place is None or place.row is None:
        return refusal(GONE)
    if place.assessment.state is not AssessmentState.OPEN:
        return not_open(place.assessment)
    if place.row.state is AnswerState.CONFIRMED:
        return refusal(CONFIRMED)
    if place.row.answer.given:
        what = f"{place.framework.short} {number}"
        note_read(store, actor, assessment_id, what, now)
    return _filled(store, actor, place, place.row, now)


def _filled(
    store: GovernanceStore, actor: Actor, place: Place, row: Assessed, now: datetime
) -> AnswerForm:
    answer = row.answer
    applies = {None: None, True: Applies.YES, False: Applies.NO}[answer.applicable]
    return AnswerForm(
        place=place,
        row=row,
        stale=is_stale(store, row, now),
        said=used_words(store, actor, place.framework, row.number),
        seen=seen_of(row),
        applies=applies,
        why_not=answer.why_not,
        policy=_step(answer, Dimension.POLICY),
        implemented=_step(answer, Dimension.IMPLEMENTED),
        automated=_step(answer, Dimension.AUTOMATED),
        reported=_step(answer, Dimension.REPORTED),
        evidence=answer.evidence,
        next_step=answer.next_step,
    )


def _step(answer: Answer, dimension: Dimension) -> str:
    return str(answer.scores.get(dimension, ""))


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
    """Those of one request; all, where it has none."""
    return [one for one in rows if one.ask == ask] or rows


def owned(store: GovernanceStore, actor: Actor, assessment_id: UUID) -> Sequence[Assessed]:
    """The actor's own safeguards in an assessment, by number."""
    return [one for one in store.assessed(assessment_id) if one.owner == actor.person_id]


def after(number: str, candidates: Sequence[str], rows: Sequence[Assessed]) -> str:
    """The candidate that comes next after a number, in the order of ``rows``; "": none."""
    order = [one.number for one in rows]
    start = order.index(number) + 1 if number in order else 0
    turned = [*order[start:], *order[:start]]
    return next((one for one in turned if one in candidates), "")


# -- answering -------------------------------------------------------------------------------------


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerSafeguard, now: datetime
) -> SafeguardDone | AnswerForm | Refused:
    """Their own, as often as they like, until it is confirmed. Where it was sent back or changed
    since they opened the form, they see it again first, with what they wrote."""
    given = store.lock_assessment(command.assessment_id)
    place = place_of(store, command.assessment_id, command.number)
    if given is None or place is None or place.row is None:
        return refusal(GONE)
    if given.state is not AssessmentState.OPEN:
        return not_open(given)
    row = place.row
    texts, unfit = _typed(command)
    scores: dict[Dimension, str] = {one: getattr(command, one.value) for one in Dimension}
    form = replace(
        _filled(store, actor, place, row, now),
        applies=command.applies,
        why_not=texts["why_not"],
        policy=command.policy,
        implemented=command.implemented,
        automated=command.automated,
        reported=command.reported,
        evidence=texts["evidence"],
        next_step=texts["next_step"],
    )
    if row.state is not AnswerState.CONFIRMED and command.seen not in (None, form.seen):
        return replace(form, changed=True)
    unfit |= _unfit(form, scores)
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
    said = dict(zip(kept, screened.texts, strict=True))
    told = Answer(
        applicable=applies,
        why_not=said.get("why_not", ""),
        scores={one: int(score) for one, score in scores.items()} if applies else {},
        evidence=said["evidence"],
        next_step=said.get("next_step", ""),
    )
    note_returned(store, actor.person_id, screened, given.id, now)
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


def _unfit(form: AnswerForm, scores: dict[Dimension, str]) -> dict[str, Unfit]:
    if form.applies is None:
        return {"applies": Unfit(why="Please choose from the list.")}
    if form.applies is Applies.NO:
        why = Unfit(why="Write why it does not apply.")
        return {} if form.why_not else {"why_not": why}
    return {one.value: _NO_STEP[one] for one, score in scores.items() if score not in _STEPS}


def keep(
    store: GovernanceStore, actor: Actor, command: KeepAnswer, now: datetime
) -> SafeguardDone | AnswerForm | Refused:
    """What was answered earlier is still true."""
    given = store.lock_assessment(command.assessment_id)
    place = place_of(store, command.assessment_id, command.number)
    if given is None or place is None or place.row is None:
        return refusal(GONE)
    if given.state is not AssessmentState.OPEN:
        return not_open(given)
    if not place.row.taken_over or seen_of(place.row) != command.seen:
        return refusal(ANSWERED_MEANWHILE)
    return _done(store, actor, place, place.row, now)


def _done(
    store: GovernanceStore, actor: Actor, place: Place, row: Assessed, now: datetime
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
        window=True,
        run=lambda store, actor, command, now: show_form(
            store, actor, command.assessment_id, command.number, now
        ),
        may=owner,
        button="assess-form",
    ),
    Operation(
        command=AnswerSafeguard,
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
