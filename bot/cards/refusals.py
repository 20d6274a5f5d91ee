"""That something cannot be done."""

from __future__ import annotations

from governance import wording

from bot.cards.parts import Drawings
from core.words import Words
from core.cards import Card, Secrecy
from governance.messages import Refused


def refused(words: Words, message: Refused) -> Card:
    return Card(title=wording.unfit(words, message.why), secrecy=Secrecy.ANYWHERE)


CARDS: Drawings = {Refused: refused}
