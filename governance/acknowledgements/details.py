"""The page on which somebody acknowledges the IT rules: the texts first, then the button."""

from __future__ import annotations

from core.details import Detail
from core.tiles import Tag, Tone
from core.words import Words
from governance.acknowledgements import cards
from governance.acknowledgements.messages import Acknowledgement
from governance.card_parts import lines
from governance.rules.wording import day_of


def acknowledgement_detail(words: Words, message: Acknowledgement) -> Detail:
    """Its buttons stand below the texts, and so are no part of it."""
    done = message.done_at is not None
    due = words.say("Due on {day}.", day=day_of(words, message.due)).rstrip(".")
    return Detail(
        title=cards.title(words, message),
        state=Tag(text=words.say("Acknowledged"), tone=Tone.GOOD)
        if done
        else Tag(text=words.say("Waiting for you"), tone=Tone.CAUTION),
        facts="" if done else due,
        notes=tuple(lines(cards.said(words, message))),
    )
