"""What the service noticed by itself, as a card."""

from __future__ import annotations

from bot import watch_words as say
from bot.conversation import Reader
from bot.teams.cards import Drawn, card, heading, line, link
from bot.words import Words
from governance.watch_messages import WatchMessage


def watched(words: Words, message: WatchMessage, reader: Reader) -> Drawn:
    title, page = say.title(words, message), say.page(message)
    body = [heading(title), *(line(one) for one in say.lines(words, message))]
    leads = page and reader.web_url
    actions = [link(say.press(words, message), f"{reader.web_url}{page}")] if leads else []
    return card(body, actions, summary=title, locale=words.locale)
