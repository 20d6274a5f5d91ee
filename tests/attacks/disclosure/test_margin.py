"""Groups of one mind, with four confederates in them: nobody is more than 95% sure of the others.

Computed, not sampled: each chance is exact.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.attacks.disclosure.posteriors import PRIORS, attacked, plain

EPSILONS = (0.1, 0.3, 0.6, 0.9, 1.2, 1.5, 2.0)
LARGE = (300, 450, 700, 1000, 2000)


def _worst(sizes: Iterable[int], epsilons: Iterable[float], friends: int = 4) -> tuple[float, str]:
    return max(
        (attacked(n, epsilon, prior, friends=friends).success, f"{n} {epsilon} {prior}")
        for n in sizes
        for epsilon in epsilons
        for prior in PRIORS
    )


def test_a_group_of_one_mind_gives_nobody_away() -> None:
    assert _worst((12, 17, 24, 41, 83, 220), (0.9, 1.5)) < (1e-3, "")


@pytest.mark.prove
def test_no_group_of_up_to_220_gives_anybody_away() -> None:
    assert _worst((*range(12, 60), *range(60, 221, 4)), EPSILONS) < (1e-3, "")
    for friends in range(4):
        assert _worst(range(12, 221, 9), EPSILONS, friends) < (1e-3, "")


def test_without_a_margin_such_a_group_gives_everybody_away() -> None:
    assert attacked(60, 0.9, "moderate 0.8", plain).success > 0.5


@pytest.mark.prove
def test_of_a_large_group_a_side_tells_little_more_than_its_bound() -> None:
    """A share of more than 95% can hide behind a side; nobody is surer of it than 97%."""
    for n in LARGE:
        for prior in PRIORS:
            if prior != "uniform":  # The district's figure is known: no large group is anywhere.
                assert attacked(n, 0.2, prior).side < 0.97, (n, prior)
