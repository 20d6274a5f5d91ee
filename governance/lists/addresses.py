"""Email addresses out of what a vendor's console exports, or somebody pastes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BETWEEN = re.compile(r"[\s,;|<>\"'()]+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def addresses(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, address, what is there), line by line, from 1; "" of a line without an address.
    Empty lines and lines that begin with ``#`` do not count, nor does a first line that names the
    columns."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        said = line.strip()
        if not said or said.startswith("#") or (number == 1 and "@" not in said and lines[1:]):
            continue
        words = (one.strip(".").lower() for one in _BETWEEN.split(said))
        found = [one for one in words if len(one) <= 254 and _ADDRESS.fullmatch(one)]
        for address in found or [""]:
            yield number, address, said[:80]
