"""What is said of differences between groups, and of weights, against independent computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from surveys.results.statistics import effective_size, holm, rake

COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda held: sum(held) >= 5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holms_correction_is_statsmodels(ps: list[float]) -> None:
    theirs = multipletests(ps, method="holm")[1]
    assert holm(ps) == pytest.approx(list(theirs))


def test_holm_by_hand() -> None:
    """0.01, 0.03, 0.04 of three: 3*0.01, then 2*0.03, then no less than that."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([]) == []


def test_raking_reaches_both_margins_and_gives_the_published_table() -> None:
    """Deming and Stephan's iteration, on the two-way table of a textbook case worked by hand: rows
    are to be 60 and 40, columns 70 and 30, of 30, 20, 30, 20 who answered."""
    cells = [(("a", "x"), 30), (("a", "y"), 20), (("b", "x"), 30), (("b", "y"), 20)]
    weights = rake(cells, [{"a": 60, "b": 40}, {"x": 70, "y": 30}])
    held = [w * n for w, (_, n) in zip(weights, cells, strict=True)]
    assert held == pytest.approx([42, 18, 28, 12])  # independent in the sample: r*c/100


TABLE = st.lists(st.lists(st.integers(5, 200), min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=30, deadline=None)
@given(TABLE, TABLE)
def test_raking_is_the_table_nearest_to_the_sample_with_the_rosters_margins(
    sample: list[list[int]], roster: list[list[int]]
) -> None:
    """Against a plain iterative fit of the matrix in numpy, without a cap; and by what makes it the
    one: every 2x2 odds ratio is the sample's."""
    rows = min(len(sample), len(roster))
    found, wanted = np.array(sample[:rows], dtype=float), np.array(roster[:rows], dtype=float)
    wanted *= found.sum() / wanted.sum()
    cells = [((f"r{r}", f"c{c}"), int(found[r, c])) for r in range(rows) for c in range(3)]
    targets = [
        {f"r{r}": float(wanted[r].sum()) for r in range(rows)},
        {f"c{c}": float(wanted[:, c].sum()) for c in range(3)},
    ]
    weights = rake(cells, targets, cap=1e9)
    fitted = np.array(weights).reshape(rows, 3) * found
    assert fitted.sum(axis=1) == pytest.approx(wanted.sum(axis=1), rel=1e-5)
    assert fitted.sum(axis=0) == pytest.approx(wanted.sum(axis=0), rel=1e-5)
    odds = np.log(fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0]))
    assert odds == pytest.approx(
        np.log(found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0])), abs=1e-6
    )


def test_no_weight_is_above_the_cap() -> None:
    cells = [(("a",), 1000), (("b",), 5)]
    weights = rake(cells, [{"a": 500.0, "b": 500.0}])
    assert weights[1] == pytest.approx(5.0, rel=1e-6)
    assert sum(w * n for w, (_, n) in zip(weights, cells, strict=True)) == pytest.approx(1005)


def test_the_effective_size_is_kishs() -> None:
    """Kish's: of 100 with weight 1 and 100 with weight 3, (400)²/(100 + 900) = 160."""
    assert effective_size([(1.0, 100), (3.0, 100)]) == pytest.approx(160)
    weights = np.array([1.0, 1.0, 2.0, 5.0])
    design = len(weights) * (weights**2).sum() / weights.sum() ** 2  # 1 + CV² of the weights
    assert design == pytest.approx(1 + weights.var() / weights.mean() ** 2)
    assert effective_size([(1.0, 2), (2.0, 1), (5.0, 1)]) == pytest.approx(4 / design)
