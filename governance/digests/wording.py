"""A digest's messages, in words."""

from __future__ import annotations

from core.words import Words
from governance.digests.messages import DigestLine
from governance.references import wording as link_words


def about(words: Words, line: DigestLine) -> str:
    """When an item came and is due, and what it has to do with."""
    said = [words.say("Received {day}.", day=words.day(line.received_at))]
    if line.due_at is not None and line.late:
        said.append(words.say("Was due {day}.", day=words.day(line.due_at)))
    elif line.due_at is not None:
        said.append(words.say("Answer by {day}.", day=words.day(line.due_at)))
    return " · ".join([" ".join(said), *link_words.beside(words, line.links)])
