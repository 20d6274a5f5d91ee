"""Comparisons and weights: told from released figures alone, and right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from surveys.beside import ComparedBy
from surveys.commands import ShowResults
from surveys.encoding import results_from_json, results_to_json
from surveys.messages import Results
from surveys.ports import Disposed, OpenResponse
from surveys.questions import Answer
from surveys.release import final_results
from surveys.results import ShareResult, WaveResults
from surveys.setting_beside import Known
from surveys.survey import Dimension, Participation, WaveState
from surveys.tabulating import Atom, atom_of
from surveys.viewing import show_results
from tests.surveys.store import NOON, WEEK, DictStore, person, survey, wave

LEVEL, BUILDING, ROLE = Dimension.LEVEL, Dimension.BUILDING, Dimension.ROLE
LEVELS = {"elementary": "elm", "middle": "mill", "high": "hill"}


def said(n: int, level: str, building: str = "", role: str = "teacher", **answers: Answer):  # type: ignore[no-untyped-def]
    return [
        OpenResponse(answers=answers, role=role, level=level, building=building or LEVELS[level])
    ] * n


def district(
    high: Iterable[int], elementary: Iterable[int], middle: int = 30
) -> list[OpenResponse]:
    """How many say 1, 2, … of the Wi-Fi in high and elementary schools; in the middle, 3 to 5."""
    found = [r for point, n in enumerate(high, 1) for r in said(n, "high", wifi=point)]
    found += [r for point, n in enumerate(elementary, 1) for r in said(n, "elementary", wifi=point)]
    return found + [r for point in (3, 4, 5) for r in said(middle // 3, "middle", wifi=point)]


def closed(
    responses: list[OpenResponse],
    *tables: tuple[Dimension, ...],
    asked: dict[Atom, int] | None = None,
) -> WaveResults:
    panel = asked or Counter(map(atom_of, responses))
    disposed = [
        Disposed(
            role=role,
            level=level,
            building=building,
            became=Participation.ANSWERED,
            reached=True,
            left=False,
            people=people,
        )
        for (role, level, building), people in panel.items()
    ]
    known = Known(disposed=disposed)
    return final_results(
        wave(survey(*tables)), responses, panel, sum(panel.values()), str, NOON, known
    )


LOW, EVEN = (20, 20, 20, 10, 10), (10, 10, 20, 20, 20)


def test_a_difference_that_is_larger_than_chance_is_told_and_which_group_is_lower() -> None:
    results = closed(district(LOW, EVEN, middle=0), (LEVEL,))
    (first,) = results.comparisons
    assert (first.question, first.lower, first.higher) == (
        "wifi",
        (("level", "high"),),
        (("level", "elementary"),),
    )
    assert (first.low, first.high) == pytest.approx((2.625, 3.375))
    assert first.p < 0.01
    assert first.test is ComparedBy.MANN_WHITNEY
    assert results.compared == 1


def test_groups_that_answer_alike_are_not_said_to_differ() -> None:
    results = closed(district(EVEN, EVEN), (LEVEL,))
    assert not [one for one in results.comparisons if one.lower != (("level", "middle"),)]


def test_where_a_point_is_coded_the_share_above_a_point_is_compared() -> None:
    """Nobody of the middle schools says 1 or 2, which is coded, and with it their mean."""
    results = closed(district(LOW, EVEN), (LEVEL,))
    assert results.compared == 3  # each of three levels with each, on the one scale answered
    cut = next(one for one in results.comparisons if one.higher == (("level", "middle"),))
    assert (cut.lower, cut.at_least, cut.test) == (
        (("level", "high"),),
        4,
        ComparedBy.PROPORTIONS,
    )
    assert (cut.low, cut.high) == pytest.approx((20 / 80, 20 / 30))


def test_what_chance_makes_once_in_many_comparisons_is_not_told() -> None:
    """By itself p is 0.03; of seven buildings, each against all others, Holm asks for less."""
    half = [1, 2, 3, 4, 5] * 4
    buildings = [r for b in "abcdef" for point in half for r in said(1, "high", b, wifi=point)]
    other = [
        r
        for point in [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 2, 1, 5, 5, 5, 1, 2, 1]
        for r in said(1, "high", "g", wifi=point)
    ]
    results = closed(buildings + other, (BUILDING,))
    assert results.compared == 7
    assert results.comparisons == ()


def test_of_many_groups_each_is_held_against_all_others_together() -> None:
    half = [1, 2, 3, 4, 5] * 8
    buildings = [r for b in "abcdef" for point in half for r in said(1, "high", b, wifi=point)]
    other = [
        r
        for point in [1] * 20 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5
        for r in said(1, "high", "g", wifi=point)
    ]
    (told,) = closed(buildings + other, (BUILDING,)).comparisons
    assert (told.lower, told.higher) == ((("building", "g"),), ())
    assert (told.low, told.high) == pytest.approx((2.25, 3.0))


def test_a_coded_group_is_held_against_nothing() -> None:
    """All of the high schools say laptop, which is coded: no comparison may say how many."""
    answers = said(30, "high", device="laptop")
    for level in ("middle", "elementary"):
        answers += said(15, level, device="tablet") + said(15, level, device="board")
    results = closed(answers, (LEVEL,))
    groups = {one.lower for one in results.comparisons} | {
        one.higher for one in results.comparisons
    }
    assert (("level", "high"),) not in groups


def test_a_choices_share_is_compared_choice_by_choice() -> None:
    answers = said(30, "high", device="laptop") + said(30, "high", device="tablet")
    answers += said(15, "middle", device="laptop") + said(45, "middle", device="board")
    results = closed(answers, (LEVEL,))
    laptop = next(one for one in results.comparisons if one.item == "laptop")
    assert laptop.test is ComparedBy.PROPORTIONS
    assert (laptop.lower, laptop.low) == ((("level", "middle"),), pytest.approx(1 / 4))


ASKED: dict[Atom, int] = {
    ("teacher", "high", "hill"): 80,
    ("teacher", "elementary", "elm"): 720,
    ("teacher", "middle", "mill"): 30,
}


def test_weighted_figures_stand_in_for_who_answered_less() -> None:
    """High schools answered all, elementary schools one in nine, middle schools all. By hand:
    (80 * 10/80 + 720 * 20/80 + 30 * 10/30) of 830 say 5."""
    results = closed(district(LOW, EVEN), (LEVEL,), asked=ASKED)
    wifi = results.weighted[0]
    assert (wifi.by, wifi.n) == ((LEVEL,), 190)
    five = next(share for share in wifi.shares if share.key == "5")
    assert five.unweighted == pytest.approx(40 / 190)
    weights = [(80 / 80, 80), (720 / 80, 80), (30 / 30, 30)]
    assert five.weighted == pytest.approx((10 + 180 + 10) / 830)
    total = sum(w * n for w, n in weights)
    assert five.effective == pytest.approx(total**2 / sum(w * w * n for w, n in weights))


def test_a_coded_group_is_weighted_with_the_rest_of_the_district() -> None:
    """Nobody of the middle schools says 1: their count is coded, and so is another's that would
    give it away. What is left when the third is taken from the district is one stratum."""
    results = closed(district(LOW, EVEN), (LEVEL,), asked=ASKED)
    wifi = results.weighted[0]
    told = {
        dict(cell.group)["level"]: result.n
        for cell in results.tables[1].cells
        for result in cell.questions
        if isinstance(result, ShareResult)
        and result.question == "wifi"
        and result.shares[0].count is not None
    }
    assert "middle" not in told
    (level, n), *others = told.items()
    assert not others
    asked = next(size for atom, size in ASKED.items() if atom[1] == level)
    one = next(share for share in wifi.shares if share.key == "1")
    held = {"high": 20, "elementary": 10}[level]
    expected = (asked * held / n + (830 - asked) * (30 - held) / (190 - n)) / 830
    assert one.weighted == pytest.approx(expected)


def test_without_a_planned_group_nothing_is_weighted_or_compared() -> None:
    results = closed(district(LOW, EVEN), asked=ASKED)
    assert (results.weighted, results.comparisons, results.compared) == ((), (), 0)


def test_what_stands_beside_the_tables_reads_back_as_it_was_kept() -> None:
    results = closed(district(LOW, EVEN), (LEVEL,), asked=ASKED)
    assert results.weighted
    assert results.comparisons
    assert results_from_json(results_to_json(results)) == results


def test_who_sees_no_groups_sees_nothing_that_tells_of_them() -> None:
    """Neither which group is lower, nor a group's rate, nor weights: with two groups those are the
    groups' own figures."""
    everything = closed(district(LOW, EVEN), (LEVEL,), (BUILDING,), asked=ASKED)
    store = DictStore()
    asked = wave(survey((LEVEL,), (BUILDING,)), state=WaveState.CLOSED)
    store.add_wave(asked)
    store.put_results(asked.id, everything)
    shown = {}
    for may in (True, False):
        command = ShowResults(wave_id=asked.id)
        found = show_results(store, person(), command, NOON + WEEK, may_see_all_tables=may)
        assert isinstance(found, Results)
        shown[may] = found.results
    assert shown[True] == everything
    of_all = shown[False]
    assert (of_all.comparisons, of_all.compared, of_all.weighted) == ((), 0, ())
    assert of_all.rates is not None
    assert of_all.rates.groups == ()
    assert {part.by for part in of_all.make_up} == {ROLE, LEVEL}
    assert [table.plan.by for table in of_all.tables] == [()]
    whole, own = (what for _, what in store.ledger)
    assert whole.endswith("beside them: rates, who answered, comparisons, weights")
    assert own.endswith("beside them: rates, who answered")
