"""The first words of what was said."""

from __future__ import annotations

from governance.feedback.model import Item

_SAID = 140
"""Characters of their own words an author sees again, so that they know which message it is."""


def excerpt(item: Item) -> str:
    """The first words of what was said, redacted."""
    words = item.reading.redacted if item.reading else ""
    return words if len(words) <= _SAID else words[:_SAID].rsplit(" ", 1)[0] + "\u2026"
