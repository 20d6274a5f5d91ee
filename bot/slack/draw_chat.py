"""Answers of the bot itself, in Slack."""

from __future__ import annotations

from typing import assert_never

from bot import chat_words
from bot.registry import encode
from bot.slack.blocks import Block, Pen, actions, bold, button, link, note, paragraph
from bot.slack.drawn import Drawn
from governance.chat import ChatAnswer, ChatMessage, ShallIPassItOn


def draw(message: ChatMessage, pen: Pen) -> Drawn:
    match message:
        case ShallIPassItOn():
            said = chat_words.shall_i(pen.words)
            (yes, pass_on), (no, let_go) = chat_words.yes_or_no(pen.words, message)
            return Drawn(
                text=said,
                blocks=[
                    paragraph(bold(said + " "), chat_words.why_asked(pen.words, message)),
                    actions(
                        button(yes, encode(pass_on), style="primary"), button(no, encode(let_go))
                    ),
                ],
            )
        case ChatAnswer():
            return _answer(message, pen)
        case _:
            assert_never(message)


def _answer(message: ChatAnswer, pen: Pen) -> Drawn:
    words = pen.words
    lines = chat_words.lines(words, message)
    blocks: list[Block] = [paragraph(one) for one in lines]
    blocks += [paragraph(link(url, said)) for said, url in _ways(message, pen)]
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


def _ways(message: ChatAnswer, pen: Pen) -> list[tuple[str, str]]:
    return chat_words.ways(pen.words, message, pen.web_url)
