"""What a mail says, before it is a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A mail's words. ``parts`` are paragraphs, each with the label in front of it or "".
    ``press`` says what the link at ``url`` does; ``note`` is small print."""

    subject: str
    heading: str
    parts: tuple[tuple[str, str], ...]
    press: str
    url: str
    note: str = ""
