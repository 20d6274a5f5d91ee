"""The FAQ of a change: its entries, and what is shown before a question is sent."""

from __future__ import annotations

from core.cards import (
    Card,
    Confirm,
    Entries,
    Form,
    Line,
    Look,
    Page,
    Part,
    Press,
    Quote,
    Secrecy,
    Style,
    TextField,
)
from core.text import Text
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines
from governance.chat.model import PassOn
from governance.faq import wording
from governance.faq.commands import (
    CountHelped,
    PublishFaqEntry,
    RetireFaqEntry,
    ShowFaq,
)
from governance.faq.matching import in_only
from governance.faq.messages import FaqAnswer, FaqEntryView, FaqHelped, FaqView
from governance.faq.model import (
    HELPED_FROM,
    LONGEST_QUESTION,
    SEARCHED_FROM,
    FaqEntry,
)
from governance.forms.commands import Open


def faq(words: Words, message: FaqView) -> Card:
    """What staff read; who works on the change has the way to each entry."""
    found, searched = message.entries, message.there >= SEARCHED_FROM
    return Card(
        title=words.prose("Questions and answers: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(
                [words.say("This change was withdrawn. These answers may be out of date.")]
                if message.withdrawn
                else [],
                Look.STRONG,
            ),
            *lines([] if found else [_none(words, message)], secrecy=Secrecy.SIGNED_IN),
            *(_editable(words, found) if message.works else _read(words, found)),
        ),
        form=_search(words, message) if searched else None,
        presses=(
            *(() if message.withdrawn else wording.asking(words, message.about)),
            *_all(words, message),
            *_writing(words, message),
        ),
        page=None  # what was searched for is in no address
        if message.query
        else Page(label=words.say("Open the FAQ"), path=links.faq("", message.change_id)),
        up=Page(label=words.say("Back to the change"), path=links.change("", message.change_id)),
    )


def _none(words: Words, message: FaqView) -> str:
    if message.query:
        return words.say("No answer contains “{query}”.", query=message.query)
    return words.say("No questions are answered here yet.")


def _read(words: Words, found: tuple[FaqEntry, ...]) -> tuple[Part, ...]:
    return tuple(part for one in found for part in _said(words, one.question, one.answer))


def _said(words: Words, question: Text, answer: Text) -> tuple[Part, ...]:
    return (
        Line(text=words.written(question), secrecy=Secrecy.SIGNED_IN, look=Look.STRONG),
        Quote(text=words.written(answer), secrecy=Secrecy.SIGNED_IN),
    )


def _editable(words: Words, found: tuple[FaqEntry, ...]) -> tuple[Part, ...]:
    rows = tuple(
        (
            Page(label=words.text(one.question), path=links.faq("", one.change_id, one.id)),
            " · ".join(part for part in (words.text(one.answer), _helped(words, one)) if part),
        )
        for one in found
    )
    return (Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()


def _helped(words: Words, entry: FaqEntry) -> str:
    """Nothing where so few would say who."""
    if entry.helped < HELPED_FROM:
        return ""
    return words.count("It helped {n} person.", "It helped {n} people.", entry.helped)


def _search(words: Words, message: FaqView) -> Form:
    label, shows = words.say("Search"), ShowFaq(change_id=message.change_id)
    field = TextField(
        key="query",
        label=words.say("Search the answers"),
        value=message.query,
        longest=LONGEST_QUESTION,
        rows=1,
        optional=True,
    )
    return Form(
        fields=(field,),
        submit=Press(label=label, command=shows),
        opens=Press(label=words.say("Search the answers"), command=shows),
        leave=Page(label=words.say("All answers"), path=links.faq("", message.change_id)),
    )


def _all(words: Words, message: FaqView) -> tuple[Press, ...]:
    if not message.query:
        return ()
    shows = ShowFaq(change_id=message.change_id)
    return (Press(label=words.say("All answers"), command=shows),)


def _writing(words: Words, message: FaqView) -> tuple[Press, ...]:
    if not message.works:
        return ()
    shows = Open(of=PublishFaqEntry(change_id=message.change_id))
    return (Press(label=words.say("Write an answer"), command=shows),)


# -- one entry -------------------------------------------------------------------------------------


def entry(words: Words, message: FaqEntryView) -> Card:
    one = message.entry
    edits = PublishFaqEntry(change_id=one.change_id, entry_id=one.id)
    retired = Confirm(
        title=words.say("Retire this answer?"),
        text=words.say("Staff no longer see it, even when they ask the same question."),
        yes=words.say("Retire it"),
        no=words.say("Keep it"),
    )
    return Card(
        title=words.prose("Answer about {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *(
                part
                for language in (one.question.language, *one.question.translations)
                for part in _said(
                    words, in_only(one.question, language), in_only(one.answer, language)
                )
            ),
            *lines([_helped(words, one)], Look.QUIET),
        ),
        presses=(
            Press(
                label=words.say("Edit it"),
                command=Open(of=edits),
                style=Style.PRIMARY,
            ),
            Press(
                label=words.say("Retire it"),
                command=RetireFaqEntry(change_id=one.change_id, entry_id=one.id),
                style=Style.DANGER,
                confirm=retired,
            ),
        ),
        page=Page(label=words.say("Open the answer"), path=links.faq("", one.change_id, one.id)),
        up=Page(label=words.say("All answers"), path=links.faq("", one.change_id)),
    )


# -- asking again ----------------------------------------------------------------------------------


def answer(words: Words, message: FaqAnswer) -> Card:
    waits = words.say("Your question isn’t sent yet. Did this help?")
    kept = words.say("If it did, we count that and delete what you typed.")
    return Card(
        title=words.say("This may answer your question."),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("About: {name}.", name=words.text(message.title))], Look.QUIET),
            *_said(words, message.question, message.answer),
            *lines([waits], Look.STRONG),
        ),
        presses=(
            Press(
                label=words.say("Yes, it helped"),
                command=CountHelped(item_id=message.item_id),
                style=Style.PRIMARY,
            ),
            Press(label=words.say("No, send my question"), command=PassOn(item_id=message.item_id)),
        ),
        note=kept,
    )


def helped(words: Words, message: FaqHelped) -> Card:
    page = Page(label=words.say("Go to home"), path=links.inbox(""))
    if message.change_id is not None:
        page = Page(label=words.say("Questions and answers"), path=links.faq("", message.change_id))
    return Card(
        title=words.say("Glad that helped. Your question wasn’t sent, and we didn’t keep it."),
        secrecy=Secrecy.ANYWHERE,
        page=page,
    )


CARDS: Drawings = {
    FaqView: faq,
    FaqEntryView: entry,
    FaqAnswer: answer,
    FaqHelped: helped,
}

NOTES: Notes = {
    PublishFaqEntry: lambda words, *_: words.say("Published. Staff can read it now."),
    RetireFaqEntry: lambda words, *_: words.say("Retired. Staff no longer see it."),
}
