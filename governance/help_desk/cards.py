"""The offer to send a message to the help desk, and its outcome."""

from __future__ import annotations

from core.cards import Card, Page, Press, Secrecy, Style
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines, quoted
from governance.help_desk import wording as say
from governance.help_desk.model import HandOverItem, HandOverState, HelpDeskOffer, KeepItem, Ticket


def offer(words: Words, message: HelpDeskOffer) -> Card:
    decided = message.state is not HandOverState.OFFERED
    home = Page(label=words.say("Open Sounding Board"), path=links.inbox(""))
    return Card(
        title=say.title(words, message),
        secrecy=Secrecy.SIGNED_IN,
        outside=say.title(words, message),
        parts=(*quoted(message.said), *lines(say.lines(words, message))),
        presses=() if decided else _presses(words, message),
        # Who decided too late has to read why.
        page=None if message.state is HandOverState.LATE else home,
    )


def _presses(words: Words, message: HelpDeskOffer) -> tuple[Press, ...]:
    item = message.item_id
    return (
        Press(
            label=words.say("Yes, with my name"),
            command=HandOverItem(item_id=item, contact=True),
            style=Style.PRIMARY,
        ),
        Press(label=words.say("Yes, without my name"), command=HandOverItem(item_id=item)),
        Press(label=words.say("No"), command=KeepItem(item_id=item)),
    )


def ticket(words: Words, message: Ticket) -> Card:
    """It goes to the help desk only (``bot.help_desk``); anywhere else a title is all it says."""
    return Card(title=say.ticket_title(words, message), secrecy=Secrecy.ANYWHERE)


CARDS: Drawings = {HelpDeskOffer: offer, Ticket: ticket}
