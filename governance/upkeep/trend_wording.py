"""What grew, in every place in the same words."""

from __future__ import annotations

from core.words import Words
from governance import wording
from governance.upkeep.messages import Growing, Grown


def title(words: Words, message: Growing) -> str:
    return words.say("{committee}: trends", committee=wording.queue(words, message.committee))


def lines(words: Words, message: Growing) -> list[str]:
    said = [line(words, one) for one in message.themes]
    compared = words.say(
        "Compared with the twelve weeks before it, as a share of all that staff wrote."
    )
    return [*said, compared]


def line(words: Words, one: Grown) -> str:
    people, theme = words.count("{n} person", "{n} people", one.people), words.name(one.theme)
    if one.new:
        return words.say(
            "New: {theme}. {people} wrote about it last week.", theme=theme, people=people
        )
    if one.usual is None:
        return words.say(
            "Growing: {theme}. {people} wrote about it last week, usually fewer than 5.",
            theme=theme,
            people=people,
        )
    return words.say(
        "Growing: {theme}. {people} wrote about it last week, usually about {usual}.",
        theme=theme,
        people=people,
        usual=words.number(one.usual),
    )
