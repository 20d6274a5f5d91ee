"""What the ISO's office sees of assessments. A card with an answer on it is ``kept`` by no chat."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Confirm,
    DayField,
    Entries,
    Facts,
    Field,
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
from governance.card_parts import Drawings, Notes, lines, opens, put_back, why
from governance.changes.wording import day_of
from governance.controls import addresses
from governance.controls import wording as say
from governance.controls.model import (
    LONGEST_NAME,
    LONGEST_WORD,
    AnswerState,
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
    ShowAssessmentForm,
    ShowClosing,
    ShowControlReview,
    ShowOpening,
    ShowOwnersForm,
    ShowReviewForm,
    ShowRun,
    Verdict,
    WriteAssessment,
)
from governance.controls.running_messages import (
    AssessmentDropped,
    AssessmentForm,
    ClosingView,
    ControlReview,
    OpeningView,
    OwnerFinished,
    OwnerLine,
    OwnersForm,
    Reviewed,
    ReviewForm,
    RunView,
    SafeguardsHandedOver,
)

_SHOWN = 20
"""Numbers that are named one by one."""


def _up(words: Words) -> Page:
    return Page(label=words.say("Security practices"), path=addresses.PRACTICES)


def _up_to_run(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Owners and progress"), path=addresses.run(given.id))


def _named(words: Words, numbers: tuple[str, ...]) -> str:
    more = len(numbers) - _SHOWN
    said = say.numbers(numbers[:_SHOWN])
    return words.say("{numbers} and {n} more", numbers=said, n=more) if more > 0 else said


# -- beginning -------------------------------------------------------------------------------------


def form(words: Words, message: AssessmentForm) -> Card:
    found = message.versions[0]
    title = (
        words.say("Begin an assessment: {framework}", framework=words.text(found.name))
        if message.new
        else words.say("Edit the assessment")
    )
    leave = addresses.PRACTICES if message.new else addresses.run(message.assessment_id)
    which = None if message.new else message.assessment_id
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines([words.say("It is a draft until you open it. Then its owners are asked.")]),
        form=Form(
            fields=_fields(words, message),
            submit=Press(
                label=words.say("Save"),
                command=WriteAssessment(
                    framework=message.framework, assessment_id=message.assessment_id
                ),
            ),
            opens=Press(
                label=title,
                command=ShowAssessmentForm(framework=message.framework, assessment_id=which),
            ),
            leave=Page(label=words.say("Not now"), path=leave),
        ),
        up=_up(words),
    )


def _fields(words: Words, message: AssessmentForm) -> tuple[Field, ...]:
    unfit = message.unfit
    return (
        TextField(
            key="name",
            label=words.say("Name"),
            value=message.name,
            longest=LONGEST_NAME,
            hint=words.say("Such as: Winter 2027. Messages to owners say it."),
            why=why(words, unfit, "name"),
            rows=1,
        ),
        *_scope_fields(words, message),
        DayField(
            key="due",
            label=words.say("Due on"),
            value=message.due,
            hint=words.say("A school day. An owner can have another one."),
            why=why(words, unfit, "due"),
        ),
        ChoiceField(
            key="committee",
            label=words.say("Committee that sees the summary"),
            choices=message.committees,
            chosen=(message.committee,) if message.committee else (),
            optional=True,
            hint=words.say("It sees means for controls and groups: no safeguard’s score, no gap."),
            why=why(words, unfit, "committee"),
        ),
        *_start_field(words, message),
        *put_back(words, message.doubt),
    )


def _scope_fields(words: Words, message: AssessmentForm) -> tuple[Field, ...]:
    unfit = message.unfit
    fields: list[Field] = []
    if message.new and len(message.versions) > 1:
        fields.append(
            ChoiceField(
                key="version",
                label=words.say("Version of the framework"),
                choices=tuple((one.version, one.version) for one in message.versions),
                chosen=(message.version,),
                why=why(words, unfit, "version"),
            )
        )
    if len(message.groups) > 1:
        fields.append(
            ChoiceField(
                key="group",
                label=words.say("Implementation group"),
                choices=tuple((one.key, words.text(one.name)) for one in message.groups),
                chosen=(message.group,) if message.group else (),
                hint=words.say("Each has the safeguards of those before it too."),
                why=why(words, unfit, "group"),
            )
        )
    controls = tuple(
        (one.number, f"{one.number} {words.text(one.name)}") for one in message.all_controls
    )
    fields.append(
        ChoiceField(
            key="controls",
            label=words.say("Only these controls"),
            choices=controls,
            chosen=message.controls,
            several=True,
            optional=True,
            hint=words.say("None chosen means all."),
            why=why(words, unfit, "controls"),
        )
    )
    return tuple(fields)


def _start_field(words: Words, message: AssessmentForm) -> tuple[Field, ...]:
    if not message.new or message.last is None:
        return ()
    start = words.say("Take over answers, owners and evidence of “{name}”", name=message.last.name)
    return (
        ChoiceField(
            key="from_last",
            label=words.say("Start from the last assessment"),
            choices=(("yes", start),),
            chosen=("yes",) if message.from_last else (),
            several=True,
            optional=True,
            hint=words.say("Each stays open until its owner says that it is still true."),
        ),
    )


def dropped(words: Words, message: AssessmentDropped) -> Card:
    return Card(
        title=words.say("Draft deleted"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([words.text(message.name)], secrecy=say.OURS),
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
        facts.append((words.say("Due on"), day_of(words, given.due)))
    if given.controls:
        facts.append((words.say("Controls"), say.numbers(given.controls)))
    if message.committee:
        facts.append((words.say("Committee that sees the summary"), message.committee))
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
            *_owners(words, message.owners),
        ),
        presses=_run_presses(words, message) if message.runs else (),
        more=_run_more(words, message) if message.runs else (),
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


def _owners(words: Words, owners: tuple[OwnerLine, ...]) -> tuple[Part, ...]:
    if not owners:
        return ()
    pairs: tuple[tuple[str, Prose], ...] = tuple((one.name, _owner(words, one)) for one in owners)
    heading = words.count("{n} owner", "{n} owners", len(owners))
    return (*lines([heading], Look.STRONG), Facts(pairs=pairs, secrecy=say.OURS))


def _owner(words: Words, one: OwnerLine) -> str:
    told = []
    if one.waiting:
        days = words.all_of([day_of(words, day) for day in one.due])
        numbers = say.numbers(one.waiting)
        told.append(words.say("To assess by {day}: {numbers}", day=days, numbers=numbers))
    if one.done:
        told.append(words.say("Done: {numbers}", numbers=say.numbers(one.done)))
    if one.confirmed:
        told.append(words.say("Confirmed: {numbers}", numbers=say.numbers(one.confirmed)))
    if one.handed_by:
        told.append(words.say("Handed over by {name}", name=words.all_of(one.handed_by)))
    return " · ".join(told)


def _run_presses(words: Words, message: RunView) -> tuple[Press, ...]:
    given = message.assessment
    owners = Press(label=words.say("Name owners"), command=ShowOwnersForm(assessment_id=given.id))
    match given.state:
        case AssessmentState.DRAFT:
            opens = Press(
                label=words.say("Open it"),
                command=ShowOpening(assessment_id=given.id),
                style=Style.PRIMARY,
            )
            return (opens, owners)
        case AssessmentState.OPEN:
            reviews = Press(
                label=words.say("Confirm the next one"),
                command=ReviewNext(assessment_id=given.id),
                style=Style.PRIMARY,
            )
            return (*((reviews,) if message.to_confirm else ()), owners)
        case AssessmentState.CLOSED:
            return ()


def _run_more(words: Words, message: RunView) -> tuple[Press, ...]:
    given = message.assessment
    match given.state:
        case AssessmentState.DRAFT:
            return (
                Press(
                    label=words.say("Edit the assessment"),
                    command=ShowAssessmentForm(framework=given.framework, assessment_id=given.id),
                ),
                Press(
                    label=words.say("Delete the draft"),
                    command=DropAssessment(assessment_id=given.id),
                    style=Style.DANGER,
                    confirm=Confirm(
                        title=words.say("Delete this draft?"),
                        text=words.say("The owners that you named go with it."),
                        yes=words.say("Delete it"),
                        no=words.say("Keep it"),
                    ),
                ),
            )
        case AssessmentState.OPEN:
            closes = Press(
                label=words.say("Close the assessment"),
                command=ShowClosing(assessment_id=given.id),
            )
            return (closes,)
        case AssessmentState.CLOSED:
            return ()


def owners_form(words: Words, message: OwnersForm) -> Card:
    given, label = message.assessment, words.say("Name owners")
    more = tuple(wording.unfit(words, one) for one in message.problems)
    example = words.say(
        "A line for each: “4 name@example.org” for what is not answered yet in control 4, or “4.1 "
        "name@example.org 2027-01-15” for one safeguard with its own day. Instead of the address "
        "you can write a full name. Later lines win. What "
        "you do not name keeps its owner. A safeguard with an answer is asked again if you give "
        "it another owner."
    )
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([given.name], Look.STRONG, say.OURS),
            *lines([example]),
            *_unowned(words, message.unowned, given),
            *((Bullets(lines=more[:_SHOWN], secrecy=say.OURS),) if more else ()),
            *say.bullets(
                [
                    f"{number} {words.text(name)}: {owner or words.say('Nobody')}"
                    for number, name, owner in message.owned
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
                    why=why(words, message.unfit, "owners"),
                    rows=10,
                    uploads=words.say("Or a file with such lines (CSV)"),
                ),
            ),
            submit=Press(label=words.say("Save"), command=NameOwners(assessment_id=given.id)),
            opens=Press(label=label, command=ShowOwnersForm(assessment_id=given.id)),
            leave=Page(label=words.say("Not now"), path=addresses.run(given.id)),
            back=ShowRun(assessment_id=given.id),
        ),
        up=_up_to_run(words, given),
    )


# -- opening and closing ---------------------------------------------------------------------------


def opening(words: Words, message: OpeningView) -> Card:
    given, unowned = message.assessment, message.unowned
    facts: tuple[tuple[str, Prose], ...] = (
        (words.say("Safeguards"), words.number(message.total)),
        (words.say("People who are asked"), words.number(message.people)),
    )
    told = []
    if unowned:
        told.append(
            words.say(
                "Without an owner, so they go to {name}: {numbers}.",
                name=message.stays_with,
                numbers=_named(words, unowned),
            )
        )
    return Card(
        title=words.say("Open this assessment?"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([given.name], Look.STRONG, say.OURS),
            Facts(pairs=facts, secrecy=say.OURS),
            *lines(told, secrecy=say.OURS),
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
    told = [words.say("After that, nothing in it can be changed, and nobody is asked anymore.")]
    total = words.number(message.total)
    if numbers := message.unassessed:
        told.append(
            words.say(
                "Not assessed ({n} of {total}): {numbers}",
                n=words.number(len(numbers)),
                total=total,
                numbers=_named(words, numbers),
            )
        )
    if numbers := message.unconfirmed:
        told.append(
            words.say(
                "Not confirmed ({n} of {total}): {numbers}",
                n=words.number(len(numbers)),
                total=total,
                numbers=_named(words, numbers),
            )
        )
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


# -- confirming ------------------------------------------------------------------------------------


def review_form(words: Words, message: ReviewForm) -> Card:
    place, row = message.place, message.row
    given, which = place.assessment, say.number_of(place)
    label = (
        words.say("Send {number} back", number=which)
        if row.state is AnswerState.CONFIRMED
        else words.say("Confirm {number}", number=which)
    )
    stands = say.state_of(words, row.state, row.due)
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *say.about(words, place),
            *say.answer(words, place.framework, row.answer),
            *lines([say.given_by(words, row, message.by)], Look.QUIET, say.OURS),
            *lines([stands] if row.state is AnswerState.CONFIRMED else [], secrecy=say.OURS),
        ),
        form=Form(
            fields=(
                ChoiceField(
                    key="verdict",
                    label=words.say("Your decision"),
                    choices=(
                        (Verdict.CONFIRM, words.say("Confirm it")),
                        (Verdict.SEND_BACK, words.say("Send it back")),
                    ),
                    chosen=(message.verdict,) if message.verdict else (),
                    why=why(words, message.unfit, "verdict"),
                ),
                TextField(
                    key="word",
                    label=words.say("What is missing or wrong?"),
                    value=message.word,
                    longest=LONGEST_WORD,
                    hint=words.say("Only if you send it back. Its owner reads it."),
                    why=why(words, message.unfit, "word"),
                    rows=3,
                    optional=True,
                    depends=True,
                ),
                *put_back(words, message.doubt),
            ),
            submit=Press(
                label=words.say("Save"),
                command=ReviewSafeguard(
                    assessment_id=given.id, number=row.number, seen=message.seen
                ),
            ),
            opens=Press(
                label=label, command=ShowReviewForm(assessment_id=given.id, number=row.number)
            ),
            leave=Page(label=words.say("Not now"), path=addresses.run(given.id)),
        ),
        page=Page(
            label=words.say("Open it on the web"), path=addresses.review(given.id, row.number)
        ),
        up=_up_to_run(words, given),
        kept=False,
    )


def reviewed(words: Words, message: Reviewed) -> Card:
    given, left = message.assessment, message.left
    which = f"{message.short} {message.number}"
    title = (
        words.say("{number} is confirmed", number=which)
        if message.verdict is Verdict.CONFIRM
        else words.say("{number} was sent back", number=which)
    )
    said = (
        words.count("{n} more waits to be confirmed.", "{n} more wait to be confirmed.", left)
        if left
        else words.say("Nothing else waits to be confirmed.")
    )
    following = f"{message.short} {message.next}"
    path = addresses.review(given.id, message.next) if message.next else addresses.run(given.id)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said]),
        presses=(
            opens(
                words.say("Confirm {number}", number=following),
                ShowReviewForm(assessment_id=given.id, number=message.next),
            ),
        )
        if message.next
        else (),
        page=Page(label=words.say("Open it on the web"), path=path),
        up=_up_to_run(words, given),
    )


def control_review(words: Words, message: ControlReview) -> Card:
    given, control, found = message.assessment, message.control, message.framework
    parts: list[Part] = []
    for place, row, by in message.answers:
        page = Page(
            label=f"{say.number_of(place)} {say.name_of(words, place)}",
            path=addresses.review(given.id, row.number),
        )
        parts.append(Entries(rows=((page, say.given_by(words, row, by)),), secrecy=say.OURS))
        parts += say.answer(words, found, row.answer)
    n = len(message.answers)
    nothing = words.say("Nothing waits to be confirmed here.")
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
    title = words.count(
        "{name} has assessed {n} safeguard", "{name} has assessed {n} safeguards", n,
        name=message.name,
    )  # fmt: skip
    return Card(
        title=title,
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("An owner has finished an assessment"),
        parts=(
            *lines([given.name], Look.QUIET, say.OURS),
            *lines([waits if message.numbers else ""], secrecy=say.OURS),
        ),
        presses=(
            Press(
                label=words.say("Confirm the next one"),
                command=ReviewNext(assessment_id=given.id, ask=message.ask),
                style=Style.PRIMARY,
            ),
        )
        if message.numbers
        else (),
        page=_up_to_run(words, given),
    )


def handed_over(words: Words, message: SafeguardsHandedOver) -> Card:
    given, n = message.assessment, len(message.numbers)
    title = words.count(
        "An owner handed over {n} safeguard", "An owner handed over {n} safeguards", n
    )
    facts: tuple[tuple[str, Prose], ...] = (
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
    AssessmentForm: form,
    AssessmentDropped: dropped,
    RunView: run,
    OwnersForm: owners_form,
    OpeningView: opening,
    ClosingView: closing,
    ReviewForm: review_form,
    Reviewed: reviewed,
    ControlReview: control_review,
    OwnerFinished: finished,
    SafeguardsHandedOver: handed_over,
}


def _opened(words: Words, message: object) -> str:
    if not isinstance(message, RunView):
        return ""
    n = message.asked
    return words.count("Opened. {n} person was asked.", "Opened. {n} people were asked.", n)


def _reviewed(words: Words, message: object) -> str:
    return f"{reviewed(words, message).subject}." if isinstance(message, Reviewed) else ""


NOTES: Notes = {
    **dict.fromkeys((ReviewNext, ShowReviewForm, ShowControlReview), lambda *_: ""),
    WriteAssessment: lambda words, _, message: (
        words.say("Saved.") if isinstance(message, RunView) else ""
    ),
    NameOwners: lambda words, _, message: (
        words.say("Saved.") if isinstance(message, RunView) else ""
    ),
    OpenAssessment: lambda words, _, message: _opened(words, message),
    CloseAssessment: lambda words, _, message: (
        words.say("Closed.") if isinstance(message, RunView) else ""
    ),
    DropAssessment: lambda words, *_: words.say("The draft was deleted."),
    ReviewSafeguard: lambda words, _, message: _reviewed(words, message),
    ConfirmControl: lambda words, *_: words.say("Confirmed."),
}
