"""Trends: what changed between two waves, told by figures without noise."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from core.text import text
from surveys.encoding import results_from_json, results_to_json
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, Scale
from surveys.results.beside import Break, Trend
from surveys.results.model import WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.statistics import difference, score_interval
from surveys.results.tabulating import atom_of
from surveys.results.trending import Earlier
from surveys.survey import Dimension, Page, Survey
from tests.surveys.store import DEVICE, NOON, WEEK, WIFI, survey, wave

LEVEL = Dimension.LEVEL
pytestmark = pytest.mark.usefixtures("exact")


def wilson(count: int, n: int) -> tuple[float, float]:
    return score_interval(count / n, n, NormalDist().inv_cdf(0.975) ** 2)


def said(n: int, level: str, building: str = "", **answers: Answer) -> list[OpenResponse]:
    every = {"wifi": 3, "device": "laptop"} | answers
    return [
        OpenResponse(answers=every, role="teacher", level=level, building=building or level)
    ] * n


def closed(
    asks: Survey,
    responses: list[OpenResponse],
    *earlier: tuple[Survey, WaveResults],
) -> WaveResults:
    """A wave that continues others."""
    asked = Counter(map(atom_of, responses))
    known = Known(earlier=[Earlier(survey=s, results=r) for s, r in earlier])
    return final_results(wave(asks), responses, asked, len(responses), str, NOON + WEEK, known)


def first(asks: Survey, responses: list[OpenResponse]) -> WaveResults:
    asked = Counter(map(atom_of, responses))
    return final_results(wave(asks), responses, asked, len(responses), str, NOON)


def laptops(n: int, of: int, level: str = "high") -> list[OpenResponse]:
    return said(n, level, device="laptop") + said(of - n, level, device="tablet")


def trend(results: WaveResults, item: str | None, group: str = "") -> Trend:
    return next(
        one
        for one in results.trends
        if one.item == item and (dict(one.group).get("level", "") == group)
    )


def test_a_share_is_told_over_two_waves_with_newcombes_interval() -> None:
    asks = survey()
    before = first(asks, laptops(56, 70))
    told = trend(closed(asks, laptops(48, 80), (asks, before)), "laptop")
    assert [(point.value, point.n) for point in told.points] == [(0.8, 70), (0.6, 80)]
    assert told.change == pytest.approx(-0.2)
    # All who were asked answered, so the intervals within each wave are points: nothing is left
    # to chance but who there is.
    assert (told.low, told.high) == pytest.approx((-0.2, -0.2))


def test_the_interval_is_newcombes_published_one() -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II: 56/70 - 48/80 = 0.2000,
    method 10: 0.0524 to 0.3339."""
    a, b = (48 / 80, *wilson(48, 80)), (56 / 70, *wilson(56, 70))
    assert difference(a, b) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(60, 200), st.integers(0, 90), st.integers(90, 300))
def test_the_interval_is_statsmodels(a: int, n_a: int, b: int, n_b: int) -> None:
    ours = difference((a / n_a, *wilson(a, n_a)), (b / n_b, *wilson(b, n_b)))
    theirs = confint_proportions_2indep(b, n_b, a, n_a, method="newcomb")
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_a_scale_has_its_mean_and_in_a_planned_group_its_high_end() -> None:
    asks = survey((LEVEL,))
    even = [said(9, level, wifi=p) for level in ("high", "middle") for p in range(1, 6)]
    low = [said(9, level, wifi=p) for level in ("high", "middle") for p in (1, 2, 3, 4, 5, 1, 1)]
    before = first(asks, [r for some in even for r in some])
    now = closed(asks, [r for some in low for r in some], (asks, before))
    told = trend(now, None)
    assert [point.value for point in told.points] == pytest.approx([3.0, 17 / 7])
    assert told.change == pytest.approx(17 / 7 - 3)
    high = trend(now, "high", "high")
    assert high.label is not None
    assert high.label.default == "4–5"
    assert [point.value for point in high.points] == pytest.approx([2 / 5, 2 / 7])
    assert results_from_json(results_to_json(now)) == now


def asking(*questions: Scale) -> Survey:
    return replace(survey(), pages=(Page(questions=questions),))


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (replace(WIFI, prompt=text("How fast is your Wi-Fi?")), (Break.WORDING,)),
        (replace(WIFI, points=7), (Break.POINTS,)),
        (replace(WIFI, labels={1: text("Awful")}), (Break.WORDING,)),
        (WIFI, ()),
    ],
)
def test_a_break_is_marked_and_no_change_told_across_it(now: Scale, why: tuple[Break, ...]) -> None:
    before = first(asking(WIFI), said(20, "high", wifi=2) + said(20, "high", wifi=4))
    after = closed(asking(now), said(20, "high", wifi=4), (asking(WIFI), before))
    (told,) = after.trends
    assert told.points[1].broken == why
    assert (told.change is None) == bool(why)


def test_other_choices_and_another_goal_are_breaks() -> None:
    def with_choices(*choices: Choice) -> Survey:
        return replace(survey(), pages=(Page(questions=(replace(DEVICE, choices=choices),)),))

    before = first(survey(), laptops(10, 20))
    more = with_choices(*DEVICE.choices, Choice(key="phone", label=text("Phone")))
    told = trend(closed(more, laptops(10, 20), (survey(), before)), "laptop")
    assert set(told.points[1].broken) == {Break.WORDING, Break.CHOICES}
    aligned = with_choices(*(replace(c, goal="g") for c in DEVICE.choices))
    told = trend(closed(aligned, laptops(10, 20), (survey(), before)), "laptop")
    assert told.points[1].broken == (Break.GOAL,)


def test_a_goal_that_was_reworded_between_two_waves_is_a_break() -> None:
    choices = tuple(replace(one, goal="g") for one in DEVICE.choices)
    asks = replace(survey(), pages=(Page(questions=(replace(DEVICE, choices=choices),)),))
    oldest, middle = first(asks, laptops(10, 20)), first(asks, laptops(12, 20))
    known = Known(
        earlier=[
            Earlier(survey=asks, results=middle, reworded=frozenset({"another"})),
            Earlier(survey=asks, results=oldest, reworded=frozenset({"g"})),
        ]
    )
    said = laptops(15, 20)
    asked = Counter(map(atom_of, said))
    told = trend(
        final_results(wave(asks), said, asked, len(said), str, NOON + WEEK, known), "laptop"
    )
    assert [point.broken for point in told.points] == [(), (Break.GOAL,), ()]
    assert told.change is not None, "between the last two waves it meant the same"


def test_what_one_wave_withholds_is_a_gap() -> None:
    asks = survey()
    oldest = (asks, first(asks, laptops(10, 20)))
    middle = (asks, first(asks, said(4, "high", device="laptop")))
    told = trend(closed(asks, laptops(15, 20), middle, oldest), "laptop")
    assert [point.value for point in told.points] == [0.5, None, 0.75]
    assert told.change is None


def test_a_coded_share_has_no_line() -> None:
    asks = survey((LEVEL,))
    before = first(asks, laptops(10, 20) + laptops(20, 20, "middle"))
    now = closed(asks, laptops(12, 20) + laptops(20, 20, "middle"), (asks, before))
    assert now.tables[1].cells[0].n == 20
    assert {one.group for one in now.trends} == {()}
