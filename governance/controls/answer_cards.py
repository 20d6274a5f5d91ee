"""What a safeguard's owner sees. No chat keeps a card that shows an answer (``kept``)."""

from __future__ import annotations

from core.cards import (
    Card,
    Entries,
    Facts,
    Look,
    Page,
    Part,
    Press,
    Run,
    Secrecy,
    Style,
)
from core.words import Words
from governance.card_parts import Drawings, Notes, lines, opens
from governance.controls import addresses, facets
from governance.controls import wording as say
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    HandOverSafeguards,
    KeepAnswer,
)
from governance.controls.answer_messages import (
    HandedOver,
    NothingLeft,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.commands import ShowSafeguard
from governance.controls.model import (
    AnswerState,
    Assessment,
    SafeguardPlace,
)
from governance.controls.running_commands import ReviewSafeguard
from governance.forms.commands import Open
from governance.goals.cards import facet_parts


def _up(words: Words, given: Assessment) -> Page:
    return Page(label=words.say("Back to the assessment"), path=addresses.assessment(given.id))


def _on_web(words: Words, path: str) -> Page:
    return Page(label=words.say("Open it on the web"), path=path)


def done(words: Words, message: SafeguardDone) -> Card:
    given, short = message.assessment, message.short
    path = addresses.assessment(given.id)
    presses: tuple[Press, ...] = ()
    if message.next:
        path = addresses.answer(given.id, message.next)
        label = words.say("Assess {number}", number=f"{short} {message.next}")
        shows = Open(of=AnswerSafeguard(assessment_id=given.id, number=message.next))
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
            *say.sent_back(words, row),
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
    shows = Open(of=AnswerSafeguard(assessment_id=given.id, number=number))
    answers = opens(words.say("Assess it"), shows)
    done = message.place.row.state is AnswerState.DONE
    reviews = Press(
        label=words.say("Confirm or send back") if done else words.say("Send it back"),
        command=Open(of=ReviewSafeguard(assessment_id=given.id, number=number)),
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
    **dict.fromkeys((AnswerNext, ShowSafeguard), lambda *_: ""),
    AnswerSafeguard: _after_answer,
    KeepAnswer: _after_answer,
    HandOverSafeguards: _after_handing_over,
}
