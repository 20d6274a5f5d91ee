"""What is called 80% sure is right 80 times of 100, also of people whom the reader has not met."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from governance.reading.calibration import A_STEP, NEVER, calibrated, promised
from governance.reading.learning import softmax

Said = list[tuple[float, bool]]
"""Confidence, and whether it was right."""


def error(said: Said, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    found = 0.0
    for at in range(bins):
        here = [(c, hit) for c, hit in said if min(int(c * bins), bins - 1) == at]
        found += abs(sum(c for c, _ in here) - sum(hit for _, hit in here))
    return found / len(said)


def made(
    messages: int, *, exaggerated: float, none_pulls: float, seed: int = 4
) -> tuple[np.ndarray, np.ndarray]:
    """Logs of a reading that exaggerates and takes too much for "none" (the last of four), and
    what was right."""
    rng = np.random.default_rng(seed)
    honest = softmax(rng.normal(0, 2, (messages, 4)).astype(np.float32), 1.0)
    right = np.zeros((messages, 4), bool)
    right[np.arange(messages), [rng.choice(4, p=row / row.sum()) for row in honest]] = True
    logs = np.log(honest) * exaggerated
    logs[:, -1] += none_pulls
    return logs, right


def test_a_reading_that_exaggerates_and_files_too_much_is_brought_down_to_what_is_so() -> None:
    logs, right = made(3000, exaggerated=2.0, none_pulls=3.0)
    before = softmax(logs, 1.0)
    found = calibrated(logs, right, none=True)
    after = found.of(logs, none=True)
    assert found.temperature == pytest.approx(2.0, rel=0.15)
    assert found.none == pytest.approx(-1.5, abs=0.3)
    assert (before.argmax(1) == 3).mean() > right[:, 3].mean() + 0.15
    assert (after.argmax(1) == 3).mean() == pytest.approx(right[:, 3].mean(), abs=0.05)
    hits = right[np.arange(3000), after.argmax(1)]
    assert error([*zip(map(found.sure, after.max(1)), hits, strict=True)]) < 0.02


def test_a_surer_choice_is_never_called_less_sure_and_what_cannot_be_is_not() -> None:
    logs, right = made(40, exaggerated=2.0, none_pulls=0.0)
    found = calibrated(logs, right, none=True)
    said = [found.sure(share) for share in (0.0, 0.05, 0.3, 0.6, 0.99, 1.0)]
    assert said == sorted(said)
    assert said[0] == 0.0
    assert said[-1] <= 1.0


def test_surety_is_said_in_as_many_steps_as_messages_can_vouch_for() -> None:
    for messages, steps in ((40, 1), (2 * A_STEP, 2), (5 * A_STEP + 7, 5), (3000, 10)):
        found = calibrated(*made(messages, exaggerated=2.0, none_pulls=0.0), none=True)
        assert len(found.middles) == steps
        said = [found.sure(share) for share in np.linspace(0.01, 0.99, 200)]
        assert all(before < after for before, after in pairwise(said))
        leaps = sum(after - before > 0.02 for before, after in pairwise(said))
        assert leaps == steps - 1


def test_steps_are_nearer_to_what_is_right_of_others_messages_than_the_curve() -> None:
    near, curve = [], []
    for seed in range(0, 80, 2):
        found = calibrated(*made(300, exaggerated=2.0, none_pulls=1.0, seed=seed), none=True)
        logs, right = made(300, exaggerated=2.0, none_pulls=1.0, seed=seed + 1)
        shares = found.of(logs, none=True)
        hits = right[np.arange(300), shares.argmax(1)]
        near.append(error([*zip(map(found.sure, shares.max(1)), hits, strict=True)]))
        smooth = replace(found, edges=(), middles=())
        curve.append(error([*zip(map(smooth.sure, shares.max(1)), hits, strict=True)]))
    assert np.mean(near) < np.mean(curve) - 0.001  # .005 in the mean of many


def test_nothing_is_filed_where_hardly_anything_out_of_scope_was_known() -> None:
    shares = softmax(np.eye(4, dtype=np.float32)[np.zeros(50, int)], 0.2)
    right = np.zeros((50, 4), bool)
    right[:, 0] = True
    right[:19, 3] = True
    assert promised(shares, right, none=True).file == NEVER
    right[19, 3] = True
    assert promised(shares, right, none=True).file < 1
