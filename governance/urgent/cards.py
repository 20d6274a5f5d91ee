"""Urgent cases, for one responder: the alert, news about it, and closing it."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Facts,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, Notes, lines, quoted
from governance.forms.commands import Open
from governance.urgent import wording as say
from governance.urgent.commands import (
    CloseCase,
    ReleaseItem,
    TakeCase,
)
from governance.urgent.messages import (
    CaseNews,
    UrgentAlert,
    Withdrawn,
)


def alert(words: Words, message: UrgentAlert) -> Card:
    """A mail and a notification say that there is one, and never a word of it."""
    closed = message.closed_at is not None
    return Card(
        badge=say.kind(words, message.urgency),
        title=say.needs(words, message),
        outside=say.outside(words, message),
        secrecy=Secrecy.SIGNED_IN if closed else Secrecy.ANYWHERE,
        parts=(
            *lines(say.to_do(words, message), Look.STRONG, Secrecy.SIGNED_IN),
            *_contacts(words, message),
            *quoted(say.first_words(message.original), say.about(words, message)),
            *_ended(words, message),
        ),
        after=_after(words, message),
        presses=(
            *(() if closed else _presses(words, message)),
            *_release(words, message),
        ),
        page=_cases(words) if closed else _page(words, message),
    )


def _contacts(words: Words, message: UrgentAlert) -> tuple[Part, ...]:
    """Whom to call, for whoever has taken it and has to act."""
    if not message.mine or message.closed_at is not None or not message.contacts:
        return ()
    shown: tuple[tuple[str, Prose], ...] = tuple(wording.contacts(words, message.contacts))
    return (Facts(pairs=shown, secrecy=Secrecy.SIGNED_IN),)


def _after(words: Words, message: UrgentAlert) -> tuple[Part, ...]:
    """What is not needed to take it: so that on a phone the button is below the first words."""
    history = tuple(say.line(words, step) for step in message.history)
    cut = say.first_words(message.original) != message.original
    return (
        *lines(say.next_steps(words, message)),
        *quoted(message.original if cut else ""),
        *lines(say.held_back(words, message), secrecy=Secrecy.SIGNED_IN),
        *((Bullets(lines=history, secrecy=Secrecy.SIGNED_IN),) if history else ()),
        *lines([say.logged(words, message)], Look.QUIET, Secrecy.SIGNED_IN),
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
        command=Open(of=CloseCase(item_id=item, urgency=urgency)),
        style=Style.PRIMARY if message.taken_by else Style.PLAIN,
    )
    taking = TakeCase(item_id=item, urgency=urgency)
    take = Press(label=words.say("Take it"), command=taking, style=Style.PRIMARY)
    return (close,) if message.taken_by else (take, close)


def _release(words: Words, message: UrgentAlert) -> tuple[Press, ...]:
    """Only after somebody has looked into it: by then they have taken or closed the case."""
    if not message.held_back or not (message.taken_by or message.closed_at):
        return ()
    return (
        Press(
            label=words.say("Send it to a committee"),
            command=Open(of=ReleaseItem(item_id=message.item_id)),
        ),
    )


def withdrawn(words: Words, message: Withdrawn) -> Card:
    """A list without words: each is read on its own page, which is on record."""
    return Card(
        title=say.withdrawn(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "After the upgrade, older messages were read again. No committee can see these "
                    "anymore. Please open each one and decide what to do."
                )
            ]
        ),
        page=_cases(words),
    )


def news(words: Words, message: CaseNews) -> Card:
    return Card(
        title=say.news(words, message), secrecy=Secrecy.ANYWHERE, page=_page(words, message)
    )


def _page(words: Words, message: UrgentAlert | CaseNews) -> Page:
    path = links.case("", message.item_id, message.urgency)
    return Page(label=words.say("Open the case"), path=path)


def _cases(words: Words) -> Page:
    return Page(label=words.say("Urgent cases"), path=links.cases(""))


def _taken(words: Words, _: TakeCase, alert: UrgentAlert) -> str:
    return ""  # the page's title says who has it


def _closed(words: Words, _: CloseCase, alert: UrgentAlert) -> str:
    return words.say("Closed.")


def _released(words: Words, _: ReleaseItem, alert: UrgentAlert) -> str:
    return "" if alert.held_back else words.say("Sent. The people you chose have it now.")


CARDS: Drawings = {
    UrgentAlert: alert,
    CaseNews: news,
    Withdrawn: withdrawn,
}

NOTES: Notes = {TakeCase: _taken, CloseCase: _closed, ReleaseItem: _released}
