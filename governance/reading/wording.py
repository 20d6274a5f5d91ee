"""How alike texts are in their wording: the cosine of TF-IDF, of words and of pieces of words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

Said = Callable[[str], NDArray[np.int64]]
"""The features of a text by number, each as often as it is there."""

_NOTHING = np.empty(0, np.int32)

_WORDS, _LONGEST = 5000, 40
"""So many words' pieces are remembered (some hundred bytes each), of no longer ones than that."""

_AT_ONCE = 500
"""Rows of likenesses that are worked out at once (their sparse form takes twice the space)."""


class Wording:
    """TF-IDF with sublinear counts of words (1–2 together) and of pieces of words (2–5 letters),
    learned from known texts; each view's rows have length 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import CountVectorizer

        words = CountVectorizer(ngram_range=(1, 2), strip_accents="unicode")
        pieces = CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), strip_accents="unicode")
        views = [
            View(words, words.fit_transform(texts)),
            View(pieces, _counts_of_pieces(pieces, texts), by_word=True),
        ]
        self._views = views
        self._by_feature = hstack([view.rows for view in views]).T.tocsr()
        for view in views:
            view.rows = None  # they are in the whole

    @property
    def known(self) -> int:
        """How many texts it was learned from."""
        return int(self._by_feature.shape[1])

    def among(self) -> Floats:
        """Of every known text to every known text: the two cosines added. Of two texts it is the
        same both ways, and worked out once."""
        rows = self._by_feature.T.tocsr()
        out = np.empty((self.known, self.known), np.float32)
        for at in range(0, self.known, _AT_ONCE):
            end = min(at + _AT_ONCE, self.known)
            found = (rows[at:end] @ rows[:end].T.tocsr()).toarray()
            out[at:end, :end] = found
            out[:at, at:end] = found[:, :at].T
        return out

    def to(self, text: str) -> Floats:
        """Of one text to the known ones."""
        out = np.zeros(self.known, np.float32)
        first = 0
        for view in self._views:
            features, weights = view.row(text)
            shared = self._by_feature[features + first]
            out += shared.T @ weights
            first += len(view.rarity)
        return out


class View:
    """One way to take a text apart: TF-IDF with sublinear counts, of length 1. ``rarity``: the
    weight of each feature (IDF). ``rows``: of the texts that it was learned from."""

    def __init__(
        self, vectorizer: Any, counts: Any, *, said: Said | None = None, by_word: bool = False
    ) -> None:
        """The vectorizer is spent: its features are kept as numbers, a tenth of the space.
        ``said``: takes texts apart as the vectorizer does, where several views share that.
        ``by_word``: no feature reaches beyond a word, so that those of a word are looked up once.
        """
        from sklearn.feature_extraction.text import TfidfTransformer

        weighed = TfidfTransformer(sublinear_tf=True).fit(counts)
        self.rows: Any = weighed.transform(counts).astype(np.float32)
        self.rarity: Floats = weighed.idf_.astype(np.float32)
        named = vectorizer.vocabulary_
        numbers = numbered(named)
        order = np.argsort(numbers)
        self._numbers = numbers[order]
        self._places = np.fromiter(named.values(), np.int32, len(named))[order]
        del vectorizer.vocabulary_
        self._said = said or said_by(vectorizer)
        self._of_word = lru_cache(maxsize=_WORDS)(self._found) if by_word else None

    def row(self, text: str) -> tuple[NDArray[np.int32], Floats]:
        """A text's features and their weights; what is unknown is left out."""
        if self._of_word is None:
            found = self._found(text)
        else:
            parts = [
                self._of_word(word) if len(word) <= _LONGEST else self._found(word)
                for word in text.split()
            ]
            found = np.concatenate([_NOTHING, *parts])
        features, counts = _counted(found)
        weights = (1 + np.log(counts)) * self.rarity[features]
        length = math.sqrt(weights @ weights) or 1.0
        return features, (weights / length).astype(np.float32)

    def _found(self, text: str) -> NDArray[np.int32]:
        """The features of a text, each as often as it is there."""
        said = self._said(text)
        at = np.minimum(np.searchsorted(self._numbers, said), len(self._numbers) - 1)
        found: NDArray[np.int32] = self._places[at[self._numbers[at] == said]]
        return found


def said_by(vectorizer: Any) -> Said:
    """What a vectorizer takes a text apart into, as numbers."""
    apart = vectorizer.build_analyzer()
    return lambda text: numbered(apart(text))


def numbered(features: Iterable[str]) -> NDArray[np.int64]:
    """Features by their hashes, which are the same as long as the process lives."""
    return np.fromiter(map(hash, features), np.int64)


def _counted(found: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """What is there, in order, and how often: ``np.unique`` for few, in half its time."""
    ordered = np.sort(found)
    new = np.ones(len(ordered) + 1, bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:-1])
    at = np.flatnonzero(new)
    return ordered[at[:-1]], at[1:] - at[:-1]


def _counts_of_pieces(pieces: Any, texts: Sequence[str]) -> Any:
    """As ``pieces.fit_transform(texts)``, which would take every word apart each time that it
    comes: here the texts are counted as words, and the words as pieces."""
    from sklearn.feature_extraction.text import CountVectorizer

    words = CountVectorizer(tokenizer=str.split, token_pattern=None, strip_accents="unicode")
    counts = words.fit_transform(texts)
    return counts @ pieces.fit_transform(words.get_feature_names_out())
