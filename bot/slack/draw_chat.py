"""Answers of the bot itself, in Slack."""

from __future__ import annotations

from bot.registry import encode
from bot.slack.blocks import Block, Pen, actions, button, link, note, paragraph
from bot.slack.drawn import Drawn
from bot.wording import chat_words
from governance.chat.model import ChatAnswer


def draw(message: ChatAnswer, pen: Pen) -> Drawn:
    words = pen.words
    lines = chat_words.lines(words, message)
    ways = chat_words.ways(words, message, pen.web_url)
    blocks: list[Block] = [paragraph(one) for one in lines]
    blocks += [paragraph(link(url, said)) for said, url in ways]
    presses = chat_words.presses(words, message)
    if presses:
        main = 0 if chat_words.obvious(message) else None
        blocks.append(
            actions(
                *(
                    button(label, encode(command), style="primary" if at == main else "")
                    for at, (label, command) in enumerate(presses)
                )
            )
        )
    blocks += [note(one) for one in chat_words.notes(words, message)]
    return Drawn(text=lines[0], blocks=blocks)
