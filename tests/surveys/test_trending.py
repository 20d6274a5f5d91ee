"""Trends: what changed between two waves, and that two waves together single nobody out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from surveys.beside import Break, Trend
from surveys.encoding import results_from_json, results_to_json
from surveys.ports import Moved, OpenResponse
from surveys.questions import Answer, Choice, Scale
from surveys.release import final_results
from surveys.results import WaveResults
from surveys.setting_beside import Known
from surveys.statistics import difference, wilson
from surveys.survey import Dimension, Page, Survey
from surveys.tabulating import Atom, atom_of
from surveys.trending import Earlier
from surveys.words import text
from tests.surveys.audit import given_away
from tests.surveys.store import DEVICE, NOON, WEEK, WIFI, survey, wave

LEVEL, BUILDING, ROLE = Dimension.LEVEL, Dimension.BUILDING, Dimension.ROLE


def said(n: int, level: str, building: str = "", **answers: Answer) -> list[OpenResponse]:
    return [
        OpenResponse(answers=answers, role="teacher", level=level, building=building or level)
    ] * n


def closed(
    asks: Survey,
    responses: list[OpenResponse],
    *earlier: tuple[Survey, WaveResults],
    moved: Mapping[Moved, int] | None = None,
) -> WaveResults:
    """A wave that continues others; unless said otherwise, everybody answered in this one only."""
    asked = Counter(map(atom_of, responses))
    fresh: dict[Moved, int] = {(None, atom): n for atom, n in asked.items()}
    fresh |= {(atom, None): 40 for atom in asked}
    known = Known(earlier=[Earlier(survey=s, results=r, moved=moved or fresh) for s, r in earlier])
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


def test_a_scale_has_its_mean_and_a_planned_group_its_own_line() -> None:
    asks = survey((LEVEL,))
    even = [said(9, level, wifi=p) for level in ("high", "middle") for p in range(1, 6)]
    low = [said(9, level, wifi=p) for level in ("high", "middle") for p in (1, 2, 3, 4, 5, 1, 1)]
    before = first(asks, [r for some in even for r in some])
    now = closed(asks, [r for some in low for r in some], (asks, before))
    told = trend(now, None, "high")
    assert [point.value for point in told.points] == pytest.approx([3.0, 17 / 7])
    assert told.change == pytest.approx(17 / 7 - 3)
    assert told.low is not None
    assert told.low < -0.5 < 0 < (told.high or 0) + 1
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
    before = first(asking(WIFI), said(10, "high", wifi=2) + said(10, "high", wifi=4))
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


def test_what_one_wave_withholds_is_a_gap() -> None:
    asks = survey()
    oldest = (asks, first(asks, laptops(10, 20)))
    middle = (asks, first(asks, said(4, "high", device="laptop")))
    told = trend(closed(asks, laptops(15, 20), middle, oldest), "laptop")
    assert [point.value for point in told.points] == [0.5, None, 0.75]
    assert told.change is None


HIGH: Atom = ("teacher", "high", "high")
MIDDLE: Atom = ("teacher", "middle", "middle")


def test_one_newcomer_in_a_group_is_not_singled_out_by_the_wave_before() -> None:
    """The same 12 of the high schools answer again, and one more: whoever keeps the first wave's
    table would subtract it. Twelve others join in the middle schools, so the district is safe."""
    asks = survey((LEVEL,))
    before = first(asks, laptops(6, 12) + laptops(6, 12, "middle"))
    now = laptops(7, 13) + laptops(12, 24, "middle")
    same: dict[Moved, int] = {(HIGH, HIGH): 12, (MIDDLE, MIDDLE): 12, (None, MIDDLE): 12}
    alone = closed(asks, now, (asks, before), moved={**same, (None, HIGH): 1})
    assert [cell.n for cell in alone.tables[1].cells] == [None, None]
    assert alone.tables[0].cells[0].n == 37
    assert trend(alone, "laptop").points[1].value is not None
    mixed = closed(
        asks, now, (asks, before), moved={**same, (HIGH, HIGH): 7, (HIGH, None): 5, (None, HIGH): 6}
    )
    assert {cell.n for cell in mixed.tables[1].cells} == {13, 24}


def test_where_the_district_itself_changes_by_one_no_group_is_shown() -> None:
    asks = survey((LEVEL,))
    before = first(asks, laptops(6, 12) + laptops(6, 12, "middle"))
    moved: dict[Moved, int] = {(HIGH, HIGH): 12, (MIDDLE, MIDDLE): 12, (None, MIDDLE): 1}
    now = closed(asks, laptops(6, 12) + laptops(7, 13, "middle"), (asks, before), moved=moved)
    assert now.tables[0].cells[0].n == 25
    assert [cell.n for cell in now.tables[1].cells] == [None, None]


@pytest.mark.parametrize("seed", range(60))
def test_two_waves_together_give_no_small_set_of_people_away(seed: int) -> None:
    """By brute force over random people who stay, come, go and move: of both waves' published
    groups, no combination is a set of 1 to 4 people, unless the district's totals are."""
    chance = Random(seed)  # noqa: S311
    places = [("teacher", level, b) for level, b in (("high", "a"), ("high", "b"), ("middle", "c"))]
    moved: Counter[Moved] = Counter()
    for place in places:
        moved[place, place] = chance.choice((0, 4, 9))
        moved[place, None] = chance.choice((0, 1, 3, 7))
        moved[None, place] = chance.choice((0, 1, 3, 7))
    moved[places[0], places[2]] = chance.choice((0, 1, 2))
    asks = survey((LEVEL,), (BUILDING,))

    def answers(side: int) -> list[OpenResponse]:
        found = []
        for at, n in moved.items():
            if (place := at[side]) is not None:
                for i in range(n):
                    found += said(1, place[1], place[2], device=("laptop", "tablet")[i % 2])
        return found

    before = first(asks, answers(0))
    now = closed(asks, answers(1), (asks, before), moved=moved)

    def rows(results: WaveResults, side: int) -> list[set[Moved]]:
        place = {"level": 1, "building": 2}
        return [
            {
                at
                for at in moved
                if (who := at[side]) is not None
                and all(who[place[name]] == value for name, value in cell.group)
            }
            for table in results.tables
            for cell in table.cells
            if cell.n is not None
        ]

    totals = [{at for at in moved if at[side] is not None} for side in (0, 1)]
    both = [*rows(before, 0), *rows(now, 1), *totals]
    assert len(given_away(both, moved)) == len(given_away([*rows(before, 0), *totals], moved))


def test_a_coded_share_has_no_line() -> None:
    asks = survey((LEVEL,))
    before = first(asks, laptops(10, 20) + laptops(20, 20, "middle"))
    now = closed(asks, laptops(12, 20) + laptops(20, 20, "middle"), (asks, before))
    assert now.tables[1].cells[0].n == 20
    assert {one.group for one in now.trends} == {()}
