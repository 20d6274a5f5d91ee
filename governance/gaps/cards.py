"""Gaps as cards."""

from __future__ import annotations

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance.card_parts import Drawings
from governance.controls import addresses
from governance.gaps.messages import DecisionDue


def decision_due(words: Words, message: DecisionDue) -> Card:
    return Card(
        title=words.say(
            "{short} {number} needs a decision", short=message.short, number=message.number
        ),
        secrecy=Secrecy.ANYWHERE,
        page=Page(label=words.say("Open it on the web"), path=addresses.gap(message.gap_id)),
    )


CARDS: Drawings = {DecisionDue: decision_due}
