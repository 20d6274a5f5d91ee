"""A few comments that stand for many: typical of what was written, and of different things."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

MOST = 3
"""Quotes of one question: a page is no transcript, and all comments follow behind it."""

_SHORTEST, _LONGEST = 25, 300
"""Characters: what is shorter says little out of its place, what is longer is no quote."""

_LEAST_SHARED = 2
"""Comments in which a word has to be: what only one person wrote stands for nobody else, and
says more about who it was."""

_SAMPLED = 2000
"""So many comments, evenly from all in the order of their letters, are weighed."""

_WORD = re.compile(r"\[[^\]]*\]|([^\W\d_]{3,})")
"""A word; what was taken out ("[name]") is none."""

_NEW_ENOUGH = 0.6
"""A quote that is as like to one before it as this (cosine) says the same thing again."""

Vector = dict[str, float]


def represent(comments: Sequence[str]) -> tuple[str, ...]:
    """Up to ``MOST`` comments nearest to the middle of all (TF-IDF, cosine), each unlike those
    before it. The same comments, in whatever order, give the same quotes.

    Sources: G. Salton, C. Buckley, "Term-weighting approaches in automatic text retrieval",
    Information Processing & Management 24 (1988) 513-523; the centroid as measure of what is
    typical: D. R. Radev and others, "Centroid-based summarization of multiple documents", ibid. 40
    (2004) 919-938; unlike those before it: J. Carbonell, J. Goldstein, SIGIR 1998.
    """
    ordered = sorted(comments)
    weighed = ordered[:: -(-len(ordered) // _SAMPLED) or 1]
    vectors = _vectors(weighed)
    middle: Counter[str] = Counter()
    for vector in vectors:
        middle.update(vector)
    ranked = sorted(
        (
            (-_like(vector, middle), words, vector)
            for words, vector in zip(weighed, vectors, strict=True)
            if vector and _SHORTEST <= len(words) <= _LONGEST
        ),
        key=lambda one: one[:2],
    )
    chosen: list[tuple[str, Vector]] = []
    for _, words, vector in ranked:
        if all(_like(vector, other) < _NEW_ENOUGH for _, other in chosen):
            chosen.append((words, vector))
        if len(chosen) == MOST:
            break
    return tuple(words for words, _ in chosen)


def _vectors(comments: Sequence[str]) -> list[Vector]:
    """Each comment's words by how often they are in it and how rare in all, of length 1."""
    held = [Counter(filter(None, _WORD.findall(comment.lower()))) for comment in comments]
    inside = Counter(word for words in held for word in words)
    n = len(comments)
    found = []
    for words in held:
        vector = {
            word: (1 + math.log(count)) * math.log(1 + n / inside[word])
            for word, count in words.items()
            if inside[word] >= _LEAST_SHARED
        }
        length = math.sqrt(sum(value * value for value in vector.values()))
        found.append({word: value / length for word, value in vector.items()})
    return found


def _like(one: Vector, other: Vector | Counter[str]) -> float:
    return round(sum(value * other.get(word, 0.0) for word, value in one.items()), 9)
