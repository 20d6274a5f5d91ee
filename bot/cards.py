"""The card of every message that has one.

Each feature draws its messages once; Slack, Teams, the web and mail render the parts. What a
platform still draws by itself stands in ``bot.native``.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.cards import Card, Line, flat
from core.commands import Command
from core.words import Words
from governance.card_parts import Drawing, Drawings, Note
from governance.features import declared


def united(parts: Iterable[Drawings]) -> Drawings:
    """Drawings by their message. Raises ValueError for a message that is drawn twice."""
    found: dict[type, Drawing] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"drawn twice: {sorted(one.__name__ for one in twice)}")
        found.update(part)
    return found


CARDS = united(declared("CARDS"))

_NOTES: dict[type, Note] = {}
for _of_feature in declared("NOTES"):
    _NOTES.update(_of_feature)


def has_card(message: object) -> bool:
    """False: each platform draws it by itself."""
    return type(message) in CARDS


def is_kept(message: object, words: Words) -> bool:
    """Whether a chat may keep it (``Card.kept``)."""
    return not has_card(message) or card_of(message, words).kept


_last: tuple[object, Words, Card] | None = None


def card_of(message: object, words: Words) -> Card:
    """Raises KeyError for a message that has none. The last card is kept: a platform asks first
    whether a message is a form, and then draws it."""
    global _last
    last = _last
    if last is not None and last[0] is message and last[1] == words:
        return last[2]
    card = CARDS[type(message)](words, message)
    _last = (message, words, card)
    return card


def note_after(command: Command, message: object, words: Words) -> str:
    """What came of a command in a sentence, for a page that shows the message otherwise; "" where
    nothing is said of it."""
    if note := _NOTES.get(type(command)):
        return note(words, command, message)
    return flat(card_of(message, words).title) if has_card(message) else ""


def is_short(card: Card) -> bool:
    """Whether a few sentences say all of it."""
    return all(isinstance(part, Line) for part in card.every_part)


def short_note(command: Command, message: object, words: Words) -> str:
    """What came of a command, where nothing else shows the message: a sentence of the feature's
    own, or all that a short card says."""
    if type(command) in _NOTES:
        return note_after(command, message, words)
    card = card_of(message, words)
    said = [card.title, *(part.text for part in card.every_part if isinstance(part, Line))]
    return " ".join(
        sentence if sentence[-1:] in ".?!:" else f"{sentence}."
        for one in said
        if (sentence := flat(one))
    )
