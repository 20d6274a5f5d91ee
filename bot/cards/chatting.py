"""What the bot asks in a chat with itself."""

from __future__ import annotations

from bot.cards.parts import Drawings, lines
from bot.words import Words
from core.cards import Card, Press, Secrecy, Style
from governance.chat.model import LetGo, PassOn, ShallIPassItOn


def shall_i(words: Words, message: ShallIPassItOn) -> Card:
    why = words.say(
        "It’s too short for me to tell. If you press Yes, it goes to the committee that can act "
        "on it. If you do nothing, I delete it on {day}.",
        day=words.day(message.until),
    )
    passes = PassOn(item_id=message.item_id)
    return Card(
        title=words.say("Shall I pass this on?"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([why]),
        presses=(
            Press(label=words.say("Yes, pass it on"), command=passes, style=Style.PRIMARY),
            Press(label=words.say("No"), command=LetGo(item_id=message.item_id)),
        ),
    )


CARDS: Drawings = {ShallIPassItOn: shall_i}
