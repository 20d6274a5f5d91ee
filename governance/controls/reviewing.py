"""The ISO's office confirms answers or sends them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from governance.access import Actor, refusal
from governance.controls import forms
from governance.controls.access import security_office
from governance.controls.answer_messages import NothingLeft
from governance.controls.answering import after, of_request, open_place
from governance.controls.asking import asked_anew, bring_in_line
from governance.controls.audit import note_read
from governance.controls.finding import framework_of, moment_of, name_of
from governance.controls.model import (
    AnswerState,
    Assessed,
    AssessmentState,
    SafeguardPlace,
)
from governance.controls.running_commands import (
    ConfirmControl,
    ReviewNext,
    ReviewSafeguard,
    ShowControlReview,
    Verdict,
)
from governance.controls.running_messages import ControlReview, Reviewed
from governance.controls.starting import not_open
from governance.forms.messages import FormView, again, opened
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import GONE
from surveys.questions import Unfit

NOT_ANSWERED = "This is not answered yet, or it was sent back."
CHANGED = "The answer has changed since you opened it. Read it again."


def open_review(
    store: GovernanceStore, _: Actor, command: ReviewSafeguard, __: datetime
) -> Opening | Refused:
    place = _reviewed(store, command)
    if isinstance(place, Refused):
        return place
    return _opening(store, place)


def _opening(store: GovernanceStore, place: SafeguardPlace) -> Opening:
    return forms.reviewing(place, name_of(store, place.row.answered_by))


def _reviewed(store: GovernanceStore, command: ReviewSafeguard) -> SafeguardPlace | Refused:
    """What has an answer."""
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    answered = place.row.state in (AnswerState.DONE, AnswerState.CONFIRMED)
    return place if answered else refusal(NOT_ANSWERED)


def note_review(
    store: GovernanceStore, actor: Actor, command: ReviewSafeguard, now: datetime
) -> None:
    place = _reviewed(store, command)
    if isinstance(place, SafeguardPlace):
        what = f"{place.framework.short} {command.number}"
        note_read(store, actor, command.assessment_id, what, now)


def next_one(
    store: GovernanceStore, actor: Actor, command: ReviewNext, now: datetime
) -> FormView | NothingLeft | Refused:
    given = store.assessment(command.assessment_id)
    if given is None:
        return refusal(GONE)
    rows = [one for one in store.assessed(given.id) if one.state is AnswerState.DONE]
    if not rows:
        return NothingLeft(assessment=given, reviews=True)
    first = of_request(command.ask, rows)[0]
    opens = ReviewSafeguard(assessment_id=given.id, number=first.number)
    found = open_review(store, actor, opens, now)
    if isinstance(found, Refused):
        return found
    note_review(store, actor, opens, now)
    return opened(opens, found)


def unfit(
    store: GovernanceStore, _: Actor, command: ReviewSafeguard, __: datetime
) -> dict[str, Unfit]:
    place = _reviewed(store, command)
    if isinstance(place, SafeguardPlace) and command.seen != moment_of(place.row):
        return {"verdict": Unfit(why=CHANGED)}
    if command.verdict is Verdict.SEND_BACK and not command.word:
        return {"word": Unfit(why="Write what is missing or wrong.")}
    return {}


def review(
    store: GovernanceStore, actor: Actor, command: ReviewSafeguard, now: datetime
) -> Reviewed | FormView | Refused:
    store.lock_assessment(command.assessment_id)
    place = _reviewed(store, command)
    if isinstance(place, Refused):
        return place
    opening = _opening(store, place)
    if command.verdict is None:
        return again(command, opening)
    if command.seen != moment_of(place.row):
        return again(command, opening, unfit={"verdict": Unfit(why=CHANGED)})
    screened = screen((command.word,), command.put_back)
    if screened.doubt and command.verdict is Verdict.SEND_BACK:
        return again(command, opening, doubt=screened.doubt)
    row, given, short = place.row, place.assessment, place.framework.short
    if command.verdict is Verdict.CONFIRM:
        _confirm(store, actor, [row], now)
        store.audit(actor.person_id, f"safeguard confirmed: {short} {row.number}", given.id, now)
    else:
        back = replace(
            row,
            state=AnswerState.SENT_BACK,
            answer=replace(row.answer, word=screened.texts[0]),
            confirmed_by=None,
            confirmed_at=None,
        )
        back = asked_anew(store, back, now)
        store.put_assessed([back])
        bring_in_line(store, [row], [back], now)
        note_returned(store, actor.person_id, screened, given.id, now)
        store.audit(actor.person_id, f"safeguard sent back: {short} {row.number}", given.id, now)
    rows = store.assessed(given.id)
    waiting = [one.number for one in rows if one.state is AnswerState.DONE]
    return Reviewed(
        assessment=given,
        short=short,
        number=row.number,
        verdict=command.verdict,
        next=after(row.number, waiting, rows),
        left=len(waiting),
    )


def _confirm(store: GovernanceStore, actor: Actor, rows: Sequence[Assessed], now: datetime) -> None:
    store.put_assessed(
        [
            replace(
                one, state=AnswerState.CONFIRMED, confirmed_by=actor.person_id, confirmed_at=now
            )
            for one in rows
        ]
    )


def show_control(
    store: GovernanceStore, actor: Actor, command: ShowControlReview, now: datetime
) -> ControlReview | Refused:
    given = store.assessment(command.assessment_id)
    framework = framework_of(store, given) if given else None
    controls = framework.controls if framework else ()
    control = next((one for one in controls if one.number == command.control), None)
    if given is None or framework is None or control is None:
        return refusal(GONE)
    if given.state is not AssessmentState.OPEN:
        return not_open(given)
    named = {one.number: one for one in control.safeguards}
    rows = [
        one
        for one in store.assessed(given.id)
        if one.number in named and one.state is AnswerState.DONE
    ]
    if rows:
        note_read(store, actor, given.id, f"{framework.short} {control.number}", now)
    return ControlReview(
        assessment=given,
        framework=framework,
        control=control,
        answers=tuple(
            (
                SafeguardPlace(
                    assessment=given, framework=framework, safeguard=named[one.number], row=one
                ),
                name_of(store, one.answered_by),
            )
            for one in rows
        ),
        seen=max(map(moment_of, rows), default=0),
    )


def confirm_control(
    store: GovernanceStore, actor: Actor, command: ConfirmControl, now: datetime
) -> ControlReview | Refused:
    """Confirm what the reader saw. What was answered after that still waits."""
    store.lock_assessment(command.assessment_id)
    asked = ShowControlReview(assessment_id=command.assessment_id, control=command.control)
    shown = show_control(store, actor, asked, now)
    if isinstance(shown, Refused):
        return shown
    seen = [one.row for one, _ in shown.answers if moment_of(one.row) <= command.seen]
    _confirm(store, actor, seen, now)
    numbers = ", ".join(one.number for one in seen)
    if seen:
        said = f"safeguards confirmed: {shown.framework.short} {numbers}"
        store.audit(actor.person_id, said, command.assessment_id, now)
    return show_control(store, actor, asked, now)


OPERATIONS: Operations = (
    Operation(
        command=ReviewNext,
        window=True,
        run=next_one,
        may=security_office,
        button="review-next",
        carries=("ask",),
    ),
    Operation(
        command=ReviewSafeguard,
        run=review,
        may=security_office,
        button="review",
        carries=("seen",),
        opens=open_review,
        notes=note_review,
        form_kept=False,
        fits=unfit,
    ),
    Operation(
        command=ShowControlReview,
        shows=True,
        window=True,
        run=show_control,
        may=security_office,
        button="review-control",
    ),
    Operation(
        command=ConfirmControl, run=confirm_control, may=security_office, button="confirm-control"
    ),
)
