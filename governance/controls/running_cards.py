"""What the ISO's office sees while it runs an assessment. No chat keeps a card with answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.cards import (
    Card,
    Confirm,
    Entries,
    Facts,
    Form,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Run,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import wording
from governance.card_parts import Drawings, Note, Notes, lines, opens
from governance.controls import addresses
from governance.controls import wording as say
from governance.controls.model import (
    Assessment,
    AssessmentState,
)
from governance.controls.owners import LONGEST
from governance.controls.running_commands import (
    CloseAssessment,
    ConfirmControl,
    DropAssessment,
    NameOwners,
    OpenAssessment,
    ReviewNext,
    ReviewSafeguard,
    ShowClosing,
    ShowControlReview,
    ShowOpening,
    ShowOwnersForm,
    ShowRun,
    Verdict,
    WriteAssessment,
)
from governance.controls.running_messages import (
    AssessmentDropped,
    ClosingView,
    ControlReview,
    OpeningView,
    OwnerFinished,
    OwnerLine,
    OwnersForm,
    Reviewed,
    RunView,
    SafeguardsHandedOver,
)
from governance.forms.commands import Open
from surveys.questions import Unfit

_SHOWN = 20
"""Numbers that are listed one by one."""


def _up(words: Words) -> Page:
    return Page(label=words.say("Security practices"), path=addresses.PRACTICES)


def _up_to_run(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Owners and progress"), path=addresses.run(given.id))


def _named(words: Words, numbers: tuple[str, ...]) -> str:
    more = len(numbers) - _SHOWN
    said = say.numbers(numbers[:_SHOWN])
    return words.say("{numbers} and {n} more", numbers=said, n=more) if more > 0 else said


# -- beginning -------------------------------------------------------------------------------------


def dropped(words: Words, message: AssessmentDropped) -> Card:
    return Card(
        title=words.say("Draft deleted"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([message.name], secrecy=say.OURS),
        page=Page(label=words.say("Open it on the web"), path=addresses.PRACTICES),
        up=_up(words),
    )


# -- owners and progress ---------------------------------------------------------------------------


def run(words: Words, message: RunView) -> Card:
    given, found = message.assessment, message.framework
    groups = {one.key: words.text(one.name) for one in found.groups}
    facts: list[tuple[str, Prose]] = [
        (words.say("Framework"), say.framework(words, found)),
        (words.say("Implementation group"), groups.get(given.group, given.group)),
    ]
    if given.state is AssessmentState.DRAFT:
        facts.append((words.say("Due date"), _day(words, given, given.due)))
    if given.controls:
        facts.append((words.say("Controls"), say.numbers(given.controls)))
    if message.committee:
        facts.append((words.say("Committee that sees the summary"), message.committee))
    presses, more = (
        run_presses(words, message.assessment, bool(message.to_confirm))
        if message.runs
        else ((), ())
    )
    return Card(
        title=(Run(given.name),),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("An assessment of security practices"),
        badge=say.state(words, given),
        calm=True,
        parts=(
            *lines([_progress(words, message)], Look.STRONG, say.OURS),
            *_unowned(words, message.unowned, given),
            Facts(pairs=tuple(facts), secrecy=say.OURS),
            *_to_confirm(words, message),
            *_late(words, message),
            *_owners(words, message),
        ),
        presses=presses,
        more=more,
        page=Page(label=words.say("Open it on the web"), path=addresses.run(given.id)),
        up=_up(words)
        if given.state is AssessmentState.DRAFT
        else Page(label=words.say("Back to the assessment"), path=addresses.assessment(given.id)),
    )


def _progress(words: Words, message: RunView) -> str:
    total = words.count("{n} safeguard", "{n} safeguards", message.total)
    if message.assessment.state is AssessmentState.DRAFT:
        return total
    return words.say(
        "{done} of {total} assessed, {confirmed} confirmed",
        done=words.number(message.total - message.waiting),
        total=total,
        confirmed=words.number(message.confirmed),
    )


def _unowned(words: Words, numbers: tuple[str, ...], given: Assessment) -> tuple[Part, ...]:
    if not numbers or given.state is AssessmentState.CLOSED:
        return ()
    said = words.say("Without an owner: {numbers}", numbers=_named(words, numbers))
    return lines([said], Look.ALARM, say.OURS)


def _to_confirm(words: Words, message: RunView) -> tuple[Part, ...]:
    given, short = message.assessment, message.framework.short
    if not message.to_confirm or given.state is not AssessmentState.OPEN:
        return ()
    if not message.runs:
        numbers = [f"{short} {one}" for _, some in message.to_confirm for one in some]
        said = words.say("To be confirmed: {numbers}", numbers=_named(words, tuple(numbers)))
        return lines([said], secrecy=say.OURS)
    rows = tuple(
        (
            Page(
                label=f"{short} {control.number} {words.text(control.name)}",
                path=addresses.control_review(given.id, control.number),
            ),
            say.numbers(numbers),
        )
        for control, numbers in message.to_confirm
    )
    heading = words.say("Waiting for you to confirm")
    return (*lines([heading], Look.STRONG), Entries(rows=rows, secrecy=say.OURS))


def _late(words: Words, message: RunView) -> tuple[Part, ...]:
    """Due dates of owners that are after the assessment's own."""
    given = message.assessment
    late = [
        n for one in message.owners for day, some in one.waiting if day > given.due for n in some
    ]
    if not late or given.state is AssessmentState.CLOSED:
        return ()
    said = words.say(
        "Due later than the assessment ({day}): {numbers}",
        day=_day(words, given, given.due),
        numbers=_named(words, tuple(late)),
    )
    return lines([said], Look.STRONG, say.OURS)


