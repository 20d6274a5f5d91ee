"""What the docket says in every place in the same words."""

from __future__ import annotations

from bot.words import Words


def assigned(words: Words, name: str) -> str:
    """Whose matter an item is first."""
    return words.say("For {name}, the Technology Leader of the building.", name=name)
