"""What is shown of noisy counts: a figure, a side, or a dash."""

from __future__ import annotations

import pytest

from surveys.disclosure.noise import Noisy
from surveys.disclosure.rules import (
    Figure,
    Shown,
    Side,
    judged,
    margin,
    of_several,
    without_remainders,
)


def _judged(count: int, n: int) -> Shown:
    return judged(Noisy(count, 2.0), Noisy(n, 2.0))


@pytest.mark.parametrize(
    ("count", "n", "side"),
    [(20, 22, Side.MOST), (1, 22, Side.FEW), (-3, 22, Side.FEW), (30, 22, Side.MOST)],
)
def test_a_one_sided_share_is_a_side(count: int, n: int, side: Side) -> None:
    assert _judged(count, n) is side


def test_a_mixed_share_is_a_figure_with_its_noise() -> None:
    shown = _judged(14, 22)
    assert isinstance(shown, Figure)
    assert shown.share == pytest.approx(14 / 22)
    assert shown.noise == pytest.approx((2 + (14 / 22) ** 2 * 2) ** 0.5 / 22)


def test_ninety_two_percent_of_many_is_a_figure() -> None:
    assert isinstance(_judged(932, 1013), Figure)
    assert isinstance(_judged(405, 440), Figure)
    assert _judged(129, 140) is Side.MOST


def test_the_margin_grows_with_the_group() -> None:
    margins = [margin(n) for n in range(12, 3000)]
    assert margins == sorted(margins)


def test_a_choice_that_is_not_shown_is_not_alone() -> None:
    """Else the whole less the others would be it."""
    n = Noisy(100, 2.0)
    shown = of_several([Noisy(48, 2.0), Noisy(33, 2.0), Noisy(18, 2.0), Noisy(1, 2.0)], n)
    assert [isinstance(one, Figure) for one in shown] == [True, True, False, False]
    assert shown[2] is shown[3] is None


def test_what_nearly_all_chose_is_named() -> None:
    shown = of_several([Noisy(96, 2.0), Noisy(3, 2.0), Noisy(1, 2.0)], Noisy(100, 2.0))
    assert shown == [Side.MOST, None, None]


def test_where_each_has_two_of_several_no_side_is_named() -> None:
    n = Noisy(100, 2.0)
    assert of_several([Noisy(97, 2.0), Noisy(95, 2.0), Noisy(8, 2.0)], n, 2) == [None] * 3


def test_where_each_has_three_of_four_the_figures_do_not_tell_the_others() -> None:
    """Two figures leave 192 ticks to two boxes that nearly all ticked."""
    counts = [Noisy(96, 2.0), Noisy(60, 2.0), Noisy(48, 2.0), Noisy(96, 2.0)]
    shown = of_several(counts, Noisy(100, 2.0), 3)
    assert [isinstance(one, Figure) for one in shown] == [False, False, True, False]
    mixed = [Noisy(99, 2.0), Noisy(60, 2.0), Noisy(70, 2.0), Noisy(71, 2.0)]
    shown = of_several(mixed, Noisy(100, 2.0), 3)
    assert [isinstance(one, Figure) for one in shown] == [False, True, True, False]


def test_a_remainder_of_one_mind_takes_a_figure_along() -> None:
    """The level less its shown schools is a school of one mind that is not shown."""
    schools = [frozenset({("teacher", "high", key)}) for key in "abcd"]
    level = frozenset().union(*schools)
    n = {school: Noisy(100, 1.0) for school in schools} | {level: Noisy(400, 1.0)}
    count = {school: Noisy(60, 1.0) for school in schools} | {level: Noisy(280, 1.0)}
    count[schools[0]] = Noisy(99, 1.0)
    count[level] = Noisy(279, 1.0)
    n[schools[3]] = Noisy(90, 1.0)
    shown = {level, *schools[1:]}
    kept = without_remainders(shown, {level: [schools]}, len, n, count)
    assert kept == {level, schools[1], schools[2]}
    count[schools[0]] = Noisy(60, 1.0)
    count[level] = Noisy(240, 1.0)
    assert without_remainders(shown, {level: [schools]}, len, n, count) == shown


def test_a_remainder_that_noise_covers_takes_nothing_along() -> None:
    schools = [frozenset({("teacher", "high", key)}) for key in "ab"]
    level = frozenset().union(*schools)
    n = {schools[0]: Noisy(20, 9.0), schools[1]: Noisy(100, 9.0), level: Noisy(120, 40.0)}
    count = {schools[0]: Noisy(20, 9.0), schools[1]: Noisy(50, 9.0), level: Noisy(70, 40.0)}
    shown = {level, schools[1]}
    assert without_remainders(shown, {level: [schools]}, len, n, count) == shown
