"""Strengths from pairs against published tables, an independent implementation and an optimizer."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import choix
import numpy as np
import pytest

from surveys.results.strengths import PRIOR, all_our_ideas, by_chance, strengths

LEAGUE = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
"""Baseball, the American League's eastern division in 1987: A. Agresti, Categorical Data Analysis,
2nd ed. (2002), table 10.10. Wins of the row over the column: Milwaukee, Detroit, Toronto, New York,
Boston, Cleveland, Baltimore."""

CITATIONS = ((0, 730, 498, 221), (33, 0, 68, 17), (320, 813, 0, 142), (284, 276, 325, 0))
"""Citations among four journals of statistics, 1987 and 1988 (the row was cited by the column):
S. M. Stigler, Statistical Science 9 (1994), as in Agresti, table 10.14: Biometrika, Communications
in Statistics, JASA, JRSS-B."""

Wins = Sequence[Sequence[int]]


def of(wins: Wins, prior: float = PRIOR) -> list[float]:
    everyone = range(len(wins))
    met = [[float(wins[a][b] + wins[b][a]) for b in everyone] for a in everyone]
    return strengths([float(sum(row)) for row in wins], met, prior)


@pytest.mark.parametrize(
    ("wins", "last", "published"),
    [
        (LEAGUE, 6, [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0]),
        (CITATIONS, 0, [0.0, -2.9491, -0.4796, 0.2690]),
    ],
)
def test_the_tables_that_are_published(wins: Wins, last: int, published: list[float]) -> None:
    """As R's BradleyTerry2 prints them, beside one of them and without a prior."""
    found = of(wins, prior=1e4)
    assert [one - found[last] for one in found] == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("wins", [LEAGUE, CITATIONS])
@pytest.mark.parametrize("prior", [0.5, 1.0, PRIOR, 10.0])
def test_an_independent_implementation_finds_the_same(wins: Wins, prior: float) -> None:
    """``choix`` (MIT), whose penalty of alpha is a normal prior of variance 1/(2 alpha)."""
    data = [
        (a, b) for a, row in enumerate(wins) for b, times in enumerate(row) for _ in range(times)
    ]
    theirs = choix.opt_pairwise(len(wins), data, alpha=prior**-2 / 2, tol=1e-12)
    assert of(wins, prior) == pytest.approx(list(theirs), abs=1e-6)


def test_what_never_lost_is_strong_and_not_infinite() -> None:
    found = of(((0, 10**6, 10**6), (0, 0, 0), (0, 0, 0)))
    assert all(map(isfinite, found))
    assert found[0] > found[1] == pytest.approx(found[2])


def test_whoever_never_met_anybody_is_in_the_middle() -> None:
    assert of(((0, 8, 0), (2, 0, 0), (0, 0, 0)))[2] == pytest.approx(0)


def test_totals_alone_say_how_often_each_met_each_other_one() -> None:
    same = np.array(by_chance([30.0, 30.0, 30.0]))
    assert same == pytest.approx(np.array([[0, 15, 15], [15, 0, 15], [15, 15, 0]]))
    two = np.array(by_chance([10.0, 10.0, 0.0]))
    assert two == pytest.approx(np.array([[0, 10, 0], [10, 0, 0], [0, 0, 0]]))
    each = [300.0, 110.0, 270.0, 20.0, 0.0, 240.0]
    found = np.array(by_chance(each))
    assert found == pytest.approx(found.T)
    assert np.sum(found, axis=1) == pytest.approx(each)


def test_strengths_of_totals_satisfy_what_they_are_the_solution_of() -> None:
    """The wins that they expect, and the prior's pull, are the wins that there were."""
    wins, each = [250.0, 40.0, 100.0, 15.0, 0.0, 65.0], [300.0, 110.0, 270.0, 20.0, 0.0, 240.0]
    met = by_chance(each)
    found = np.array(strengths(wins, met))
    chances = 1 / (1 + np.exp(found[None, :] - found[:, None]))
    expected = np.sum(np.array(met) * chances, axis=1)
    assert expected + found / PRIOR**2 == pytest.approx(np.array(wins))
    assert sum(found) == pytest.approx(0)


def test_the_score_of_all_our_ideas() -> None:
    """As its authors define it: no vote is 50, and one win of one vote is 67."""
    scores = [all_our_ideas(*votes) for votes in ((0, 0), (1, 1), (0, 1), (8, 8))]
    assert [round(one) for one in scores] == [50, 67, 33, 90]
