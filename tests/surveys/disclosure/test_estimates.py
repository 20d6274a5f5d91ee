"""Intervals hold what all who were asked would say as often as they claim, noise included."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from math import log

import numpy as np
import pytest

from surveys.disclosure.budget import LEAST as LEAST_SHOWN
from surveys.disclosure.estimates import Estimate, differ, mean, points, preferred, score, share
from surveys.disclosure.noise import Noisy, noisy
from surveys.disclosure.rules import margin

TIMES = 1500
LEAST = 0.93
"""Of 1,500 intervals with a true coverage of 95%, fewer hold by chance once in 3,000."""


def _covered(estimate: Callable[[random.Random], tuple[Estimate, float]], seed: int) -> float:
    """The part of intervals that hold the true value."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    found = [estimate(chance) for _ in range(TIMES)]
    return sum(one.low <= truth <= one.high for one, truth in found) / TIMES


def _asked(chance: random.Random, weights: tuple[float, ...], people: int) -> list[int]:
    """What each of the people would answer."""
    return chance.choices(range(len(weights)), weights, k=people)


def _drawn(chance: random.Random, count: int, moves: int, epsilon: Fraction) -> Noisy:
    return noisy(count, moves, epsilon, chance.randrange)


@pytest.mark.parametrize(("rate", "people"), [(0.5, 80), (0.7, 80), (0.8, 300), (0.92, 1500)])
def test_a_share(rate: float, people: int) -> None:
    def once(chance: random.Random) -> tuple[Estimate, float]:
        minds = _asked(chance, (1 - rate, rate), people)
        answered = minds[: 3 * people // 10]
        n = _drawn(chance, len(answered), 1, Fraction(9, 10))
        count = _drawn(chance, sum(answered), 1, Fraction(9, 10))
        return share(count, n, people), sum(minds) / people

    assert _covered(once, 1) >= LEAST


@pytest.mark.parametrize("people", [50, 80, 110, 200, 400, 1000])
@pytest.mark.parametrize("rate", [0.5, 0.7, 0.8, 0.85, 0.9])
def test_a_share_that_is_shown_only_above_a_bar(rate: float, people: int) -> None:
    """Of a building: also where the figure just passes, because noise moved it there."""
    numbers = np.random.default_rng(people)
    n, epsilons, times = 3 * people // 10, (0.97, 1.14), 100_000
    minds = numbers.binomial(people, rate, times)
    yes = numbers.hypergeometric(minds, people - minds, n)
    noise, variances = [], []
    for q in np.exp(np.negative(epsilons)):
        noise.append(numbers.geometric(1 - q, times) - numbers.geometric(1 - q, times))
        variances.append(float(2 * q / (1 - q) ** 2))
    held = list[bool]()
    for truth, count, answered in zip(minds / people, yes + noise[0], n + noise[1], strict=True):
        bar = margin(int(answered))
        if answered < LEAST_SHOWN or not bar <= count <= answered - bar:
            continue
        one = share(
            Noisy(int(count), variances[0]), Noisy(int(answered), variances[1]), people, bar
        )
        held.append(one.low <= truth <= one.high)
        if len(held) == TIMES:
            break
    assert len(held) > 500, "too few are shown to say anything"
    assert sum(held) / len(held) >= LEAST


def test_noise_that_takes_a_small_share_to_nothing_says_little_of_large_ones() -> None:
    """It was 0% (0-74%) of 2,095 answers."""
    one = share(Noisy(-3, 800.0), Noisy(2095, 600.0), 7000)
    assert one.low == one.value == 0
    assert 0.02 < one.high < 0.04


def test_a_net_promoter_score() -> None:
    def once(chance: random.Random) -> tuple[Estimate, float]:
        minds = _asked(chance, (0.25, 0.35, 0.4), 400)
        answered = minds[:150]
        n = _drawn(chance, 150, 1, Fraction(1, 2))
        low, high = (_drawn(chance, answered.count(end), 2, Fraction(1, 2)) for end in (0, 2))
        truth = 100 * (minds.count(2) - minds.count(0)) / 400
        return score(low, high, n, 400), truth

    assert _covered(once, 2) >= LEAST


def test_a_mean_of_points() -> None:
    def once(chance: random.Random) -> tuple[Estimate, float]:
        minds = _asked(chance, (0.1, 0.2, 0.3, 0.3, 0.1), 2000)
        answered = minds[:600]
        n = _drawn(chance, 600, 1, Fraction(1, 5))
        counts = {float(p): _drawn(chance, answered.count(p), 2, Fraction(1, 5)) for p in range(5)}
        return mean(counts, n, 2000), sum(minds) / 2000

    assert _covered(once, 3) >= LEAST


def test_a_ranking_of_two_is_their_share() -> None:
    """Who puts a first gives it 2·1 - 1 = 1, who puts it last -1."""
    n = Noisy(100, 0.0)
    assert points(Noisy(40, 0.0), n, 2, 10_000).value == pytest.approx(0.7)
    assert points(Noisy(100, 0.0), n, 2, 10_000).value == 1


def test_of_two_that_are_compared_the_score_is_nearly_the_share_of_wins() -> None:
    mets = [Noisy(100, 0.0)] * 2
    first, second = preferred([Noisy(60, 0.0), Noisy(-60, 0.0)], mets)
    assert (first.chance.value, second.chance.value) == pytest.approx((81 / 102, 21 / 102))
    assert (first.wins, first.met, second.wins) == (80, 100, 20)
    assert first.strength.value == -second.strength.value == pytest.approx(log(4) / 2, abs=0.01)


def test_what_noise_makes_of_the_sum_is_taken_off() -> None:
    """Wins are others' losses: all together they come to nothing."""
    mets = [Noisy(100, 9.0)] * 3
    found = preferred([Noisy(net, 9.0) for net in (45, 15, -30)], mets)
    assert [one.wins for one in found] == [67.5, 52.5, 30]


def test_noise_makes_no_choice_win_more_often_than_it_was_compared() -> None:
    mets = [Noisy(met, 200.0) for met in (9, 120, 130, 125)]
    found = preferred([Noisy(net, 200.0) for net in (40, -90, 30, 44)], mets)
    assert (found[0].wins, found[0].met) == (9, 9)
    assert sum(one.wins for one in found) == pytest.approx(sum(one.met for one in found) / 2)
    assert sum(one.strength.value for one in found) == pytest.approx(0)
    assert max(abs(one.strength.value) for one in found) < 5


def test_what_was_never_compared_is_anywhere() -> None:
    both = preferred([Noisy(0, 9.0)] * 2, [Noisy(-3, 9.0)] * 2)
    assert [(one.chance.value, one.chance.low, one.chance.high) for one in both] == [
        (0.5, 0, 1)
    ] * 2


def test_the_interval_of_a_chance_of_pairs_holds_the_truth() -> None:
    """A choice that wins 70 of 100 pairs, asked about by chance like five others: 95% of intervals
    hold .7, within what 400 draws leave (a normal's four standard deviations)."""
    chance = random.Random(6)  # noqa: S311 - repeatable
    held = 0
    for _ in range(400):
        asked = sum(chance.random() < 1 / 3 for _ in range(600))
        net = 2 * sum(chance.random() < 0.7 for _ in range(asked)) - asked
        nets = [Noisy(net, 0.0), *[Noisy(round(-net / 5), 0.0)] * 5]
        one = preferred(nets, [Noisy(asked, 0.0)] * 6)[0].chance
        held += one.low <= 0.7 <= one.high
    assert abs(held - 380) < 4 * (400 * 0.95 * 0.05) ** 0.5


def test_groups_of_one_mind_are_rarely_told_apart() -> None:
    chance = random.Random(4)  # noqa: S311 - repeatable
    told = 0
    for _ in range(TIMES):
        both = []
        for _ in range(2):
            answered = _asked(chance, (0.4, 0.6), 40)
            n = _drawn(chance, 40, 1, Fraction(9, 10))
            both.append(share(_drawn(chance, sum(answered), 1, Fraction(9, 10)), n, 10_000))
        told += differ(*both) < 0.05
    assert told / TIMES < 0.07


def test_what_is_far_apart_is_told_apart() -> None:
    n = Noisy(100, 4.0)
    assert differ(share(Noisy(70, 4.0), n, 500), share(Noisy(40, 4.0), n, 500)) < 0.001


def test_nobody_has_no_share() -> None:
    with pytest.raises(ValueError, match="nobody answered"):
        share(Noisy(0, 1.0), Noisy(0, 1.0), 10)
    with pytest.raises(ValueError, match="no answers"):
        mean({1.0: Noisy(-1, 1.0)}, Noisy(3, 1.0), 10)
