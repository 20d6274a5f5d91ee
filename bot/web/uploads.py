"""A file that somebody chose on a page."""

from __future__ import annotations

from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.words import Words

FORM_AROUND = 64 * 1024
"""Bytes of a form beside its file."""


def uploaded(visit: Visit, key: str, largest: int) -> bytes | None:
    """The file of an input; None: none was chosen. ``TroubleError`` where it has more than
    ``largest`` bytes."""
    body = visit.form.files.get(key, b"")
    if len(body) > largest:
        raise TroubleError(413)
    return body or None


def no_file(words: Words) -> str:
    """What is said where none was chosen."""
    return words.say("Choose a file.")
