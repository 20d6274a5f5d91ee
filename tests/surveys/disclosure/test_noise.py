"""The noise is what it says: exactly discrete Laplace, from the system's randomness."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from math import exp

import pytest
from scipy.stats import chi2

from surveys.disclosure.noise import Noisy, discrete_laplace, noisy, variance

BY_CHANCE = 1e-6
"""How seldom a test of chance fails by itself."""


def misfit(draws: Counter[int], scale: Fraction) -> float:
    """The p-value of Pearson's test of the draws against the law, tails together."""
    n = draws.total()
    q = exp(-1 / float(scale))

    def expected(x: int) -> float:
        return n * (1 - q) / (1 + q) * q ** abs(x)

    inner = [x for x in range(-200, 201) if expected(x) >= 10]
    rest = n - sum(expected(x) for x in inner)
    seen = n - sum(draws[x] for x in inner)
    statistic = sum((draws[x] - expected(x)) ** 2 / expected(x) for x in inner)
    statistic += (seen - rest) ** 2 / rest
    return float(chi2.sf(statistic, len(inner)))


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(23, 20), Fraction(100, 9)])
def test_draws_follow_the_law(scale: Fraction) -> None:
    draws = Counter(discrete_laplace(scale) for _ in range(20_000))
    assert misfit(draws, scale) > BY_CHANCE
    mean_of_squares = sum(x * x * times for x, times in draws.items()) / draws.total()
    assert mean_of_squares == pytest.approx(variance(scale), rel=0.15)


def test_a_wrong_scale_is_noticed() -> None:
    draws = Counter(discrete_laplace(Fraction(1)) for _ in range(20_000))
    assert misfit(draws, Fraction(11, 10)) < BY_CHANCE


def test_noise_comes_from_the_source_of_chance_alone() -> None:
    def source() -> Noisy:
        return noisy(40, 2, Fraction(3, 2), random.Random(7).randrange)  # noqa: S311

    assert source() == source()
    assert len({noisy(40, 2, Fraction(1, 10)) for _ in range(50)}) > 10


def test_a_scale_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="a scale of 0"):
        discrete_laplace(Fraction(0))


def test_sums_and_differences_carry_their_noise() -> None:
    one, other = Noisy(10, 2.0), Noisy(4, 3.0)
    assert one + other == Noisy(14, 5.0)
    assert one - other == Noisy(6, 5.0)
