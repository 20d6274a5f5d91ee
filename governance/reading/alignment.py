"""How alike two messages are piece by piece: what one says is looked for in the other.

A vector of a whole message is an average, in which two complaints of one building are near and one
complaint in two tempers is far. Here each piece of a word, as it is meant where it stands, is held
against the nearest one of the other message; rare pieces count more.

Source: T. Zhang and others, "BERTScore: Evaluating Text Generation with BERT", ICLR 2020 (greedy
matching, weighed by rarity); here with the smaller of both directions, for a short message may
stand whole in a long one that is about more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from governance.reading.embedding import Vectors, piece_numbers, pieces
from governance.reading.written import written

Floats = NDArray[np.float64]

REMEMBERED = 600
"""Messages whose pieces are kept in memory (some 20 kB each): those that are compared with come
again with the next message."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """One or more messages. ``rows``: what each piece means, of length 1; ``weights``: how much it
    counts (of one message they sum up to 1); ``starts``: where each message begins."""

    rows: Vectors
    weights: Vectors
    starts: tuple[int, ...] = (0,)


@lru_cache(maxsize=REMEMBERED)
def taken_apart(text: str) -> Pieces:
    """A message in its pieces. Some 5 ms; nothing where it was asked for before."""
    numbers, rows = pieces(text)
    weights = np.array([_rarity(number) for number in numbers], np.float32)
    return Pieces(rows=rows.astype(np.float16), weights=weights / weights.sum())


def together(said: Sequence[Pieces]) -> Pieces:
    """Several messages, to hold others against; at least one."""
    lengths = [len(one.weights) for one in said]
    return Pieces(
        rows=np.vstack([one.rows for one in said]).astype(np.float32),
        weights=np.concatenate([one.weights for one in said]),
        starts=tuple(int(at) for at in np.cumsum([0, *lengths[:-1]])),
    )


def aligned(one: Pieces, others: Pieces) -> Floats:
    """How much one message (a row of ``together``, or as ``taken_apart``) and each of the others
    say the same, at most 1."""
    alike = one.rows.astype(np.float32) @ others.rows.T
    there = one.weights @ np.maximum.reduceat(alike, others.starts, axis=1)
    back = np.add.reduceat(alike.max(axis=0) * others.weights, others.starts)
    found: Floats = np.minimum(there, back).astype(np.float64)
    return found


def _rarity(number: int) -> float:
    known, counts = _counted()
    return math.log((known + 1) / (counts[number] + 1))


@cache
def _counted() -> tuple[int, Counter[int]]:
    """How many messages were written for the reader, and in how many of them each piece stands."""
    counts: Counter[int] = Counter()
    for example in written():
        counts.update(set(piece_numbers(example.text)))
    return len(written()), counts
