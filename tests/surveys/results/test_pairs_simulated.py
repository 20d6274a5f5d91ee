"""What pairs tell, held against districts of which the truth is known."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from scipy.stats import binomtest, kendalltau

from surveys.results.model import RankingResult
from tests.surveys.results.simulated import chances, district, told, voted


def tau(truth: dict[str, float], result: RankingResult) -> float:
    return float(
        kendalltau([truth[one.key] for one in result.ranked], [r.points for r in result.ranked])[0]
    )


def both(seed: int) -> tuple[float, float]:
    """Kendall's tau of 1,000 people's ten pairs each over 60 ideas, with noise and without."""
    chance = random.Random(f"tau {seed}")  # noqa: S311 - repeatable
    truth = district(60, chance)
    given = voted(truth, 1000, 10, chance)
    return (
        tau(truth, told(truth, given, chance)),
        tau(truth, told(truth, given, chance, noise=False)),
    )


def holds_within_three_hundredths(seeds: int) -> None:
    found = [both(seed) for seed in range(seeds)]
    noisy, plain = mean(one for one, _ in found), mean(one for _, one in found)
    print(f"tau {noisy:.3f} with noise, {plain:.3f} without")
    assert plain == pytest.approx(0.92, abs=0.02)
    assert noisy > plain - 0.03


def test_noise_costs_the_district_hardly_any_of_its_order() -> None:
    holds_within_three_hundredths(3)


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_noise_costs_forty_districts_hardly_any_of_their_order() -> None:
    holds_within_three_hundredths(40)


def held(seed: int, ideas: int, people: int) -> tuple[int, int]:
    """How many intervals hold the truth, of how many."""
    chance = random.Random(f"held {seed} {ideas}")  # noqa: S311 - repeatable
    truth = district(ideas, chance)
    result = told(truth, voted(truth, people, 10, chance), chance)
    true = chances(truth)
    inside = [one.low <= true[one.key] <= one.high for one in result.ranked]
    return sum(inside), len(inside)


def intervals_cover(districts: int, ideas: int, people: int) -> None:
    found = [held(seed, ideas, people) for seed in range(districts)]
    inside, all_of_them = map(sum, zip(*found, strict=True))
    print(f"{ideas} ideas, {people} people: {inside / all_of_them:.1%} of {all_of_them}")
    # Not below 93%, nor above 97%, by more than chance makes one in a thousand times.
    for rate, way in ((0.93, "less"), (0.97, "greater")):
        assert binomtest(inside, all_of_them, rate, alternative=way).pvalue > 1e-3


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    intervals_cover(6, 60, 500)


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("ideas", "people"), [(60, 1000), (60, 300), (20, 300), (8, 500)])
def test_intervals_of_many_districts_hold_the_truth(ideas: int, people: int) -> None:
    intervals_cover(1500 // ideas, ideas, people)
