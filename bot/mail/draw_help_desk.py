"""The help desk's offer as a mail, and what the help desk gets itself."""

from __future__ import annotations

from bot import help_desk_words as say
from bot import links
from bot.mail.drawn import Drawn
from bot.words import Words
from governance.hand_over import HelpDeskOffer, Ticket


def draw_offer(message: HelpDeskOffer, words: Words, web_url: str) -> Drawn:
    """Not what was said: it is on their page."""
    said = say.title(words, message)
    return Drawn(
        subject=said,
        heading=said,
        parts=tuple(("", line) for line in say.lines(words, message)),
        press=words.say("Open your page"),
        url=links.inbox(web_url),
    )


def draw_ticket(message: Ticket, words: Words, page: str) -> Drawn:
    """To the help desk. ``page``: where its number can be typed."""
    said = say.ticket_title(words, message)
    return Drawn(
        subject=said,
        heading=said,
        parts=say.ticket_parts(words, message),
        press=words.say("Give its number"),
        url=page,
        note=words.say("The author will get the number."),
    )
