"""Numbers as people type them."""

from __future__ import annotations

import re

NO_NUMBER = "Enter a number, such as 92 or 4.5."
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


def _plain(said: str) -> str:
    return said.strip().removesuffix("%").strip()
