"""Urgent cases, for one responder: the alert, news about it, and closing it."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Form,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, opens, quoted, why
from governance.urgent import wording as say
from governance.urgent.commands import CloseCase, ShowCase, ShowCloseCaseForm, TakeCase
from governance.urgent.handlers import LONGEST_NOTE
from governance.urgent.messages import CaseNews, CloseCaseForm, UrgentAlert


def alert(words: Words, message: UrgentAlert) -> Card:
    """A mail and a notification say that there is one, and never a word of it."""
    history = tuple(say.line(words, step) for step in message.history)
    nobody = not (message.taken_by or message.closed_at)
    return Card(
        badge=say.kind(words, message.urgency),
        title=say.needs(words, message),
        outside=words.say("Urgent: this needs a person now") if nobody else "",
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(say.next_steps(words, message)),
            *lines([say.about(words, message)], Look.STRONG, Secrecy.SIGNED_IN),
            *quoted(message.original),
            *_ended(words, message),
            *((Bullets(lines=history, secrecy=Secrecy.SIGNED_IN),) if history else ()),
            *lines([say.logged(words, message)], Look.QUIET, Secrecy.SIGNED_IN),
        ),
        presses=() if message.closed_at else _presses(words, message),
        page=_page(words, message) if message.closed_at is None else _cases(words),
    )


def _ended(words: Words, message: UrgentAlert) -> tuple[Part, ...]:
    """How it was closed; nothing while it is open."""
    if message.outcome is None:
        return ()
    return (
        *lines([say.outcome(words, message.outcome)], secrecy=Secrecy.SIGNED_IN),
        *quoted(message.note),
    )


def _presses(words: Words, message: UrgentAlert) -> tuple[Press, ...]:
    item, urgency = message.item_id, message.urgency
    close = Press(
        label=words.say("Close it"),
        command=ShowCloseCaseForm(item_id=item, urgency=urgency),
        style=Style.PRIMARY if message.taken_by else Style.PLAIN,
    )
    taking = TakeCase(item_id=item, urgency=urgency)
    take = Press(label=words.say("I take it"), command=taking, style=Style.PRIMARY)
    return (close,) if message.taken_by else (take, close)


def news(words: Words, message: CaseNews) -> Card:
    return Card(
        title=say.news(words, message), secrecy=Secrecy.ANYWHERE, page=_page(words, message)
    )


def _page(words: Words, message: UrgentAlert | CaseNews) -> Page:
    path = links.case("", message.item_id, message.urgency)
    return Page(label=words.say("Open it on its page"), path=path)


def _cases(words: Words) -> Page:
    return Page(label=words.say("Urgent cases"), path=links.cases(""))


def closing(words: Words, message: CloseCaseForm) -> Card:
    item, urgency, label = message.item_id, message.urgency, words.say("Close it")
    return Card(
        badge=say.kind(words, urgency),
        title=words.say("Close this case"),
        secrecy=Secrecy.ANYWHERE,
        form=Form(
            fields=(
                ChoiceField(
                    key="outcome",
                    label=words.say("How did it end?"),
                    choices=tuple(say.outcomes(words)),
                    chosen=(message.outcome,),
                    why=why(words, message.unfit, "outcome"),
                ),
                TextField(
                    key="note",
                    label=words.say("What was done?"),
                    value=message.note,
                    longest=LONGEST_NOTE,
                    hint=words.say("Those who respond to such cases can read it."),
                    why=why(words, message.unfit, "note"),
                    rows=4,
                ),
            ),
            submit=Press(label=label, command=CloseCase(item_id=item, urgency=urgency)),
            opens=opens(label, ShowCloseCaseForm(item_id=item, urgency=urgency)),
            leave=Page(label=words.say("Not now"), path=links.case("", item, urgency)),
            back=ShowCase(item_id=item, urgency=urgency),
        ),
    )


def _taken(words: Words, _: TakeCase, alert: UrgentAlert) -> str:
    return ""  # the page's title says who has it


def _closed(words: Words, _: CloseCase, alert: UrgentAlert) -> str:
    return words.say("Closed.")


CARDS: Drawings = {UrgentAlert: alert, CaseNews: news, CloseCaseForm: closing}

NOTES: Notes = {TakeCase: _taken, CloseCase: _closed}
