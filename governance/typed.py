"""What somebody typed, as it is kept: cleaned and of a length that fits."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.cards import is_ours
from surveys.asking.fitting import clean
from surveys.questions import Unfit

FILE_BELOW = "# File"
"""The line between what was typed and the lines of a file. Lists skip lines that begin so."""

_NO_LINK = "Enter a link that starts with https://"

_NEVER = 4
"""So many times the limit is refused as it came: cleaning a megabyte would hold up the writer."""


BEGINS = "https://"
"""How a link that people are sent to begins: what is said beside its field, and what is taken."""


def unfit_link(link: str) -> Unfit | None:
    """Why people cannot be sent to a link that somebody typed. None: they can, or it is empty. The
    path of a page of ours fits, too."""
    if not link or is_ours(link):
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return Unfit(why=_NO_LINK)
    one_word = link.isprintable() and not set(link) & set(' <>"|')
    whole = link.startswith(BEGINS) and bool(parts.netloc)
    return None if one_word and whole else Unfit(why=_NO_LINK)


def typed(said: str, most: int) -> tuple[str, Unfit | None]:
    """The words without what cannot be stored or shown, and why they do not fit (``most`` in
    characters), if they do not."""
    words = clean(said) if len(said) <= most * _NEVER else said
    if len(words) <= most:
        return words, None
    why = "This is {n} characters long. Please keep it to {most}."
    return words, Unfit(why=why, values={"n": len(words), "most": most})
