"""Chance that is the same whenever it is asked for, out of a wave, a person and a question. It has
to look even and to stay; no secret hangs on it."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from uuid import UUID


def number(wave_id: UUID, person: UUID, question: str) -> int:
    """A whole number below 2 to the power of 64, one person's own."""
    return int.from_bytes(_digest(wave_id.bytes, person.bytes, question.encode())[:8], "big")


def seeded(wave_id: UUID, question: str) -> Random:
    """One for everybody who is asked."""
    return Random(int.from_bytes(_digest(wave_id.bytes, question.encode()), "big"))  # noqa: S311


def _digest(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()
