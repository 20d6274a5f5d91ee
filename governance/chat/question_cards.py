"""What the bot answers to a question, with its source, and the button that passes it on."""

from __future__ import annotations

from core.cards import Card, Entries, Page, Part, Press, Quote, Secrecy
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines
from governance.chat.messages import AnsweredBefore, KnownHere
from governance.chat.model import PassOn
from governance.learning import wording as learning_words
from governance.rules.answer_cards import section_parts
from governance.service_notices.cards import standing


def known(words: Words, message: KnownHere) -> Card:
    title, parts, page = _answer(words, message)
    pass_on = words.say("Not what you meant? Pass your words on to a committee.")
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(*parts, *lines([pass_on])),
        presses=(Press(label=words.say("Pass it on"), command=PassOn(item_id=message.item_id)),),
        page=page,
    )


def _answer(words: Words, message: KnownHere) -> tuple[str, tuple[Part, ...], Page]:
    say = words.say
    if message.services is not None:
        page = Page(label=say("Service status"), path=links.service_status(""))
        return say("The service status says this."), standing(words, message.services), page
    if message.answered is not None:
        title = say("This was answered before.")
        page = Page(label=say("Open the change"), path=links.change("", message.answered.change_id))
        return title, _faq(words, message.answered), page
    if message.rules:
        sections = tuple(part for one in message.rules for part in section_parts(words, one))
        return (
            say("The IT rules say this."),
            sections,
            Page(label=say("IT rules"), path=links.rules("")),
        )
    if message.changes:
        rows = tuple(
            (
                Page(label=words.text(one.title), path=links.change("", one.change_id)),
                words.day(one.day),
            )
            for one in message.changes
        )
        page = Page(label=say("Change calendar"), path=links.change_calendar(""))
        listed = (Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),)
        return say("The change calendar says this."), listed, page
    return _training(words, message)


def _training(words: Words, message: KnownHere) -> tuple[str, tuple[Part, ...], Page]:
    page = Page(label=words.say("Training"), path=links.learning(""))
    sessions = message.sessions or ()
    if not sessions:
        return words.say("No training session is planned right now."), (), page
    rows = tuple(
        (
            Page(label=words.text(one.session.title), path=links.training("", one.session.id)),
            learning_words.when(words, one),
        )
        for one in sessions
    )
    title = words.say("These training sessions come next.")
    return title, (Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),), page


def _faq(words: Words, found: AnsweredBefore) -> tuple[Part, ...]:
    told = words.say("From the questions about {title}:", title=words.text(found.title))
    return (
        *lines([told], secrecy=Secrecy.SIGNED_IN),
        Quote(
            text=words.written(found.answer),
            by=words.text(found.question),
            secrecy=Secrecy.SIGNED_IN,
        ),
    )


CARDS: Drawings = {KnownHere: known}
