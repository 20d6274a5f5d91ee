"""Discrete Laplace noise: exact, from the operating system's randomness, never from a seed.

No floating point is used, so that the last bits of a draw tell nothing of what it was added to.
Source: C. L. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for Differential Privacy",
NeurIPS 2020, arXiv 2004.00010, algorithms 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import exp
from secrets import randbelow

Below = Callable[[int], int]
"""A number from 0 to one less than its argument, each equally likely."""


@dataclass(frozen=True)
class Noisy:
    """A count to which noise was added: the only form in which one leaves this folder. ``variance``
    is the noise's."""

    value: int
    variance: float

    def __add__(self, other: Noisy) -> Noisy:
        return Noisy(self.value + other.value, self.variance + other.variance)

    def __sub__(self, other: Noisy) -> Noisy:
        return Noisy(self.value - other.value, self.variance + other.variance)


def noisy(
    count: int, sensitivity: int | Fraction, epsilon: Fraction, below: Below = randbelow
) -> Noisy:
    """``count`` with noise by which what one person changes, ``sensitivity`` at most over all
    counts that are drawn together, tells ``epsilon`` at most."""
    scale, spread = _scaled(sensitivity, epsilon)
    return Noisy(count + discrete_laplace(scale, below), spread)


@lru_cache(maxsize=1024)
def _scaled(sensitivity: int | Fraction, epsilon: Fraction) -> tuple[Fraction, float]:
    """The scale of a draw, and its variance: many are drawn with the same."""
    scale = sensitivity / epsilon
    return scale, variance(scale)


def discrete_laplace(scale: Fraction, below: Below = randbelow) -> int:
    """A draw X with P(X = x) proportional to exp(-|x| / scale); ``scale`` is above 0.

    Adding it to a count that one person moves by at most 1 is (1 / scale)-differentially private.
    ``below`` is the source of chance; tests replay one. Raises ValueError for another scale.
    """
    if scale <= 0:
        raise ValueError(f"a scale of {scale}")
    top, bottom = scale.numerator, scale.denominator
    while True:
        rest = below(top)
        if not _happens(rest, top, below):
            continue
        whole = 0
        while _happens(1, 1, below):
            whole += 1
        size = (rest + top * whole) // bottom
        if below(2):
            return size
        if size:
            return -size


def variance(scale: Fraction) -> float:
    """The variance of a draw: 2q / (1 - q)² with q = exp(-1 / scale)."""
    q = exp(-1 / float(scale))
    return 2 * q / (1 - q) ** 2


def _happens(top: int, bottom: int, below: Below) -> bool:
    """True with probability exp(-top / bottom), for a fraction between 0 and 1."""
    tries = 1
    while below(bottom * tries) < top:
        tries += 1
    return tries % 2 == 1
