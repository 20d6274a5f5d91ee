"""A committee's recommendation as mails: what it wrote stays on the page, for it may quote what
staff told it."""

from __future__ import annotations

from bot import links
from bot import recommendation_words as say
from bot.mail.drawn import Drawn
from bot.words import Words
from governance.recommendation_messages import AdviceSent, AdviceSettled


def draw_advice(message: AdviceSent | AdviceSettled, words: Words, web_url: str) -> Drawn:
    said = say.title(words, message)
    if isinstance(message, AdviceSent):
        lines, press = say.sent_lines(words, message), words.say("Read and decide")
    else:
        lines, press = say.settled_lines(words, message), words.say("Read why")
    return Drawn(
        subject=said,
        heading=said,
        parts=tuple(("", one) for one in lines),
        press=press,
        url=links.advice(web_url, message.recommendation_id),
    )
