"""Talking with an author, under a brief's card."""

from __future__ import annotations

from bot.teams.cards import Element, labelled, line, short
from bot.wording import conversing_words
from bot.words import Words
from governance.messages import Brief

_SHOWN = 4
"""Questions and replies on a brief: its page has them all."""


def conversation(words: Words, item: Brief) -> list[Element]:
    """What was asked and replied, under a brief."""
    said = conversing_words.lines(words, item.conversation[-_SHOWN:])
    made = [labelled(f"{label}:", short(text, 600)) for label, text in said]
    waits = conversing_words.waits(words, item)
    return [*made, line(waits, strong=True)] if waits else made
