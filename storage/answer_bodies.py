"""What is kept of an answer: encrypted, until its wave has closed.

Nothing that is loaded here takes long: a process that only computes results loads it, too.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.vault import WrongSecretError, deciphered, enciphered
from surveys.ports import OpenResponse
from surveys.questions import Answer

_REMEMBERED = 64
"""So many waves' keys are kept ready."""

STEP = 1024
"""The sizes of encrypted answers are multiples of so many bytes (but for nonce and tag). "no" is
shorter than "sometimes": copies of the files from before and after somebody answered would
otherwise tell by the size what they said, without any key."""

_shuffle = random.SystemRandom().shuffle


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Responses as they are kept: (respondent, body) each, and the key that they are encrypted
    with. Whoever counts them reads them, and that may be in another process."""

    key: bytes | None = field(repr=False)
    rows: Sequence[tuple[str, bytes]] = field(repr=False)

    def read(self) -> list[OpenResponse]:
        """In random order."""
        found = [_open_response(read_body(self.key, name, body)) for name, body in self.rows]
        _shuffle(found)
        return found


def body_of(key: bytes | None, respondent: str, said: Mapping[str, Any]) -> bytes:
    """What is kept of an answer, bound to whose it is. Without a key (of a wave that was launched
    by a version that had none) it is kept as it is."""
    plain = json.dumps(said, ensure_ascii=False).encode()
    if key is None:
        return plain
    return enciphered(_cipher(key), respondent.encode(), plain + _padding(len(plain)))


def _padding(length: int) -> bytes:
    """Spaces behind JSON, so that an encrypted answer's size is a whole number of steps. A random
    part of a step comes first: else who answered just across a step's edge would be seen."""
    filled = length + secrets.randbelow(STEP)
    return b" " * (filled - length + -filled % STEP)


def read_body(key: bytes | None, respondent: str, body: bytes) -> dict[str, Any]:
    """The other way; ``WrongSecretError`` where it was encrypted otherwise."""
    try:
        plain = body if key is None else deciphered(_cipher(key), respondent.encode(), body)
    except InvalidTag as error:
        raise WrongSecretError("an answer cannot be decrypted: it was changed, or moved") from error
    found: dict[str, Any] = json.loads(plain)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _open_response(said: Mapping[str, Any]) -> OpenResponse:
    return OpenResponse(
        answers=answers_of_json(said["answers"]),
        role=said["role"],
        level=said["level"],
        building=said["building"],
    )


def answers_of_json(said: Mapping[str, Any]) -> Mapping[str, Answer]:
    """Lists of the JSON are the tuples of an answer."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
