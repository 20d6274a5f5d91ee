"""What is said of the one thing that feedback is about."""

from __future__ import annotations

from dataclasses import replace

from core.words import Words
from governance import wording
from governance.feedback.about import read_about
from governance.feedback.model import Named


def about(words: Words, named: Named | None) -> list[str]:
    """What it is about, and what people should know before they write."""
    if named is None:
        return []
    note = wording.unfit(words, named.note) if named.note else ""
    return [words.say("About: {name}.", name=words.text(named.name)), *([note] if note else [])]


def parts(words: Words, token: str, named: Named | None) -> tuple[tuple[str, str], ...]:
    """What part of it somebody can speak about, by token; none where there is nothing to choose."""
    found = read_about(token)
    if found is None or named is None or not named.parts:
        return ()
    whole = replace(found, part=0).token
    return (
        (whole, words.say("All of it")),
        *((one, words.text(label)) for one, label in named.parts),
    )
