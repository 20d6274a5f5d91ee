"""The help desk's offer in Slack."""

from __future__ import annotations

from bot import help_desk_words as say
from bot.registry import encode
from bot.slack.blocks import Block, Element, Pen, actions, bold, button, paragraph, quote
from bot.slack.drawn import Drawn
from governance.commands import HandOverItem, KeepItem
from governance.hand_over import HandOverMessage, HandOverState, HelpDeskOffer, Ticket


def draw(message: HandOverMessage, pen: Pen) -> Drawn:
    """Tickets go to the help desk only; drawn here all the same, a title is all they say."""
    if isinstance(message, Ticket):
        said = say.ticket_title(pen.words, message)
        return Drawn(text=said, blocks=[paragraph(said)])
    said = say.title(pen.words, message)
    blocks: list[Block] = [paragraph(bold(said)), *quote(message.said)]
    blocks += [paragraph(line) for line in say.lines(pen.words, message)]
    if message.state is HandOverState.OFFERED:
        blocks.append(actions(*offer_buttons(message, pen)))
    return Drawn(text=said, blocks=blocks)


def offer_buttons(message: HelpDeskOffer, pen: Pen) -> list[Element]:
    """Yes with the name, yes without it, no."""
    item = message.item_id
    named = encode(HandOverItem(item_id=item, contact=True))
    return [
        button(say.with_name(pen.words), named, style="primary"),
        button(say.without_name(pen.words), encode(HandOverItem(item_id=item))),
        button(say.no(pen.words), encode(KeepItem(item_id=item))),
    ]
