"""What the help desk gets, as a mail."""

from __future__ import annotations

from bot.mail.drawn import Drawn
from core.words import Words
from governance.help_desk import wording as say
from governance.help_desk.model import Ticket


def draw_ticket(message: Ticket, words: Words, page: str) -> Drawn:
    """``page``: where its number can be typed."""
    said = say.ticket_title(words, message)
    return Drawn(
        subject=said,
        heading=said,
        parts=say.ticket_parts(words, message),
        press=words.say("Enter the ticket number"),
        url=page,
        note=words.say("The author will get the number."),
    )
