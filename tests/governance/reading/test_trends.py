"""What grows is told; what varies as it always does, or concerns fewer than five, is not."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from governance.reading.trends import FEWEST_PEOPLE, Growth, trending

QUIET = {f"theme-{n}": [n % 4 + 1] * 13 for n in range(20)}


def test_what_was_never_there_is_new_and_what_was_there_has_grown() -> None:
    new, growing = trending({**QUIET, "wifi": [0] * 12 + [12], "copiers": [3] * 12 + [15]})
    assert (new.theme, new.growth, new.people) == ("wifi", Growth.NEW, 12)
    assert (growing.theme, growing.growth, growing.people) == ("copiers", Growth.GROWING, 15)
    assert new.usual < 1
    assert 2 < growing.usual < 5
    assert new.chance < growing.chance < 0.05


def test_of_four_people_nothing_is_told() -> None:
    for people in range(FEWEST_PEOPLE):
        assert not trending({**QUIET, "wifi": [0] * 12 + [people]})


def test_a_week_in_which_everybody_writes_makes_nothing_grow() -> None:
    assert not trending({theme: [*weeks[:-1], 6 * weeks[-1]] for theme, weeks in QUIET.items()})


def test_before_a_month_has_passed_nothing_is_usual_yet() -> None:
    assert not trending(
        {**{theme: weeks[:4] for theme, weeks in QUIET.items()}, "wifi": [0, 0, 0, 30]}
    )
    assert not trending({})
    with pytest.raises(ValueError, match="the same weeks"):
        trending({"wifi": [1, 2], "copiers": [1]})


def _told(weeks: int, spread: float, growing: int = 0) -> tuple[int, int]:
    """Of so many districts with 84 themes and 60 messages a week, those told of chance, and those
    told of the theme of which one person a week wrote and now ``growing`` do."""
    draw = np.random.default_rng(5)
    share = draw.dirichlet(np.full(84, 0.5))
    target = int(np.abs(share - 1 / 60).argmin())
    wrong = right = 0
    for _ in range(weeks):
        volume = 60 * draw.gamma(4, 0.25, 27)
        expected = np.outer(share, volume)
        counts = draw.poisson(expected * draw.gamma(1 / spread, spread, expected.shape))
        if growing:
            counts[target, -1] = draw.poisson(growing)
        told = {t.theme for t in trending({str(at): row.tolist() for at, row in enumerate(counts)})}
        right += str(target) in told
        wrong += bool(told - ({str(target)} if growing else set()))
    return wrong, right


def test_where_weeks_vary_by_more_than_chance_little_is_told_that_is_none() -> None:
    wrong, _ = _told(200, spread=0.5)
    assert wrong <= 14  # 5 in 100, and what 200 draws leave open
    _, right = _told(60, spread=0.5, growing=14)
    assert right >= 50


def test_the_first_page_with_trends_does_not_wait_for_a_library_to_load() -> None:
    """``scipy.stats`` takes three seconds to load, longer than a door waits for the database."""
    first = (
        "import sys; from governance.reading.trends import trending; "
        "assert trending({'network': [0, 1, 0, 0, 1, 10], 'other': [9, 9, 9, 9, 9, 9]}); "
        "sys.exit('scipy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", first], check=False).returncode == 0
