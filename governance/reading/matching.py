"""Whether a message says the same as one that is open already: a vector for each, compared."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from governance.duplicates.model import Alike, Open
from governance.reading.duplicates import OpenItems
from governance.reading.embedding import SIZE, Vectors, available, embed

_STEPS = 127.0


def alike(redacted: str, queue: Sequence[Open]) -> Alike | None:
    """The vector of a message, and which of the open items of its queue says the same. None:
    without the embedding model nobody can tell."""
    if not available():
        return None
    vector = embed([redacted])[0]
    lead = None
    if queue:
        said: OpenItems[UUID] = OpenItems()
        vectors = unpacked([one.vector for one in queue])
        said.add([one.lead for one in queue], [one.redacted for one in queue], vectors)
        lead = said.same_matter(redacted, vector)
    return Alike(vector=packed(vector), lead=lead)


def meanings(texts: Sequence[str]) -> bytes | None:
    """The vectors of texts, one after the other. None: there is no model to tell by."""
    return b"".join(map(packed, embed(texts))) if available() else None


def likeliest(lead: UUID, queue: Sequence[Open], *, most: int) -> tuple[UUID, ...]:
    """The other matters of a queue, those first that say most nearly what one of them says; none
    where nothing is known of what it means."""
    own = [one for one in queue if one.lead == lead]
    others = [one for one in queue if one.lead != lead]
    if not own or not others:
        return ()
    said: OpenItems[UUID] = OpenItems()
    vectors = unpacked([one.vector for one in others])
    said.add([one.lead for one in others], [one.redacted for one in others], vectors)
    meant = unpacked([one.vector for one in own]).mean(axis=0)
    return tuple(key for key, _ in said.alike(own[0].redacted, meant, most=most))


def nearness(vector: bytes, others: bytes) -> list[float]:
    """The cosine of a vector and each of others, packed one after the other."""
    rows = [others[at : at + SIZE] for at in range(0, len(others), SIZE)]
    cosines: list[float] = (unpacked(rows) @ unpacked([vector])[0]).tolist()
    return cosines


def packed(vector: Vectors) -> bytes:
    """A vector of length 1 in ``SIZE`` bytes: each number in eight bits."""
    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector / largest * _STEPS).astype(np.int8).tobytes()


def unpacked(vectors: Sequence[bytes]) -> Vectors:
    """Vectors of length 1 again, a row each; one that is not of ``SIZE`` bytes is like nothing."""
    rows = np.zeros((len(vectors), SIZE), np.float32)
    for at, one in enumerate(vectors):
        if len(one) == SIZE:
            rows[at] = np.frombuffer(one, np.int8)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