def _day(words: Words, given: Assessment, day: date) -> str:
    """With its year, if that is not the year in which the assessment began."""
    return words.day(day, year=day.year != given.made_at.year)


def _owners(words: Words, message: RunView) -> tuple[Part, ...]:
    owners = message.owners
    if not owners:
        return ()
    pairs = tuple((one.name, _owner(words, message.assessment, one)) for one in owners)
    heading = words.count("{n} owner", "{n} owners", len(owners))
    return (*lines([heading], Look.STRONG), Facts(pairs=pairs, secrecy=say.OURS))


def _owner(words: Words, given: Assessment, one: OwnerLine) -> str:
    told = []
    if given.state is AssessmentState.CLOSED and one.waiting:
        numbers = say.numbers([n for _, some in one.waiting for n in some])
        told.append(words.say("Not assessed: {numbers}", numbers=numbers))
    else:
        told += [
            words.say(
                "To assess by {day}: {numbers}",
                day=_day(words, given, day),
                numbers=say.numbers(numbers),
            )
            for day, numbers in one.waiting
        ]
    if one.done:
        told.append(words.say("Done: {numbers}", numbers=say.numbers(one.done)))
    if one.confirmed:
        told.append(words.say("Confirmed: {numbers}", numbers=say.numbers(one.confirmed)))
    if one.handed_by:
        told.append(words.say("Handed over by {name}", name=words.all_of(one.handed_by)))
    return " · ".join(told)


def run_presses(
    words: Words, given: Assessment, to_confirm: bool
) -> tuple[tuple[Press, ...], tuple[Press, ...]]:
    """The buttons of whoever runs it, and further actions."""
    if given.state is AssessmentState.CLOSED:
        return (), ()
    owners = Press(label=words.say("Name owners"), command=ShowOwnersForm(assessment_id=given.id))
    if given.state is AssessmentState.OPEN:
        reviews = opens(words.say("Confirm the next one"), ReviewNext(assessment_id=given.id))
        closes = Press(
            label=words.say("Close the assessment"), command=ShowClosing(assessment_id=given.id)
        )
        return ((reviews, owners) if to_confirm else (owners,)), (closes,)
    edits = Press(
        label=words.say("Edit the assessment"),
        command=Open(of=WriteAssessment(framework=given.framework, assessment_id=given.id)),
    )
    deletes = Press(
        label=words.say("Delete the draft"),
        command=DropAssessment(assessment_id=given.id),
        style=Style.DANGER,
        confirm=Confirm(
            title=words.say("Delete this draft?"),
            text=words.say("The owners that you named are deleted with it."),
            yes=words.say("Delete it"),
            no=words.say("Keep it"),
        ),
    )
    begins = opens(words.say("Open the assessment"), ShowOpening(assessment_id=given.id))
    return (begins, owners), (edits, deletes)


