"""What the owner of a safeguard sees. A card with an answer on it is ``kept`` by no chat."""

from __future__ import annotations

from core.cards import (
    Card,
    ChoiceField,
    Entries,
    Facts,
    Field,
    Form,
    Look,
    Page,
    Part,
    Press,
    Quote,
    Run,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance.card_parts import Drawings, Notes, lines, opens, put_back, why
from governance.changes.wording import day_of
from governance.controls import addresses
from governance.controls import facets as places
from governance.controls import wording as say
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    Applies,
    HandOverSafeguards,
    HandsOver,
    KeepAnswer,
    ShowAnswerForm,
    ShowHandOverForm,
)
from governance.controls.answer_messages import (
    AnswerForm,
    Earlier,
    HandedOver,
    HandOverForm,
    NothingLeft,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.commands import ShowSafeguard
from governance.controls.handing_over import LONGEST_TO
from governance.controls.model import (
    HIGHEST,
    LONGEST_EVIDENCE,
    LONGEST_NEXT_STEP,
    LONGEST_WHY_NOT,
    LOWEST,
    AnswerState,
    Assessment,
    Dimension,
)
from governance.controls.running_commands import ShowReviewForm
from governance.goals.cards import facet_parts


def _up(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Back to the assessment"), path=addresses.assessment(given.id))


def answer_form(words: Words, message: AnswerForm) -> Card:
    place, row = message.place, message.row
    given, which = place.assessment, say.number_of(place)
    shows = ShowAnswerForm(assessment_id=given.id, number=row.number)
    keeps = Press(
        label=words.say("This is still true"),
        command=KeepAnswer(assessment_id=given.id, number=row.number, seen=message.seen),
    )
    hands = Press(
        label=words.say("Hand it to somebody else"),
        command=ShowHandOverForm(assessment_id=given.id, number=row.number),
    )
    return Card(
        title=words.say("Assess {number}", number=which),
        secrecy=Secrecy.ANYWHERE,
        parts=(*say.about(words, place), *_before(words, message), *_said(words, message)),
        form=Form(
            fields=_fields(words, message),
            submit=Press(
                label=words.say("Done"),
                command=AnswerSafeguard(
                    assessment_id=given.id, number=row.number, seen=message.seen
                ),
            ),
            opens=Press(label=words.say("Assess {number}", number=which), command=shows),
            leave=Page(label=words.say("Not now"), path=addresses.assessment(given.id)),
        ),
        presses=(keeps,) if row.taken_over else (),
        more=(hands,) if row.waiting else (),
        page=Page(
            label=words.say("Open it on the web"), path=addresses.answer(given.id, row.number)
        ),
        up=_up(words, given),
        kept=False,
    )


def _before(words: Words, message: AnswerForm) -> tuple[Part, ...]:
    """Why it is asked again, and what was taken over."""
    row = message.row
    parts: list[Part] = []
    if message.changed:
        changed = words.say(
            "This was sent back or changed while you were writing, so it is not saved yet. What "
            "you wrote is below. Read it again, then press Done."
        )
        parts += lines([changed], Look.ALARM, say.OURS)
    if row.state is AnswerState.SENT_BACK:
        parts += lines([words.say("It was sent back:")], Look.STRONG, say.OURS)
        parts.append(Quote(text=row.answer.word, secrecy=say.OURS))
    if row.taken_over:
        taken = words.say("This is an earlier answer. Change it, or say that it is still true.")
        parts += lines([taken], secrecy=say.OURS)
    if message.stale:
        parts += lines([say.stale(words)], Look.STRONG, say.OURS)
    due = words.say("Due on {day}", day=day_of(words, row.due)) if row.waiting else ""
    return (*parts, *lines([due], Look.QUIET))


def _said(words: Words, message: AnswerForm) -> tuple[Part, ...]:
    if not message.said:
        return ()
    return (
        *lines([words.say("Said by staff")], Look.STRONG, say.OURS),
        *(Quote(text=one, secrecy=say.OURS) for one in message.said),
    )


def _fields(words: Words, message: AnswerForm) -> tuple[Field, ...]:
    unfit = message.unfit
    return (
        ChoiceField(
            key="applies",
            label=words.say("Does it apply to the district?"),
            choices=(
                (Applies.YES, words.say("Yes")),
                (Applies.NO, words.say("No")),
            ),
            chosen=(message.applies,) if message.applies else (),
            hint=words.say("The four parts below are asked for if it does."),
            why=why(words, unfit, "applies"),
        ),
        TextField(
            key="why_not",
            label=words.say("Why it does not apply"),
            value=message.why_not,
            longest=LONGEST_WHY_NOT,
            hint=words.say("Only if you chose “No.” The rest can then stay empty."),
            why=why(words, unfit, "why_not"),
            rows=2,
            optional=True,
            depends=True,
        ),
        *_scores(words, message),
        TextField(
            key="evidence",
            label=words.say("Evidence"),
            value=message.evidence,
            longest=LONGEST_EVIDENCE,
            hint=words.say("Links and notes, such as where the procedure is. No passwords."),
            why=why(words, unfit, "evidence"),
            rows=4,
            optional=True,
        ),
        TextField(
            key="next_step",
            label=words.say("What would raise it"),
            value=message.next_step,
            longest=LONGEST_NEXT_STEP,
            why=why(words, unfit, "next_step"),
            rows=2,
            optional=True,
        ),
        *put_back(words, message.doubt),
    )


def _scores(words: Words, message: AnswerForm) -> tuple[Field, ...]:
    scores = {
        Dimension.POLICY: message.policy,
        Dimension.IMPLEMENTED: message.implemented,
        Dimension.AUTOMATED: message.automated,
        Dimension.REPORTED: message.reported,
    }
    found, steps = message.place.framework, range(LOWEST, HIGHEST + 1)
    return tuple(
        ChoiceField(
            key=one.value,
            label=say.dimension(words, one),
            choices=tuple((str(n), say.step(words, found, one, n)) for n in steps),
            chosen=(score,) if score else (),
            why=why(words, message.unfit, one.value),
            optional=True,
            depends=True,
        )
        for one, score in scores.items()
    )


def done(words: Words, message: SafeguardDone) -> Card:
    given, left = message.assessment, message.left
    which = f"{message.short} {message.number}"
    said = (
        words.count("{n} safeguard of yours is left.", "{n} safeguards of yours are left.", left)
        if left
        else words.say("All of yours are done. The Information Security Officer confirms them.")
    )
    following = f"{message.short} {message.next}"
    path = addresses.assessment(given.id)
    if message.next:
        path = addresses.answer(given.id, message.next)
    return Card(
        title=words.say("{number} is done", number=which),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said]),
        presses=(
            opens(
                words.say("Assess {number}", number=following),
                ShowAnswerForm(assessment_id=given.id, number=message.next),
            ),
        )
        if message.next
        else (),
        page=Page(label=words.say("Open it on the web"), path=path),
        up=_up(words, given),
    )


