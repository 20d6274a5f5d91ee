"""What is beside a question's input on every platform: how many to choose, which days fit."""

from __future__ import annotations

from core.text import Text
from core.words import Words
from surveys.asking.dates import day_name
from surveys.questions import Date, Number, SeveralChoice


def how_many(words: Words, question: SeveralChoice) -> str:
    """How many may be chosen; "" where any number may."""
    least, most = question.at_least, question.at_most
    if least and least > 1 and most == least:
        return words.count("Choose exactly {n}.", "Choose exactly {n}.", least)
    if least and least > 1 and most:
        return words.say(
            "Choose {least} to {most}.", least=words.number(least), most=words.number(most)
        )
    if least and least > 1:
        return words.count("Choose at least {n}.", "Choose at least {n}.", least)
    if most:
        return words.count("Choose at most {n}.", "Choose at most {n}.", most)
    return ""


def what_else(words: Words, label: Text) -> str:
    """The label of the input behind "something else"."""
    return words.say("If you chose “{choice}”: what is it?", choice=words.text(label))


def days_that_fit(words: Words, question: Date) -> str:
    """Its limits: no platform's calendar says them aloud."""
    return words.say(
        "A day from {least} to {most}.",
        least=words.text(day_name(question.minimum)),
        most=words.text(day_name(question.maximum)),
    )


def in_unit(words: Words, question: Number) -> str:
    """What its number counts; "" where that is not said."""
    return words.say("In {unit}.", unit=words.text(question.unit)) if question.unit else ""


def ordinal(rank: int, words: Words) -> str:
    """The name of a rank: "First", "Second", …, "Number 11"."""
    say = words.say
    names = [
        say("First"),
        say("Second"),
        say("Third"),
        say("Fourth"),
        say("Fifth"),
        say("Sixth"),
        say("Seventh"),
        say("Eighth"),
        say("Ninth"),
        say("Tenth"),
    ]
    return names[rank - 1] if rank <= len(names) else say("Number {n}", n=rank)


def too_long(words: Words, longest: int) -> str:
    """Why a text does not fit; ``longest`` in characters."""
    return words.say("This is too long: at most {most} characters.", most=words.number(longest))