def owners_form(words: Words, message: OwnersForm) -> Card:
    given, label = message.assessment, words.say("Name owners")
    names, nobody = message.names, words.say("no owner")
    problems = message.problems or tuple(message.unfit.values())
    example = words.say(
        "Write one line for each: “4 name@example.org” for everything in control 4 that is not "
        "answered yet, or “4.1 name@example.org 2027-01-15” for one safeguard with its own due "
        "date. A full name works in place of the address. If lines overlap, the last one counts. "
        "Anything you leave out keeps its owner. A new owner of an answered safeguard is asked to "
        "assess it again."
    )
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([given.name], Look.STRONG, say.OURS),
            *lines([example]),
            *_unowned(words, message.unowned, given),
            *say.bullets(
                [
                    f"{one.number} {words.text(one.name)}: {names.get(one.number) or nobody}"
                    for one in given.scope(message.framework)
                ]
            ),
        ),
        form=Form(
            fields=(
                TextField(
                    key="owners",
                    label=words.say("Owners"),
                    value=message.owners,
                    longest=LONGEST,
                    why="\n".join(_problem(words, one) for one in problems[:_SHOWN]),
                    rows=10,
                    uploads=words.say("Or upload a file with these lines (CSV)"),
                ),
            ),
            submit=Press(label=words.say("Save"), command=NameOwners(assessment_id=given.id)),
            opens=Press(label=label, command=ShowOwnersForm(assessment_id=given.id)),
            leave=Page(label=words.say("Not now"), path=addresses.run(given.id)),
            back=ShowRun(assessment_id=given.id),
        ),
        page=Page(label=words.say("Name owners in a table"), path=addresses.owners(given.id)),
        up=_up_to_run(words, given),
    )


def _problem(words: Words, one: Unfit) -> str:
    """What is wrong with a line. Lines of a file are counted by the file."""
    if one.values.get("in_file"):
        line = words.say("{n} of the file", n=one.values["line"])
        one = replace(one, values={**one.values, "line": line})
    return wording.unfit(words, one)


# -- opening and closing ---------------------------------------------------------------------------


def opening(words: Words, message: OpeningView) -> Card:
    given, unowned = message.assessment, message.unowned
    facts = (
        (words.say("Safeguards"), words.number(message.total)),
        (words.say("People who will be asked"), words.number(message.people)),
    )
    told = words.say(
        "These have no owner and go to {name}: {numbers}.",
        name=message.stays_with,
        numbers=_named(words, unowned),
    )
    return Card(
        title=words.say("Open this assessment?"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([given.name], Look.STRONG, say.OURS),
            Facts(pairs=facts, secrecy=say.OURS),
            *lines([told] if unowned else [], secrecy=say.OURS),
        ),
        presses=(
            Press(
                label=words.say("Open it and ask everyone"),
                command=OpenAssessment(assessment_id=given.id, unowned=len(unowned)),
                style=Style.PRIMARY,
            ),
            Press(label=words.say("Name owners"), command=ShowOwnersForm(assessment_id=given.id)),
        ),
        up=_up_to_run(words, given),
    )


def closing(words: Words, message: ClosingView) -> Card:
    given = message.assessment
    told = [words.say("After that, nothing in it can be changed, and owners are no longer asked.")]
    if message.unassessed:
        left = _left(words, message.unassessed, message.total)
        told.append(words.say("Not assessed ({n} of {total}): {numbers}", **left))
    if message.unconfirmed:
        left = _left(words, message.unconfirmed, message.total)
        told.append(words.say("Not confirmed ({n} of {total}): {numbers}", **left))
    return Card(
        title=words.say("Close this assessment?"),
        secrecy=Secrecy.ANYWHERE,
        parts=(*lines([given.name], Look.STRONG, say.OURS), *lines(told, secrecy=say.OURS)),
        presses=(
            Press(
                label=words.say("Close it for good"),
                command=CloseAssessment(assessment_id=given.id, left=message.left),
                style=Style.DANGER,
            ),
            Press(label=words.say("Not now"), command=ShowRun(assessment_id=given.id)),
        ),
        up=_up_to_run(words, given),
    )


def _left(words: Words, numbers: tuple[str, ...], total: int) -> dict[str, str]:
    """What a sentence says of safeguards that are not done."""
    n = words.number(len(numbers))
    return {"n": n, "total": words.number(total), "numbers": _named(words, numbers)}


# -- confirming ------------------------------------------------------------------------------------


def reviewed(words: Words, message: Reviewed) -> Card:
    given, left = message.assessment, message.left
    which = f"{message.short} {message.number}"
    title = (
        words.say("{number} is confirmed", number=which)
        if message.verdict is Verdict.CONFIRM
        else words.say("{number} was sent back", number=which)
    )
    said = (
        words.count(
            "{n} more is waiting to be confirmed.", "{n} more are waiting to be confirmed.", left
        )
        if left
        else words.say("Nothing else is waiting to be confirmed.")
    )
    following = opens(
        words.say("Confirm {number}", number=f"{message.short} {message.next}"),
        Open(of=ReviewSafeguard(assessment_id=given.id, number=message.next)),
    )
    path = addresses.review(given.id, message.next) if message.next else addresses.run(given.id)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said]),
        presses=(following,) if message.next else (),
        page=Page(label=words.say("Open it on the web"), path=path),
        up=_up_to_run(words, given),
    )


