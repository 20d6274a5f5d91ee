"""Plain ways to tell classes of messages apart, to measure the reader beside: TextBlob's naive
Bayes, and TF-IDF with logistic regression. Nothing in the service reads with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from threadpoolctl import threadpool_limits

_WORD = re.compile(r"\w[\w']*")

_LEAST = 2
"""Messages in which a word has to be: naive Bayes becomes slow with every word."""


class Plain(Protocol):
    """Something that has learned classes from texts."""

    def shares(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The probability of each class for each text."""


class NaiveBayes:
    """TextBlob's. Its own features need corpora that are not shipped, so a text's words are
    given to it."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        from textblob.classifiers import NaiveBayesClassifier  # heavy: only whoever measures pays

        words = [_words(text) for text in texts]
        inside = Counter(word for one in words for word in one)
        self._known = frozenset(word for word, n in inside.items() if n >= _LEAST)
        self._model: Any = NaiveBayesClassifier(
            [(self._features(one), label) for one, label in zip(words, labels, strict=True)],
            feature_extractor=_as_they_are,
        )

    def shares(self, texts: Sequence[str]) -> list[dict[str, float]]:
        found = []
        for text in texts:
            said = self._model.prob_classify(self._features(_words(text)))
            found.append({label: float(said.prob(label)) for label in said.samples()})
        return found

    def _features(self, words: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(words & self._known))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _as_they_are(words: Sequence[str]) -> dict[str, bool]:
    return dict.fromkeys(words, True)


class WordRegression:
    """Logistic regression, all classes at once, over TF-IDF of words and pairs of words."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        with threadpool_limits(limits=1):
            rows = self._words.fit_transform(texts)
            self._model = LogisticRegression(C=10.0, max_iter=200).fit(rows, list(labels))

    def shares(self, texts: Sequence[str]) -> list[dict[str, float]]:
        rows = self._model.predict_proba(self._words.transform(texts)).tolist()
        classes = [str(one) for one in self._model.classes_]
        return [dict(zip(classes, row, strict=True)) for row in rows]


def groups_by_words(texts: Sequence[str], cosine: float) -> tuple[int, ...]:
    """Groups of messages by average linkage on TF-IDF, joined from a cosine on."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(texts) < 2:
        return tuple(range(len(texts)))
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    apart = np.maximum(0.0, 1 - (rows @ rows.T).toarray())
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    return tuple(int(one) for one in fcluster(tree, 1 - cosine, "distance"))
