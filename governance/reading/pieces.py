"""Splits a message into pieces. Each piece is checked for danger.

An emergency at the end of a dull complaint sounds, all in all, like a complaint: its sentence is
heard only where it is read by itself.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ENDS = re.compile(
    r"(?<=[.!?;:])\s+|\n+|\s+[\u2013\u2014-]\s+"
    r"|,?\s+(?:and|but|also|btw|by the way|anyway|pero|y|además|por cierto)\s+(?=\w+\W+\w+\W+\w)",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Words: what is shorter says nothing by itself."""

MOST_PIECES = 60
"""Single pieces of one message that are read, and as many pairs. A message of the greatest length
has some 60 sentences; if there are more, only the first and last are read."""


def pieces_of(text: str) -> list[str]:
    """Each sentence and clause of a message, and each two that follow each other; none of a
    message that has only one. Its length is linear in that of the text."""
    found = [piece.strip(" ,.") for piece in _ENDS.split(text)]
    found = [piece for piece in found if len(piece.split()) >= _SHORTEST]
    if len(found) < 2:
        return found if found and len(found[0]) < 0.8 * len(text) else []
    if len(found) > MOST_PIECES:
        found = [*found[: MOST_PIECES // 2], *found[-MOST_PIECES // 2 :]]
    pairs = [f"{one}. {other}" for one, other in pairwise(found)]
    return [*found, *(pairs if len(found) > 2 else ())]
