"""Numbers as people type them."""

from __future__ import annotations

import re

from surveys.questions import Unfit

NO_NUMBER = "Enter a number, such as 92 or 4.5."
LONGEST_VALUE = 20
"""Characters of a number that somebody types."""

EITHER_NUMBER = "A comma before three digits can be read in two ways. Write 1234 or 1.234."

_EITHER = re.compile(r"[+-]?\d+,\d{3}")
_VALUE = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,4})?")


def number_of(said: str) -> float | None:
    """A number as people type it, with a point or a comma, also with "%" after it."""
    fits = _VALUE.fullmatch(_plain(said)) and not reads_twice(said)
    return float(_plain(said).replace(",", ".")) if fits else None


def reads_twice(said: str) -> bool:
    """Whether it can be a number of thousands and one with decimals, as "1,234" can."""
    return _EITHER.fullmatch(_plain(said)) is not None


def no_number(said: str) -> Unfit | None:
    """Why it is no number; None: it is one."""
    if number_of(said) is not None:
        return None
    return Unfit(why=EITHER_NUMBER if reads_twice(said) else NO_NUMBER)


def _plain(said: str) -> str:
    return said.strip().removesuffix("%").strip()
