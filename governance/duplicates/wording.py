"""What is said of a matter, and of what the reader learned, in every place in the same words."""

from __future__ import annotations

from core.words import Words
from governance.duplicates.model import SaidBy
from governance.messages import Brief


def said_by(words: Words, said: SaidBy) -> str:
    """How many people say it."""
    if said.people is None:
        return words.say("More than one person says this.")
    return words.count("Said by {n} person.", "Said by {n} people.", said.people)


def beside(words: Words, brief: Brief) -> list[str]:
    """What is beside a brief, where there is anything."""
    lines = []
    if brief.said_by is not None:
        lines.append(said_by(words, brief.said_by))
    if brief.suggested is not None:
        name = brief.names.get(brief.suggested, brief.suggested)
        lines.append(
            words.say("Suggested by the district's language model: {committee}.", committee=name)
        )
    if brief.learned:
        lines.append(words.say("A person moved it, and the automatic reader learned from that."))
    return lines


def hears(words: Words, said: SaidBy | None) -> str:
    """Who gets an answer, beside the form to write it in. Empty: the author alone."""
    if said is None:
        return ""
    if said.people is None:
        return words.say("More than one person said this. All of them get this answer.")
    return words.count("{n} person gets this answer.", "{n} people get this answer.", said.people)


def same_as(words: Words) -> str:
    """What leads to choosing the message that says the same."""
    return words.say("Same as…")


def split_off(words: Words) -> str:
    """What leads to choosing the message that says something else."""
    return words.say("Not the same: split off")


def all_of_it(words: Words) -> str:
    """What leads to the page of a matter."""
    return words.say("All messages, combined")


def another(words: Words) -> str:
    """The button to the list of all committees."""
    return words.say("Another…")


def not_technology(words: Words) -> str:
    """The button that files an item with a kind answer."""
    return words.say("Not about technology")
