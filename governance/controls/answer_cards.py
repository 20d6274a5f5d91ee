"""What a safeguard's owner sees. No chat keeps a card that shows an answer (``kept``)."""

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
from governance.controls import addresses, facets
from governance.controls import wording as say
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    Applies,
    HandOverSafeguards,
    KeepAnswer,
    ShowAnswerForm,
)
from governance.controls.answer_messages import (
    AnswerForm,
    HandedOver,
    NothingLeft,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.commands import ShowSafeguard
from governance.controls.model import (
    HIGHEST,
    LONGEST_EVIDENCE,
    LONGEST_NEXT_STEP,
    LONGEST_WHY_NOT,
    LOWEST,
    AnswerState,
    Assessed,
    Assessment,
    Dimension,
    SafeguardPlace,
)
from governance.controls.running_commands import ShowReviewForm
from governance.forms.commands import Open
from governance.goals.cards import facet_parts


def _up(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Back to the assessment"), path=addresses.assessment(given.id))


def _on_web(words: Words, path: str) -> Page:
    return Page(label=words.say("Open it on the web"), path=path)


def _not_now(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Not now"), path=addresses.assessment(given.id))


def answer_form(words: Words, message: AnswerForm) -> Card:
    place, row, given = message.place, message.place.row, message.place.assessment
    title = words.say("Assess {number}", number=say.number_of(place))
    shows = ShowAnswerForm(assessment_id=given.id, number=row.number)
    answers = AnswerSafeguard(assessment_id=given.id, number=row.number, seen=message.seen)
    keeps = Press(
        label=words.say("This is still true"),
        command=KeepAnswer(assessment_id=given.id, number=row.number, seen=message.seen),
    )
    hands = Press(
        label=words.say("Hand it to someone else"),
        command=Open(of=HandOverSafeguards(assessment_id=given.id, number=row.number)),
    )
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(*say.about(words, place), *_before(words, message), *_said(words, message)),
        form=Form(
            fields=_fields(words, message),
            submit=Press(label=words.say("Done"), command=answers),
            opens=Press(label=title, command=shows),
            leave=_not_now(words, given),
        ),
        presses=(keeps,) if row.taken_over else (),
        more=(hands,) if row.waiting else (),
        page=_on_web(words, addresses.answer(given.id, row.number)),
        up=_up(words, given),
        kept=False,
    )


def _before(words: Words, message: AnswerForm) -> tuple[Part, ...]:
    """Why it is asked again, and whether its answer was taken over."""
    row = message.place.row
    parts: list[Part] = []
    if message.changed:
        changed = words.say(
            "This was sent back or changed while you were writing, so it is not saved yet. What "
            "you wrote is below. Read it again, then press Done."
        )
        parts += lines([changed], Look.ALARM, say.OURS)
    parts += _sent_back(words, row)
    if row.taken_over:
        taken = words.say("This is an earlier answer. Change it, or press “This is still true.”")
        parts += lines([taken], secrecy=say.OURS)
    if message.stale:
        parts += lines([say.stale(words)], Look.STRONG, say.OURS)
    due = words.say("Due on {day}", day=words.day(row.due)) if row.waiting else ""
    return (*parts, *lines([due], Look.QUIET))


def _sent_back(words: Words, row: Assessed) -> tuple[Part, ...]:
    """Why it was sent back."""
    if row.state is not AnswerState.SENT_BACK:
        return ()
    return (
        *lines([words.say("It was sent back:")], Look.STRONG, say.OURS),
        Quote(text=row.answer.word, secrecy=say.OURS),
    )


def _said(words: Words, message: AnswerForm) -> tuple[Part, ...]:
    if not message.said:
        return ()
    return (
        *lines([words.say("What staff said")], Look.STRONG, say.OURS),
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
            hint=words.say("If it does, rate the four parts below."),
            why=why(words, unfit, "applies"),
        ),
        TextField(
            key="why_not",
            label=words.say("Why it does not apply"),
            value=message.why_not,
            longest=LONGEST_WHY_NOT,
            hint=words.say(
                "Fill this in only if you chose “No.” You can then leave the rest empty."
            ),
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
            hint=words.say("Links and notes, such as where to find the procedure. No passwords."),
            why=why(words, unfit, "evidence"),
            rows=4,
            optional=True,
        ),
        TextField(
            key="next_step",
            label=words.say("What would raise the score"),
            value=message.next_step,
            longest=LONGEST_NEXT_STEP,
            why=why(words, unfit, "next_step"),
            rows=2,
            optional=True,
        ),
        *put_back(words, message.doubt),
    )


def _scores(words: Words, message: AnswerForm) -> tuple[Field, ...]:
    found, steps, scores = message.place.framework, range(LOWEST, HIGHEST + 1), message.scores
    return tuple(
        ChoiceField(
            key=one.value,
            label=say.dimension(words, one),
            choices=tuple((str(n), say.step(words, found, one, n)) for n in steps),
            chosen=(scores[one],) if scores.get(one) else (),
            why=why(words, message.unfit, one.value),
            optional=True,
            depends=True,
        )
        for one in Dimension
    )


def done(words: Words, message: SafeguardDone) -> Card:
    given, short = message.assessment, message.short
    path = addresses.assessment(given.id)
    presses: tuple[Press, ...] = ()
    if message.next:
        path = addresses.answer(given.id, message.next)
        label = words.say("Assess {number}", number=f"{short} {message.next}")
        shows = ShowAnswerForm(assessment_id=given.id, number=message.next)
        presses = (opens(label, shows),)
    return Card(
        title=words.say("{number} is done", number=f"{short} {message.number}"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([_left(words, message)]),
        presses=presses,
        page=_on_web(words, path),
        up=_up(words, given),
    )


def _left(words: Words, message: SafeguardDone) -> str:
    if not message.left:
        return words.say(
            "All of yours are done. The Information Security Officer will confirm them."
        )
    return words.count(
        "You have {n} safeguard left.", "You have {n} safeguards left.", message.left
    )


def nothing_left(words: Words, message: NothingLeft) -> Card:
    given = message.assessment
    path = addresses.run(given.id) if message.reviews else addresses.assessment(given.id)
    return Card(
        title=words.say("There is nothing to confirm")
        if message.reviews
        else words.say("You have assessed all of your safeguards"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([given.name], Look.QUIET, say.OURS),
        page=_on_web(words, path),
        up=_up(words, given),
    )


# -- handing over ----------------------------------------------------------------------------------


def handed_over(words: Words, message: HandedOver) -> Card:
    n = len(message.numbers)
    return Card(
        title=words.count("Handed over {n} safeguard", "Handed over {n} safeguards", n),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([_now_owns(words, message)], secrecy=say.OURS),
        page=_on_web(words, addresses.PRACTICES),
        up=Page(label=words.say("Security practices"), path=addresses.PRACTICES),
    )


def _now_owns(words: Words, message: HandedOver) -> str:
    said = ", ".join(f"{message.short} {one}" for one in message.numbers)
    return words.say("{name} now owns {numbers}.", name=message.name, numbers=said)


# -- one safeguard ---------------------------------------------------------------------------------


def safeguard(words: Words, message: SafeguardView) -> Card:
    place, row, given = message.place, message.place.row, message.place.assessment
    told = facets.drawn(words, message.facets)
    owner = message.owner or words.say("Nobody")
    pairs = [(words.say("Owner"), owner), (words.say("Assessment"), given.name)]
    if message.handed_by:
        pairs.append((words.say("Handed over by"), message.handed_by))
    by = [
        say.given_by(words, row, message.by),
        say.confirmed_by(words, row, message.confirmed_by),
    ]
    return Card(
        title=(Run(say.number_of(place)),),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *say.about(words, place),
            *lines([say.state_of(words, given, row.state, row.due)], secrecy=say.OURS),
            *lines([say.stale(words) if message.stale else ""], Look.STRONG, say.OURS),
            *_sent_back(words, row),
            *say.answer(words, place.framework, row.answer),
            *lines(by, Look.QUIET, say.OURS),
            Facts(pairs=tuple(pairs), secrecy=say.OURS),
            *facet_parts(told),
            *_earlier(words, message.earlier),
        ),
        presses=_presses(words, message),
        more=tuple(press for one in told for press in one.presses),
        page=_on_web(words, addresses.safeguard(given.id, row.number)),
        up=_up(words, given),
        kept=False,
    )


def _presses(words: Words, message: SafeguardView) -> tuple[Press, ...]:
    given, number = message.place.assessment, message.place.row.number
    answers = opens(words.say("Assess it"), ShowAnswerForm(assessment_id=given.id, number=number))
    done = message.place.row.state is AnswerState.DONE
    reviews = Press(
        label=words.say("Confirm or send back") if done else words.say("Send it back"),
        command=ShowReviewForm(assessment_id=given.id, number=number),
        style=Style.PRIMARY if done else Style.PLAIN,
    )
    return (
        *((answers,) if message.answers else ()),
        *((reviews,) if message.reviews else ()),
    )


def _earlier(words: Words, found: tuple[SafeguardPlace, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in found:
        row, given = one.row, one.assessment
        day = words.day(row.answered_at, year=True) if row.answered_at else ""
        page = Page(label=given.name, path=addresses.safeguard(given.id, row.number))
        parts.append(Entries(rows=((page, day),), secrecy=say.OURS))
        parts += say.answer(words, one.framework, row.answer)
    heading = lines([words.say("Earlier answers")], Look.STRONG, say.OURS)
    return (*heading, *parts) if parts else ()


CARDS: Drawings = {
    AnswerForm: answer_form,
    SafeguardDone: done,
    NothingLeft: nothing_left,
    HandedOver: handed_over,
    SafeguardView: safeguard,
}


def _after_answer(words: Words, _: object, message: object) -> str:
    if not isinstance(message, SafeguardDone):
        return ""
    return f"{done(words, message).subject}. {_left(words, message)}"


def _after_handing_over(words: Words, _: object, message: object) -> str:
    if not isinstance(message, HandedOver):
        return ""
    return f"{handed_over(words, message).subject}. {_now_owns(words, message)}"


NOTES: Notes = {
    **dict.fromkeys((AnswerNext, ShowAnswerForm, ShowSafeguard), lambda *_: ""),
    AnswerSafeguard: _after_answer,
    KeepAnswer: _after_answer,
    HandOverSafeguards: _after_handing_over,
}
