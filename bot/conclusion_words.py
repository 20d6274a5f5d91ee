"""What was heard in a survey and what follows, in parts that every platform shows alike."""

from __future__ import annotations

from collections.abc import Sequence

from bot.words import Words
from governance.conclusions import Conclusions


def title(words: Words, said: Conclusions) -> str:
    return words.say("What we heard: {title}", title=words.text(said.title))


def parts(words: Words, said: Conclusions) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Headings with their lines."""
    say, text = words.say, words.text
    steps = tuple(
        say("{what}: {by}", what=text(step.what), by=text(step.by)) for step in said.steps
    )
    told: list[tuple[str, tuple[str, ...]]] = [(say("What we heard"), (text(said.heard),))]
    if steps:
        told.append((say("What we will do, and by when"), steps))
    if said.not_done is not None:
        told.append((say("What we will not do, and why"), (text(said.not_done),)))
    return told


def thanks(words: Words, said: Conclusions) -> str:
    """The last line: a correction says that it is one."""
    if said.version > 1 and said.published_at is not None:
        return words.say("Corrected on {day}.", day=words.day(said.published_at))
    return words.say("You were asked; this is what comes of it.")
