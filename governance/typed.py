"""What somebody typed, as it is kept: cleaned and of a length that fits."""

from __future__ import annotations

from surveys.asking.fitting import clean
from surveys.questions import Unfit

FILE_BELOW = "# File"
"""The line between what was typed and the lines of a file. Lists skip lines that begin so."""

_NEVER = 4
"""So many times the limit is refused as it came: cleaning a megabyte would hold up the writer."""


def typed(said: str, most: int) -> tuple[str, Unfit | None]:
    """The words without what cannot be stored or shown, and why they do not fit (``most`` in
    characters), if they do not."""
    words = clean(said) if len(said) <= most * _NEVER else said
    if len(words) <= most:
        return words, None
    why = "This is {n} characters long. Please keep it to {most}."
    return words, Unfit(why=why, values={"n": len(words), "most": most})
