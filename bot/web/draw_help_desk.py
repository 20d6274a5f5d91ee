"""The help desk's offer as HTML."""

from __future__ import annotations

from markupsafe import Markup

from bot import help_desk_words as say
from bot.conversation import Reader
from bot.web.rendering import render
from bot.words import Words
from governance.hand_over import HandOverMessage, Ticket


def draw_help_desk(message: HandOverMessage, reader: Reader, *, csrf: str, level: int) -> Markup:
    """Tickets go to the help desk only; drawn here all the same, a title is all they say."""
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/help_desk.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        said=help_desk_title(message, words),
        lines=[] if isinstance(message, Ticket) else say.lines(words, message),
        ticket=isinstance(message, Ticket),
        yes=(say.with_name(words), say.without_name(words)),
        no=say.no(words),
    )


def help_desk_title(message: HandOverMessage, words: Words) -> str:
    if isinstance(message, Ticket):
        return say.ticket_title(words, message)
    return say.title(words, message)