def nothing_left(words: Words, message: NothingLeft) -> Card:
    given = message.assessment
    path = addresses.run(given.id) if message.reviews else addresses.assessment(given.id)
    return Card(
        title=words.say("Nothing waits to be confirmed")
        if message.reviews
        else words.say("You have assessed all of your safeguards"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([given.name], Look.QUIET, say.OURS),
        page=Page(label=words.say("Open it on the web"), path=path),
        up=_up(words, given),
    )


# -- handing over ----------------------------------------------------------------------------------


def hand_over_form(words: Words, message: HandOverForm) -> Card:
    given, others = message.assessment, len(message.others)
    which = f"{message.short} {message.number}"
    label = words.say("Hand {number} to somebody else", number=which)
    all_ = words.count("This one and my other one", "This one and my other {n}", others)
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [words.say("They are asked to assess it. You no longer see it in this assessment.")]
        ),
        form=Form(
            fields=(
                TextField(
                    key="to",
                    label=words.say("To whom?"),
                    value=message.to,
                    longest=LONGEST_TO,
                    hint=words.say("Their email address, or their full name."),
                    why=why(words, message.unfit, "to"),
                    rows=1,
                ),
                *(
                    (
                        ChoiceField(
                            key="which",
                            label=words.say("Which ones?"),
                            choices=(
                                (HandsOver.ONE, words.say("Only {number}", number=which)),
                                (HandsOver.ALL, all_),
                            ),
                            chosen=(message.which,),
                        ),
                    )
                    if others
                    else ()
                ),
            ),
            submit=Press(
                label=words.say("Hand over"),
                command=HandOverSafeguards(assessment_id=given.id, number=message.number),
            ),
            opens=Press(
                label=label,
                command=ShowHandOverForm(assessment_id=given.id, number=message.number),
            ),
            leave=Page(label=words.say("Not now"), path=addresses.assessment(given.id)),
        ),
        up=_up(words, given),
    )