def control_review(words: Words, message: ControlReview) -> Card:
    given, control, found = message.assessment, message.control, message.framework
    parts: list[Part] = []
    for place, by in message.answers:
        row = place.row
        page = Page(
            label=say.named(words, found, row.number),
            path=addresses.review(given.id, row.number),
        )
        parts.append(Entries(rows=((page, say.given_by(words, row, by)),), secrecy=say.OURS))
        parts += say.answer(words, found, row.answer)
    n = len(message.answers)
    nothing = words.say("Nothing is waiting to be confirmed here.")
    confirms = Press(
        label=words.count("Confirm it", "Confirm all {n}", n),
        command=ConfirmControl(assessment_id=given.id, control=control.number, seen=message.seen),
        style=Style.PRIMARY,
    )
    return Card(
        title=words.say("Confirm {number}", number=f"{found.short} {control.number}"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.text(control.name)], Look.STRONG),
            *lines([] if parts else [nothing]),
            *parts,
        ),
        presses=(confirms,) if n else (),
        page=Page(
            label=words.say("Open it on the web"),
            path=addresses.control_review(given.id, control.number),
        ),
        up=_up_to_run(words, given),
        kept=False,
    )


def finished(words: Words, message: OwnerFinished) -> Card:
    given, n = message.assessment, message.assessed
    waits = words.say("To be confirmed: {numbers}", numbers=_named(words, message.numbers))
    following = opens(
        words.say("Confirm the next one"), ReviewNext(assessment_id=given.id, ask=message.ask)
    )
    title = words.count(
        "{name} has assessed {n} safeguard",
        "{name} has assessed {n} safeguards",
        n,
        name=message.name,
    )
    if message.waiting and message.in_all != n:
        title += " · " + words.count(
            "{n} answer waits for you to confirm",
            "{n} answers wait for you to confirm",
            message.in_all,
        )
    return Card(
        title=title,
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("An owner has finished their part of an assessment"),
        parts=(
            *lines([given.name], Look.QUIET, say.OURS),
            *lines([waits if message.numbers else ""], secrecy=say.OURS),
        ),
        presses=(following,) if message.numbers else (),
        page=_up_to_run(words, given),
    )


def handed_over(words: Words, message: SafeguardsHandedOver) -> Card:
    given, n = message.assessment, len(message.numbers)
    title = words.count(
        "An owner handed over {n} safeguard", "An owner handed over {n} safeguards", n
    )
    facts = (
        (words.say("Handed over by"), words.all_of(message.by)),
        (words.say("New owner"), message.to),
        (words.say("Safeguards"), say.numbers(message.numbers)),
    )
    return Card(
        title=title,
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("An owner handed over safeguards"),
        parts=(*lines([given.name], Look.QUIET, say.OURS), Facts(pairs=facts, secrecy=say.OURS)),
        page=_up_to_run(words, given),
    )


CARDS: Drawings = {
    AssessmentDropped: dropped,
    RunView: run,
    OwnersForm: owners_form,
    OpeningView: opening,
    ClosingView: closing,
    Reviewed: reviewed,
    ControlReview: control_review,
    OwnerFinished: finished,
    SafeguardsHandedOver: handed_over,
}


def _in_run(said: Callable[[Words, RunView], str]) -> Note:
    """Above the page of owners and progress, but not above a form or a question."""
    return lambda words, _, message: said(words, message) if isinstance(message, RunView) else ""


def _opened(words: Words, message: RunView) -> str:
    n = message.asked
    return words.count("Opened. {n} person was asked.", "Opened. {n} people were asked.", n)


def _reviewed(words: Words, _: object, message: object) -> str:
    return f"{reviewed(words, message).subject}." if isinstance(message, Reviewed) else ""


NOTES: Notes = {
    **dict.fromkeys((ReviewNext, ShowControlReview), lambda *_: ""),
    **dict.fromkeys((WriteAssessment, NameOwners), _in_run(lambda words, _: words.say("Saved."))),
    OpenAssessment: _in_run(_opened),
    CloseAssessment: _in_run(lambda words, _: words.say("Closed.")),
    DropAssessment: lambda words, *_: words.say("The draft was deleted."),
    ReviewSafeguard: _reviewed,
    ConfirmControl: lambda words, *_: words.say("Confirmed."),
}
