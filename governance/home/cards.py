"""That something cannot be done."""

from __future__ import annotations

from core.cards import Card, Secrecy
from core.words import Words
from governance import wording
from governance.card_parts import Drawings
from governance.messages import Refused


def refused(words: Words, message: Refused) -> Card:
    return Card(title=wording.unfit(words, message.why), secrecy=Secrecy.ANYWHERE)


CARDS: Drawings = {Refused: refused}