def handed_over(words: Words, message: HandedOver) -> Card:
    n = len(message.numbers)
    said = ", ".join(f"{message.short} {one}" for one in message.numbers)
    return Card(
        title=words.count("Handed over {n} safeguard", "Handed over {n} safeguards", n),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [words.say("{name} now has: {numbers}.", name=message.name, numbers=said)],
            secrecy=say.OURS,
        ),
        page=Page(label=words.say("Open it on the web"), path=addresses.PRACTICES),
        up=Page(label=words.say("Security practices"), path=addresses.PRACTICES),
    )


# -- one safeguard ---------------------------------------------------------------------------------


def safeguard(words: Words, message: SafeguardView) -> Card:
    place, row, given = message.place, message.row, message.place.assessment
    told = places.drawn(words, message.facets)
    owner = message.owner or words.say("Nobody")
    facts = [(words.say("Owner"), owner), (words.say("Assessment"), given.name)]
    if message.handed_by:
        facts.append((words.say("Handed over by"), message.handed_by))
    return Card(
        title=(Run(say.number_of(place)),),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *say.about(words, place),
            *lines([say.state_of(words, row.state, row.due)], secrecy=say.OURS),
            *lines([say.stale(words) if message.stale else ""], Look.STRONG, say.OURS),
            *_word(words, message),
            *say.answer(words, place.framework, row.answer),
            *lines(
                [
                    say.given_by(words, row, message.by),
                    say.confirmed_by(words, row, message.confirmed_by),
                ],
                Look.QUIET,
                say.OURS,
            ),
            Facts(pairs=tuple(facts), secrecy=say.OURS),
            *facet_parts(told),
            *_earlier(words, message.earlier),
        ),
        presses=_presses(words, message),
        more=tuple(press for one in told for press in one.presses),
        page=Page(
            label=words.say("Open it on the web"),
            path=addresses.safeguard(given.id, row.number),
        ),
        up=_up(words, given),
        kept=False,
    )


def _word(words: Words, message: SafeguardView) -> tuple[Part, ...]:
    if message.row.state is not AnswerState.SENT_BACK:
        return ()
    return (
        *lines([words.say("It was sent back:")], Look.STRONG, say.OURS),
        Quote(text=message.row.answer.word, secrecy=say.OURS),
    )


def _presses(words: Words, message: SafeguardView) -> tuple[Press, ...]:
    given, number = message.place.assessment, message.row.number
    answers = Press(
        label=words.say("Assess it"),
        command=ShowAnswerForm(assessment_id=given.id, number=number),
        style=Style.PRIMARY,
    )
    waits = message.row.state is AnswerState.DONE
    reviews = Press(
        label=words.say("Confirm or send back") if waits else words.say("Send it back"),
        command=ShowReviewForm(assessment_id=given.id, number=number),
        style=Style.PRIMARY if waits else Style.PLAIN,
    )
    return (
        *((answers,) if message.answers else ()),
        *((reviews,) if message.reviews else ()),
    )


def _earlier(words: Words, found: tuple[Earlier, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in found:
        row, given = one.row, one.assessment
        day = words.day(row.answered_at, year=True) if row.answered_at else ""
        page = Page(label=given.name, path=addresses.safeguard(given.id, row.number))
        parts.append(Entries(rows=((page, day),), secrecy=say.OURS))
        parts += say.answer(words, one.place.framework, row.answer)
    heading = lines([words.say("Earlier answers")], Look.STRONG, say.OURS)
    return (*heading, *parts) if parts else ()


CARDS: Drawings = {
    AnswerForm: answer_form,
    SafeguardDone: done,
    NothingLeft: nothing_left,
    HandOverForm: hand_over_form,
    HandedOver: handed_over,
    SafeguardView: safeguard,
}


def _after(words: Words, message: object) -> str:
    """What is said above the page that follows an answer."""
    if not isinstance(message, SafeguardDone):
        return ""
    card = done(words, message)
    parts = (str(getattr(part, "text", "")) for part in card.parts)
    return " ".join((f"{card.subject}.", *parts))


NOTES: Notes = {
    **dict.fromkeys((AnswerNext, ShowAnswerForm, ShowSafeguard), lambda *_: ""),
    AnswerSafeguard: lambda words, _, message: _after(words, message),
    KeepAnswer: lambda words, _, message: _after(words, message),
    HandOverSafeguards: lambda words, _, message: (
        handed_over(words, message).subject if isinstance(message, HandedOver) else ""
    ),
}
