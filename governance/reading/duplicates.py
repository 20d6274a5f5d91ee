"""The same matter said by many: messages that tell of the same thing in the same place.

Likeness is what two messages mean as a whole, and piece by piece (``alignment``); who names other
rooms means something else. Among many messages it is compared with what is usual there: of two
messages about the portal more is alike by chance than of two about bees. Few are joined wrongly
and some stay apart: to tell somebody that a matter is answered which is not theirs is worse than
to answer twice. What is likely the same, a person may join (``alike``): see docs/decisions/0046.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from governance.reading.alignment import Pieces, aligned, taken_apart, together
from governance.reading.embedding import Vectors

SAME_ABOVE = 0.54
"""Least average likeness of a message to a matter that it is of, where nothing tells what is
usual."""

UNUSUAL_ABOVE = 7.5
"""Least average likeness of two groups that are one, in standard deviations above what is usual
for both. Chosen on the written messages: where three pairs of ten are the same (``0046``)."""

ENOUGH = 100
"""Of fewer messages nobody can say what is usual."""

_COMPARED = 500
"""So many messages, evenly taken, tell what is usual among more."""

_NEAREST = 3
"""The nearest of a message may be of its matter: they are not what is usual."""

_BY_PIECES = 2 / 3
"""Share of the likeness that is told piece by piece, the rest by the whole."""

_NEAR = 0.3
"""Messages of less likeness as a whole are not compared piece by piece where there are many."""

_FAR = 0.8
"""What likeness piece by piece is then taken to be, as a share of that of the whole."""

_WORTH_IT = 0.4
_LOOKED_AT = 5
_MOST_OF_ONE = 20
"""A new message is compared by pieces with so many matters that are so near as a whole, and with
so many messages of each (the last ones)."""

_OTHER_PLACE = 1.0
"""What likeness loses where each names rooms and none is the same: they are another matter."""

_PLACE = re.compile(
    r"\b(?:rooms?|rm\.?|portables?|labs?|carts?|gyms?|wings?|lots?|bus|copiers?|printers?)"
    r"(?:\s+#?|\s*#)(\d{1,4}[a-z]?|[a-z]\d{1,4}|(?-i:[B-HJ-Z]))\b(?!['’])"
    r"|\b(?:in|outside|near)\s+#?(\d{3}[a-z]?|[a-z]\d{2,3})\b(?!\s+[a-z]+s\b|%)"
    r"|^(\d{3}[a-z]?):",
    re.IGNORECASE,
)

Key = TypeVar("Key", bound=Hashable)
Floats = NDArray[np.float64]
Places = frozenset[str]


def places(text: str) -> Places:
    """The rooms, carts and the like that a message names by number or letter, in lower case."""
    found = (next(filter(None, one.groups())).lower() for one in _PLACE.finditer(text))
    return frozenset(found)


def groups(texts: Sequence[str], vectors: Vectors | None) -> tuple[int, ...]:
    """For each message the number of its group, from 0 in the order of their first messages; alone
    in a group: like no other. Average linkage, up to some thousands of messages. Without vectors
    only what is said in the same words is the same.

    Source: R. R. Sokal, C. D. Michener, "A statistical method for evaluating systematic
    relationships", Univ. Kansas Science Bulletin 38 (1958) 1409-1438.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if vectors is None:
        return _numbered([" ".join(text.lower().split()) for text in texts])
    if len(texts) < 2:
        return tuple(range(len(texts)))
    with threadpool_limits(limits=1):  # many small products
        alike = _above(texts, vectors)
    apart = np.maximum(0.0, alike.max() - (alike + alike.T) / 2)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    return _numbered(fcluster(tree, alike.max(), "distance").tolist())


def _above(texts: Sequence[str], vectors: Vectors) -> Floats:
    """How far above the least likeness of one matter each two messages are (0: just so)."""
    said = [taken_apart(text) for text in texts]
    sample = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), _COMPARED)).astype(int))
    compared = together([said[at] for at in sample])
    by_pieces = np.array([aligned(one, compared) for one in said])
    to_sample = _both(vectors @ vectors[sample].T, by_pieces)
    alike = to_sample if len(sample) == len(texts) else _among_many(said, vectors)
    named = [places(text) for text in texts]
    alike = alike - _OTHER_PLACE * _elsewhere(named, named)
    if len(texts) < ENOUGH:
        return alike - SAME_ABOVE
    middle, spread = _usual(to_sample)
    unusual = (alike - middle[:, None]) / spread[:, None]
    unusual += (alike - middle[None, :]) / spread[None, :]
    return unusual / 2 - UNUSUAL_ABOVE


