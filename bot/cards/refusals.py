"""That something cannot be done."""

from __future__ import annotations

from bot.cards.parts import Drawings
from bot.words import Words
from core.cards import Card, Secrecy
from governance.messages import Refused


def refused(words: Words, message: Refused) -> Card:
    return Card(title=words.unfit(message.why), secrecy=Secrecy.ANYWHERE)


CARDS: Drawings = {Refused: refused}
