"""The help desk's offer as a card."""

from __future__ import annotations

from bot import help_desk_words as say
from bot.teams.cards import Drawn, Element, card, execute, heading, line, quoted, short
from bot.words import Words
from governance.commands import HandOverItem, KeepItem
from governance.hand_over import HandOverMessage, HandOverState, Ticket


def draw(words: Words, message: HandOverMessage) -> Drawn:
    """Tickets go to the help desk only; drawn here all the same, a title is all they say."""
    if isinstance(message, Ticket):
        said = say.ticket_title(words, message)
        return card([heading(said)], [], summary=said, locale=words.locale)
    said = say.title(words, message)
    body = [
        heading(said),
        quoted(short(message.said, 600)),
        *(line(one) for one in say.lines(words, message)),
    ]
    actions: list[Element] = []
    if message.state is HandOverState.OFFERED:
        item = message.item_id
        named = HandOverItem(item_id=item, contact=True)
        actions = [
            execute(say.with_name(words), named, primary=True),
            execute(say.without_name(words), HandOverItem(item_id=item)),
            execute(say.no(words), KeepItem(item_id=item)),
        ]
    return card(body, actions, summary=said, locale=words.locale)
