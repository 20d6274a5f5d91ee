"""Answers of the bot itself, as cards."""

from __future__ import annotations

from typing import assert_never

from bot import chat_words
from bot.conversation import Reader
from bot.teams.cards import Drawn, card, execute, heading, line, link
from bot.words import Words
from governance.chat import ChatAnswer, ChatMessage, ShallIPassItOn


def draw(words: Words, message: ChatMessage, reader: Reader) -> Drawn:
    match message:
        case ShallIPassItOn():
            said = chat_words.shall_i(words)
            (yes, pass_on), (no, let_go) = chat_words.yes_or_no(words, message)
            return card(
                [heading(said), line(chat_words.why_asked(words, message))],
                [execute(yes, pass_on, primary=True), execute(no, let_go)],
                summary=said,
                locale=words.locale,
            )
        case ChatAnswer():
            lines = chat_words.lines(words, message)
            body = [line(one) for one in lines]
            body += [line(one, quiet=True) for one in chat_words.notes(words, message)]
            main = 0 if chat_words.obvious(message) else None
            actions = [
                execute(label, wanted, primary=at == main)
                for at, (label, wanted) in enumerate(chat_words.presses(words, message))
            ]
            actions += [
                link(said, url) for said, url in chat_words.ways(words, message, reader.web_url)
            ]
            return card(body, actions, summary=lines[0], locale=words.locale)
        case _:
            assert_never(message)
