"""What the bot says in a chat with itself."""

from __future__ import annotations

from core.cards import Card, Press, Secrecy, Style
from core.words import Words
from governance.card_parts import Drawings, lines
from governance.chat import wording as chat_words
from governance.chat.model import ChatAnswer, LetGo, PassOn, ShallIPassItOn


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


def answer(words: Words, message: ChatAnswer) -> Card:
    first, *rest = chat_words.lines(words, message)
    main = 0 if chat_words.obvious(message) else None
    return Card(
        title=first,
        secrecy=Secrecy.ANYWHERE,
        parts=lines(rest, secrecy=Secrecy.SIGNED_IN),
        presses=tuple(
            Press(
                label=label,
                command=command,
                style=Style.PRIMARY if at == main else Style.PLAIN,
            )
            for at, (label, command) in enumerate(chat_words.presses(words, message))
        ),
        page=chat_words.way(words, message),
        note=chat_words.note(words, message),
    )


CARDS: Drawings = {ShallIPassItOn: shall_i, ChatAnswer: answer}
