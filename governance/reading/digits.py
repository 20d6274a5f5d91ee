"""Whether a text has digits at all: two messages of three have none, and what is told by its number
need not be looked for in them."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None
