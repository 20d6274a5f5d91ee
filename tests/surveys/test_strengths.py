"""Strengths from pairs, against a published league and an optimiser that knows nothing of them."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from scipy.optimize import minimize

from surveys import priorities
from surveys.priorities import bradley_terry, estimate, strengths

WAVE = UUID("5f0c7f0e-6f34-4d55-9d4e-2f0d6a3e8b11")

TEAMS = ["Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore"]
LEAGUE = np.array(
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ],
    dtype=float,
)
"""The American League's eastern division in 1987: A. Agresti, Categorical Data Analysis, 2nd ed.
(2002), table 10.10. Wins of the row over the column, 13 games each."""

AGRESTI = [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0]
"""His estimates over Baltimore's, with the decimals that R's BradleyTerry2 prints of them."""


def _posterior(strength: Any, wins: Any, prior: float) -> float:
    """Minus the log of what is to be made greatest, written down plainly."""
    value = 0.0
    for i, j in combinations(range(len(wins)), 2):
        chance = 1 / (1 + np.exp(strength[j] - strength[i]))
        value += wins[i, j] * np.log(chance) + wins[j, i] * np.log(1 - chance)
    average = 1 / (1 + np.exp(-strength))
    return -float(value + prior * np.sum(np.log(average) + np.log(1 - average)))


def test_the_league_that_agresti_works_through() -> None:
    """His has no prior: with next to none, differences are his."""
    found = bradley_terry(LEAGUE, prior=1e-7)
    assert [round(float(s), 3) for s in found - found[-1]] == [round(a, 3) for a in AGRESTI]


@pytest.mark.parametrize("seed", range(5))
def test_an_optimiser_that_knows_only_the_formula_finds_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    wins = random.poisson(2.0, (5, 5)).astype(float)
    np.fill_diagonal(wins, 0)
    wins[0, :] *= 40  # one that all but never loses
    wins[:, 0] = 0
    free = minimize(
        _posterior, np.zeros(5), args=(wins, 1.0), method="BFGS", options={"gtol": 1e-9}
    )
    assert bradley_terry(wins) == pytest.approx(free.x, abs=1e-4)


def test_what_never_lost_is_strong_and_not_infinite() -> None:
    wins = np.zeros((3, 3))
    wins[0, 1] = wins[0, 2] = 1_000_000
    found = bradley_terry(wins)
    assert np.all(np.isfinite(found))
    assert found[0] > found[1] == pytest.approx(float(found[2]))


def test_many_leagues_at_once_are_each_as_alone() -> None:
    both = bradley_terry(np.stack([LEAGUE, LEAGUE.T]))
    assert both[0] == pytest.approx(bradley_terry(LEAGUE))
    assert both[1] == pytest.approx(-both[0])


def test_the_estimate_of_all_our_ideas() -> None:
    """As its authors define it: no vote is 50, and one win of one vote is 67."""
    assert [round(estimate(w, n)) for w, n in ((0, 0), (1, 0), (0, 1), (8, 0))] == [50, 67, 33, 90]


def _asked(seed: int, worth: dict[str, float], people: int) -> list[list[tuple[str, str]]]:
    random, pairs = np.random.default_rng(seed), list(combinations(worth, 2))
    return [
        [
            (a, b) if random.random() < worth[a] / (worth[a] + worth[b]) else (b, a)
            for a, b in (pairs[n] for n in random.permutation(len(pairs))[:3])
        ]
        for _ in range(people)
    ]


def test_the_order_is_the_one_that_people_were_made_to_have() -> None:
    worth = {"a": 1.0, "b": 8.0, "c": 2.9, "d": 3.1}
    found = strengths(_asked(4, worth, 600), list(worth), WAVE, "q")
    assert (found[0].key, found[-1].key) == ("b", "a")
    assert [(s.key, s.tied_with_next) for s in found if s.tied_with_next] == [(found[1].key, True)]
    assert sum(s.chance for s in found) == pytest.approx(2.0)
    assert all(s.low <= s.chance <= s.high for s in found)
    assert sum(s.wins for s in found) == sum(s.losses for s in found) == 1800


def test_a_rerun_says_the_same_in_any_order_of_people() -> None:
    answers = _asked(1, {"a": 1.0, "b": 2.0, "c": 3.0}, 40)
    once = strengths(answers, ["a", "b", "c"], WAVE, "q")
    assert strengths(answers[::-1], ["a", "b", "c"], WAVE, "q") == once
    assert strengths(answers, ["a", "b", "c"], UUID(int=1), "q") != once


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of two choices with a true chance of 2/3, 60 people each asked once: about 95 of 100."""
    held = 0
    for seed in range(100):
        won = np.random.default_rng(seed).random(60) < 2 / 3
        answers = [[("a", "b") if one else ("b", "a")] for one in won]
        a = next(s for s in strengths(answers, ["a", "b"], WAVE) if s.key == "a")
        # Against an average one: half of the log odds between the two.
        held += a.low <= 1 / (1 + (1 / 2) ** 0.5) <= a.high
    assert held >= 88


def test_hands_are_as_wide_as_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """On average: each interval has a chance of its own."""
    wider = []
    for seed in range(8):
        answers = _asked(seed, {"a": 1.0, "b": 1.3, "c": 1.6}, 1000)
        monkeypatch.setattr(priorities, "HANDS", 2000)
        one_by_one = strengths(answers, ["a", "b", "c"], WAVE)
        monkeypatch.setattr(priorities, "HANDS", 300)
        dealt = strengths(answers, ["a", "b", "c"], WAVE)
        assert [(s.key, s.chance) for s in dealt] == [(s.key, s.chance) for s in one_by_one]
        widths = [[s.high - s.low for s in found] for found in (dealt, one_by_one)]
        wider += list(np.divide(*widths))
    assert np.mean(wider) == pytest.approx(1.0, abs=0.06)


def test_nobody_who_decided_is_no_result() -> None:
    with pytest.raises(ValueError, match="nobody decided"):
        strengths([[], []], ["a", "b"], WAVE)
