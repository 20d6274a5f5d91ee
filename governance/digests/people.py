"""How many people surely said something: counts of fewer are not shown."""

from __future__ import annotations

from collections.abc import Iterable

from governance.docket.open_items import OpenMessage, Spoken
from governance.feedback.model import Item

PEOPLE_FROM = 5
"""Of fewer people nothing is told."""


def people(said: Iterable[Item | Spoken | OpenMessage]) -> int:
    """How many people surely said it: each author once, and all that was said anonymously once,
    because nobody can tell those authors apart."""
    return len({one.author for one in said})
