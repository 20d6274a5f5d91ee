"""One class against the rest: what a message means and its words, in one linear model a class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.reading.embedding import Vectors
from governance.reading.wording import Said, View, said_by

Floats = NDArray[np.float64]

Vectorise = Callable[[Sequence[str]], Vectors | None]
"""A row for each text; None where there is no embedding model."""

_TOKENS = r"(?u)\[[^\]]*\]|\b\w[\w']*\b|[?!]"
"""Words, and the two marks that change a tone."""


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(ngram_range=(1, 2), min_df=2, token_pattern=_TOKENS)


@cache
def _apart() -> Said:
    return said_by(_vectorizer())


@lru_cache(maxsize=1)  # several models are asked about a message one after the other
def _said(text: str) -> NDArray[np.int64]:
    return _apart()(text)


class AgainstRest:
    """Logistic regressions over [vector ⊕ TF-IDF of words and pairs of words], one a class.

    One against the rest and not all at once: on the labelled messages that finds more of a rare
    class at the same false alarms (docs/decisions/0040).
    """

    def __init__(
        self,
        texts: Sequence[str],
        vectors: Vectors | None,
        labels: Sequence[int],
        *,
        looseness: float,
        wording: float = 1.0,
        balanced: bool = False,
    ) -> None:
        """``labels``: the class of each text; one below 0 is of none. ``looseness``: inverse
        strength of the L2 penalty. ``wording``: weight of words beside vectors."""
        from scipy.sparse import csr_matrix, hstack
        from sklearn.linear_model import LogisticRegression

        apart = _vectorizer()
        self._words = View(apart, apart.fit_transform(texts), said=_said)
        rows = self._words.rows * wording
        self._words.rows = None
        if vectors is not None:
            rows = hstack([csr_matrix(vectors), rows]).tocsr()
        own = np.array(labels)
        fitted = [
            LogisticRegression(
                C=looseness,
                solver="liblinear",
                class_weight="balanced" if balanced else None,
                random_state=0,
            ).fit(rows, own == at)
            for at in range(max(labels) + 1)
        ]
        weights = np.vstack([model.coef_ for model in fitted]).T
        size = 0 if vectors is None else vectors.shape[1]
        self._of_vectors: Floats | None = None if vectors is None else weights[:size]
        self._of_words: Floats = weights[size:] * wording
        self._offsets = np.array([float(model.intercept_[0]) for model in fitted])

    def scores(self, texts: Sequence[str], vectors: Vectors | None) -> Floats:
        """Log odds of each class for each text (texts x classes). ``vectors`` must be there
        exactly when they were in training."""
        if (vectors is None) is not (self._of_vectors is None):
            raise ValueError("read with vectors exactly what was learned with vectors")
        parts = [self._words.row(text) for text in texts]
        found: Floats = np.empty((len(texts), len(self._offsets)))
        for row, (features, weights) in zip(found, parts, strict=True):
            row[:] = weights @ self._of_words[features] + self._offsets
        if vectors is not None and self._of_vectors is not None:
            found += vectors @ self._of_vectors
        return found
