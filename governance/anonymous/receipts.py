"""Receipts: the code with which whoever spoke anonymously gets the reply.

A code is 100 bits as twenty characters of Crockford's base 32
(https://www.crockford.com/base32.html), which has no letters that are taken for digits, in groups
of four: "7KQ2-M8FD-…".
"""

from __future__ import annotations

import re

BITS = 100
LENGTH = 20
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_GROUP = 4


def spelled(secret: bytes) -> str:
    """A code of the first ``BITS`` of a secret (13 bytes or more), in groups."""
    number = int.from_bytes(secret, "big") >> (len(secret) * 8 - BITS)
    code = "".join(_ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -5, -5))
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def read_code(typed: str) -> str | None:
    """The twenty characters of what somebody typed, however they grouped them and whichever of
    O, I and L they took for a digit. None: it is no code."""
    if len(typed) > 4 * LENGTH:
        return None
    code = re.sub(r"[\s-]", "", typed.upper()).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(_ALPHABET) else None
