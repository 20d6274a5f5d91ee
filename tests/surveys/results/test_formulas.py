"""The field's figures beside independent implementations: statsmodels, plain numpy."""

from __future__ import annotations

from itertools import product
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from surveys.results.statistics import effective_size, score_interval


@settings(max_examples=60)
@given(st.integers(1, 400), st.integers(0, 400))
def test_wilsons_interval_is_statsmodels(n: int, c: int) -> None:
    count = min(c, n)
    low, high = proportion_confint(count, n, alpha=0.05, method="wilson")
    assert score_interval(count / n, n, NormalDist().inv_cdf(0.975) ** 2) == pytest.approx(
        (low, high), abs=1e-9
    )


def test_kishs_effective_size_is_what_weighted_answers_vary_by() -> None:
    """The variance of a weighted share over all outcomes of nine people who say yes by a coin, as
    of so many with equal weights: p(1-p)/n."""
    weights = [1.0, 1.0, 1.0, 2.0, 2.0, 0.5, 0.5, 3.0, 5.0]
    shares = [np.dot(weights, said) / sum(weights) for said in product((0, 1), repeat=9)]
    expected = effective_size([(weight, 1) for weight in weights])
    assert 0.25 / float(np.var(shares)) == pytest.approx(expected)
