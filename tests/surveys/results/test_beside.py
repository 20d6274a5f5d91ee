"""Comparisons and weights: told from released figures alone, and right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from surveys.commands import ShowResults
from surveys.encoding import results_from_json, results_to_json
from surveys.messages import Results
from surveys.ports import OpenResponse
from surveys.questions import Answer
from surveys.results.beside import ComparedBy
from surveys.results.model import WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import Atom, atom_of
from surveys.results.viewing import show_results
from surveys.survey import Dimension, WaveState
from tests.surveys.store import NOON, WEEK, DictStore, person, survey, wave

pytestmark = pytest.mark.usefixtures("exact")

LEVEL, BUILDING, ROLE = Dimension.LEVEL, Dimension.BUILDING, Dimension.ROLE
LEVELS = {"elementary": "elm", "middle": "mill", "high": "hill"}


def said(n: int, level: str, building: str = "", role: str = "teacher", **answers: Answer):  # type: ignore[no-untyped-def]
    every = {"wifi": 3, "device": "laptop"} | answers
    return [
        OpenResponse(answers=every, role=role, level=level, building=building or LEVELS[level])
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
    known = Known(asked=panel)
    return final_results(
        wave(survey(*tables)), responses, panel, sum(panel.values()), str, NOON, known
    )


LOW, EVEN = (20, 20, 20, 10, 10), (10, 10, 20, 20, 20)
TWICE: dict[Atom, int] = {
    ("teacher", "high", "hill"): 160,
    ("teacher", "elementary", "elm"): 160,
    ("teacher", "middle", "mill"): 160,
}
"""Half of them answered, so there is something to guess."""


def test_a_difference_that_is_larger_than_chance_is_told_and_which_group_is_lower() -> None:
    """Of a scale its high end is compared: 20 of 80 against 40 of 80."""
    results = closed(district(LOW, EVEN, middle=0), (LEVEL,), asked=TWICE)
    (first,) = results.comparisons
    assert (first.question, first.lower, first.higher) == (
        "wifi",
        (("level", "high"),),
        (("level", "elementary"),),
    )
    assert (first.low, first.high, first.at_least) == (1 / 4, 1 / 2, 4)
    assert first.p < 0.01
    assert first.test is ComparedBy.PROPORTIONS
    assert results.compared == 1


def test_groups_that_answer_alike_are_not_said_to_differ() -> None:
    results = closed(district(EVEN, EVEN), (LEVEL,), asked=TWICE)
    assert results.compared == 3
    assert not [one for one in results.comparisons if one.lower != (("level", "middle"),)]


def buildings(*other: int) -> WaveResults:
    """Six buildings that answer alike, and one otherwise: (how many say 1 to 5)."""
    counts = list(enumerate((4, 4, 8, 12, 12), 1))
    alike = [r for b in "abcdef" for at, n in counts for r in said(n, "high", b, wifi=at)]
    last = [r for at, n in enumerate(other, 1) for r in said(n, "high", "g", wifi=at)]
    asked: dict[Atom, int] = {("teacher", "high", b): 400 for b in "abcdefg"}
    return closed(alike + last, (BUILDING,), asked=asked)


def test_what_chance_makes_once_in_many_comparisons_is_not_told() -> None:
    """17 of 40 say 4 or 5, of each other building 24. By itself p is 0.03; of seven buildings, each
    against all others, Holm asks for less."""
    results = buildings(8, 8, 7, 9, 8)
    assert results.compared == 7
    assert results.comparisons == ()


def test_of_many_groups_each_is_held_against_all_others_together() -> None:
    (told,) = buildings(12, 10, 8, 6, 4).comparisons
    assert (told.lower, told.higher) == ((("building", "g"),), ())
    assert (told.low, told.high) == pytest.approx((10 / 40, 24 / 40))


def test_a_group_without_a_figure_is_held_against_nothing() -> None:
    """All of the high schools say laptop, so only a side of them is named."""
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
    answers += said(15, "middle", device="laptop") + said(45, "middle", device="tablet")
    answers += said(20, "high", device="board") + said(20, "middle", device="board")
    results = closed(answers, (LEVEL,))
    laptop = next(one for one in results.comparisons if one.item == "laptop")
    assert laptop.test is ComparedBy.PROPORTIONS
    assert (laptop.lower, laptop.low) == ((("level", "middle"),), pytest.approx(15 / 80))


ASKED: dict[Atom, int] = {
    ("teacher", "high", "hill"): 80,
    ("teacher", "elementary", "elm"): 720,
    ("teacher", "middle", "mill"): 30,
}


def devices(high: int, elementary: int, middle: int) -> list[OpenResponse]:
    """How many say laptop, of 80, 80 and 30; as many have a tablet, and the rest a board."""
    found = []
    for level, n, of in (
        ("high", high, 80),
        ("elementary", elementary, 80),
        ("middle", middle, 30),
    ):
        for device, people in (("laptop", n), ("tablet", n), ("board", of - 2 * n)):
            found += said(people, level, device=device)
    return found


def test_weighted_figures_stand_in_for_who_answered_less() -> None:
    """High schools answered all, elementary schools one in nine, middle schools all. By hand:
    (80 * 20/80 + 720 * 30/80 + 30 * 10/30) of 830 say laptop."""
    results = closed(devices(20, 30, 10), (LEVEL,), asked=ASKED)
    (device,) = results.weighted
    assert (device.by, device.n) == ((LEVEL,), 190)
    laptop = next(share for share in device.shares if share.key == "laptop")
    assert laptop.unweighted == pytest.approx(60 / 190)
    weights = [(80 / 80, 80), (720 / 80, 80), (30 / 30, 30)]
    assert laptop.weighted == pytest.approx((20 + 270 + 10) / 830)
    total = sum(w * n for w, n in weights)
    assert laptop.effective == pytest.approx(total**2 / sum(w * w * n for w, n in weights))


def test_a_group_without_a_figure_is_weighted_with_the_rest_of_the_district() -> None:
    """Of the middle schools one says laptop, which is no figure, and both others would give it
    away, so one of them is none, either: what is left of the district stands for both."""
    results = closed(devices(20, 30, 1), (LEVEL,), asked=ASKED)
    laptop = next(share for share in results.weighted[0].shares if share.key == "laptop")
    assert laptop.weighted == pytest.approx((20 + 750 * 31 / 110) / 830)


def test_without_a_planned_group_nothing_is_weighted_or_compared() -> None:
    results = closed(district(LOW, EVEN), asked=ASKED)
    assert (results.weighted, results.comparisons, results.compared) == ((), (), 0)


def test_what_stands_beside_the_tables_reads_back_as_it_was_kept() -> None:
    results = closed(devices(20, 30, 10), (LEVEL,), asked=ASKED)
    assert results.weighted
    assert results.comparisons
    assert results_from_json(results_to_json(results)) == results


def test_who_sees_no_groups_sees_nothing_that_tells_of_them() -> None:
    """Neither which group is lower, nor a group's rate, nor weights: with two groups those are the
    groups' own figures."""
    everything = closed(devices(20, 30, 10), (LEVEL,), (BUILDING,), asked=ASKED)
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
