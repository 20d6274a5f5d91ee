"""The arithmetic under the router: how alike texts are, and what follows from those that are known.

Kernel ridge regression (Saunders, Gammerman and Vovk 1998): every known text pulls a new one
towards its own labels, as much as the two are alike. It is solved in closed form, and so is what
it would have said of each known text had it not known it (leave-one-out; Rasmussen and Williams
2006, section 5.4.2): confidence is measured on that, without training again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from governance.reading.embedding import Vectors
from governance.reading.wording import Floats, Wording

SHARPNESS = 4.0
"""Of the likeness of meaning: at a cosine of .6 it is a fifth of that of the same text."""

WORDING = 0.5
"""What the likeness of words, and of pieces of words, counts beside that of meaning."""

RIDGE = 0.5
"""How little a single text is believed. One of weight w has this divided by w."""


class Likeness:
    """How alike texts are to a list of known ones: by meaning (where the embedding model is there)
    and by wording."""

    def __init__(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        self._wording = Wording(texts)
        self._share = 1.0 if vectors is None else WORDING
        self._vectors = vectors

    def among(self) -> Floats:
        """Of every known text to every known text."""
        found = self._wording.among() * self._share
        if self._vectors is not None:
            found += _meaning(self._vectors, self._vectors)
        return found

    def to(self, text: str, vector: Vectors | None) -> Floats:
        """Of one text to the known ones, as a row."""
        found = self._wording.to(text)[None] * self._share
        if self._vectors is not None and vector is not None:
            found += _meaning(vector, self._vectors)
        return found


def _meaning(some: Vectors, others: Vectors) -> Floats:
    alike: Floats = some @ others.T
    alike -= 1.0
    alike *= SHARPNESS
    return np.exp(alike, out=alike)


@dataclass(frozen=True, kw_only=True)
class Ridge:
    """Solves for the labels of known texts. ``root`` is the inverse of the Cholesky factor of
    their likenesses with the ridge added; ``spread`` the diagonal of the inverse itself."""

    root: Floats
    spread: Floats

    @classmethod
    def over(cls, alike: Floats, weights: Floats) -> Ridge:
        """``alike`` is spent: it is written over."""
        from scipy.linalg.lapack import spotrf, strtri

        alike[np.diag_indices_from(alike)] += RIDGE / weights
        factor, failed = spotrf(alike, lower=True, clean=True, overwrite_a=True)
        if failed:
            raise ArithmeticError("the likenesses of the examples are not positive")
        root, _ = strtri(factor, lower=True, overwrite_c=True)
        return cls(root=root, spread=np.einsum("ij,ij->j", root, root))

    def pulls(self, labels: Floats) -> Floats:
        """What each known text gives to each label (both as columns)."""
        found: Floats = self.root.T @ (self.root @ labels)
        return found

    def held_out(self, labels: Floats, pulls: Floats) -> Floats:
        """The scores of each known text by all the others."""
        found: Floats = labels - pulls / self.spread[:, None]
        return found

    def held_out_together(self, labels: Floats, pulls: Floats, rows: NDArray[np.intp]) -> Floats:
        """The scores of some known texts by all but these: as if none of them were known."""
        from scipy.linalg import solve

        root = self.root[:, rows]
        found: Floats = labels[rows] - solve(root.T @ root, pulls[rows], assume_a="pos")
        return found


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What a reading would have said of known texts: their labels, and the scores by all the
    others."""

    labels: Floats
    pulls: Floats
    held_out: Floats

    def apart(self, ridge: Ridge, rows: NDArray[np.intp]) -> Floats:
        """The scores of these, had none of them been known."""
        return ridge.held_out_together(self.labels, self.pulls, rows)


@dataclass(frozen=True, kw_only=True)
class Warmth:
    """Temperatures of the committees' scores and of the themes'."""

    committees: float = 0.06
    themes: float = 0.04


def softmax(scores: Floats, temperature: float) -> Floats:
    """Probabilities by softmax, row by row; a score of minus infinity gets none."""
    scaled = scores / temperature
    parts = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(parts / parts.sum(axis=-1, keepdims=True), scores.dtype)


def warmth(scores: Floats, right: NDArray[np.bool_], *, least: float, most: float) -> float:
    """The temperature at which the labels that are ``right`` are least surprising."""

    def surprise(temperature: float) -> float:
        believed = (softmax(scores, temperature) * right).sum(axis=1)
        return -float(np.log(np.maximum(believed, 1e-9)).mean())

    return min((float(t) for t in np.geomspace(least, most, 40)), key=surprise)
