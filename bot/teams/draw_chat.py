"""Answers of the bot itself, as cards."""

from __future__ import annotations

from bot.conversation import Reader
from bot.teams.cards import Drawn, card, execute, line, link
from bot.wording import chat_words
from bot.words import Words
from governance.chat.model import ChatAnswer


def draw(words: Words, message: ChatAnswer, reader: Reader) -> Drawn:
    lines = chat_words.lines(words, message)
    body = [line(one) for one in lines]
    body += [line(one, quiet=True) for one in chat_words.notes(words, message)]
    main = 0 if chat_words.obvious(message) else None
    actions = [
        execute(label, wanted, primary=at == main)
        for at, (label, wanted) in enumerate(chat_words.presses(words, message))
    ]
    actions += [link(said, url) for said, url in chat_words.ways(words, message, reader.web_url)]
    return card(body, actions, summary=lines[0], locale=words.locale)
