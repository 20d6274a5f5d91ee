"""Which of a committee's earlier messages each new one is likest, by what they mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from governance.reading.matching import unpacked

LIKE = 0.55
"""Cosine from which the answer to one may do for the other. A chair reads it before it goes."""


def likest(new: Sequence[bytes], earlier: Sequence[bytes]) -> list[int | None]:
    """For each new vector the place of the earlier one that is likest; None: none is like it."""
    if not new or not earlier:
        return [None] * len(new)
    cosines = unpacked(new) @ unpacked(earlier).T
    best = np.argmax(cosines, axis=1)
    return [int(at) if row[at] >= LIKE else None for row, at in zip(cosines, best, strict=True)]
