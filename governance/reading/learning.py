"""The arithmetic under the router: texts as features, and a linear model over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.reading.vocabulary import ideas

Floats = NDArray[np.float64]

_IDEAS_WEIGHT = 0.7
_LOOSENESS = 10.0  # inverse strength of the L2 penalty


@dataclass(frozen=True, kw_only=True)
class Model:
    """Weights (features × classes) and offsets of a multinomial logistic regression."""

    weights: Floats
    offsets: Floats

    @classmethod
    def fit(cls, x: Floats, labels: Any, weights: Floats, classes: int) -> Model:
        from sklearn.linear_model import LogisticRegression

        fitted = LogisticRegression(C=_LOOSENESS, max_iter=2000).fit(
            x, labels, sample_weight=weights
        )
        full = np.zeros((x.shape[1], classes))
        offsets = np.full(classes, -20.0)  # a class of which a fold has no row is very unlikely
        if len(fitted.classes_) == 2:  # scikit-learn gives one column for two classes
            full[:, fitted.classes_[1]] = fitted.coef_[0]
            offsets[fitted.classes_] = [0.0, float(fitted.intercept_[0])]
        else:
            full[:, fitted.classes_] = fitted.coef_.T
            offsets[fitted.classes_] = fitted.intercept_
        return cls(weights=full, offsets=offsets)


class Features:
    """Three views of a text as one sparse row; and the training rows turned into their own span.

    There are far fewer texts than features, so the model is fitted in the span of the texts
    (an exact change of basis for an L2 penalty): a fit takes milliseconds, and six are needed.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode")
        pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode"
        )
        named = TfidfVectorizer(analyzer=ideas)
        self._views = ((words, 1.0), (pieces, 1.0), (named, _IDEAS_WEIGHT))
        self._hstack = hstack
        rows = hstack([view.fit_transform(texts) * w for view, w in self._views]).tocsr()
        spread, turn = np.linalg.eigh((rows @ rows.T).toarray())
        kept = spread > 1e-8
        scale = np.sqrt(spread[kept])
        self.rotated: Floats = turn[:, kept] * scale
        self._back: Floats = rows.T @ (turn[:, kept] / scale)

    def unrotate(self, weights: Floats) -> Floats:
        """Weights over the span of the texts as weights over the features themselves."""
        full: Floats = self._back @ weights
        return full

    def forget_texts(self) -> None:
        """Drop what only training needs (tens of megabytes)."""
        self.rotated = self._back = np.zeros((0, 0))

    def transform(self, text: str) -> Any:
        """One text as a sparse row of features."""
        return self._hstack([view.transform([text]) * w for view, w in self._views]).tocsr()


def softmax(logits: Floats, temperature: float) -> Floats:
    """Probabilities by softmax, row by row; a logit of minus infinity gets none."""
    scaled = logits / temperature
    parts = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    shares: Floats = parts / parts.sum(axis=-1, keepdims=True)
    return shares
