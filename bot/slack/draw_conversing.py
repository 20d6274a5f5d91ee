"""Talking with an author, under a brief in Slack."""

from __future__ import annotations

from bot.slack.blocks import Block, Pen, bold, cut, labelled, paragraph
from bot.wording import conversing_words
from governance.messages import Brief

_SHOWN = 4
"""Questions and replies under a brief: its page has them all."""


def conversation(message: Brief, pen: Pen) -> list[Block]:
    """What was asked and replied, under a brief."""
    blocks: list[Block] = []
    for label, words in conversing_words.lines(pen.words, message.conversation[-_SHOWN:]):
        blocks += labelled(label, cut(words, 600))
    waits = conversing_words.waits(pen.words, message)
    return [*blocks, paragraph(bold(waits))] if waits else blocks