def _both(whole: Vectors, by_pieces: Floats) -> Floats:
    found: Floats = (1 - _BY_PIECES) * whole.astype(np.float64) + _BY_PIECES * by_pieces
    return found


def _among_many(said: Sequence[Pieces], vectors: Vectors) -> Floats:
    """Each to each, piece by piece only where the whole is near."""
    whole = vectors @ vectors.T
    by_pieces = _FAR * whole.astype(np.float64)
    for row, near in enumerate(whole >= _NEAR):
        at = np.flatnonzero(near)
        if len(at):
            by_pieces[row, at] = aligned(said[row], together([said[int(one)] for one in at]))
    return _both(whole, by_pieces)


def _usual(alike: Floats) -> tuple[Floats, Floats]:
    """For each message (a row) the middle and the spread of its likeness to the nearer third of
    the others, without the very nearest.

    Source: S. Cumani and others, "Comparison of speaker recognition approaches for real
    applications", Interspeech 2011 (scores normalized by the nearest of a cohort, on both sides).
    """
    ordered = -np.sort(-alike, axis=1)
    first = 1 + _NEAREST  # itself
    third = ordered[:, first : first + alike.shape[1] // 3]
    return third.mean(axis=1), np.maximum(third.std(axis=1), 1e-3)


def _numbered(names: Sequence[Hashable]) -> tuple[int, ...]:
    numbers: dict[Hashable, int] = {}
    return tuple(numbers.setdefault(name, len(numbers)) for name in names)


def _elsewhere(one: Sequence[Places], two: Sequence[Places]) -> Floats:
    """1 where both name places and none is the same, else 0."""
    apart = np.zeros((len(one), len(two)))
    named = [(at, there) for at, there in enumerate(two) if there]
    for row, here in enumerate(one):
        if here:
            for at, there in named:
                apart[row, at] = here.isdisjoint(there)
    return apart


class OpenItems(Generic[Key]):
    """The matters that are open, each with what was said of it, to find the one that a new message
    is of. 5,000 messages take some milliseconds to look through and 8 MB to hold."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._texts: list[str] = []
        self._places: list[Places] = []
        self._vectors: Vectors | None = None

    def add(self, keys: Sequence[Key], texts: Sequence[str], vectors: Vectors) -> None:
        """Messages (without personal data) and the matter of each. ``vectors``: a row each."""
        before = [] if self._vectors is None else [self._vectors]
        self._vectors = np.vstack([*before, vectors])
        self._keys += keys
        self._texts += texts
        self._places += [places(text) for text in texts]

    def close(self, keys: Sequence[Key]) -> None:
        """Forget matters and all that was said of them."""
        closed = frozenset(keys)
        kept = [at for at, key in enumerate(self._keys) if key not in closed]
        self._keys = [self._keys[at] for at in kept]
        self._texts = [self._texts[at] for at in kept]
        self._places = [self._places[at] for at in kept]
        if self._vectors is not None:
            self._vectors = self._vectors[kept]

    def same_matter(self, text: str, vector: Vectors) -> Key | None:
        """The open matter that a message is of; None where it is like none. ``vector``: its row."""
        likely = self.alike(text, vector, most=_LOOKED_AT)
        near = [key for key, whole in likely if whole >= _WORTH_IT]
        if not near:
            return None
        likeness = {key: self._likeness(key, text, vector) for key in near}
        best = max(near, key=lambda key: likeness[key])
        return best if likeness[best] >= SAME_ABOVE else None

    def _likeness(self, key: Key, text: str, vector: Vectors) -> float:
        """The average to what was said of one matter, whole and piece by piece."""
        at = [place for place, one in enumerate(self._keys) if one == key][-_MOST_OF_ONE:]
        if self._vectors is None:
            return 0.0
        said = together([taken_apart(self._texts[one]) for one in at])
        alike = _both(self._vectors[at] @ np.ravel(vector), aligned(taken_apart(text), said))
        elsewhere = _elsewhere([places(text)], [self._places[one] for one in at])[0]
        return float((alike - _OTHER_PLACE * elsewhere).mean())

    def alike(self, text: str, vector: Vectors, *, most: int) -> tuple[tuple[Key, float], ...]:
        """The ``most`` matters that a message is likest to, for a person to choose from, with the
        average likeness to what was said of each."""
        if self._vectors is None or not self._keys:
            return ()
        alike = (self._vectors @ np.ravel(vector)).astype(float)
        alike -= _OTHER_PLACE * _elsewhere([places(text)], self._places)[0]
        of = np.array(_numbered(self._keys))
        average = np.bincount(of, alike) / np.bincount(of)
        keys = list(dict.fromkeys(self._keys))
        first = np.argsort(-average, kind="stable")[:most]
        return tuple((keys[at], float(average[at])) for at in first)
