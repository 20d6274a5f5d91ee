"""Response rates and who answered beside who was asked, from counts without noise."""

from __future__ import annotations

import pytest

from surveys.ports import OpenResponse
from surveys.results.beside import MakeUpRow, Rates
from surveys.results.model import WaveResults
from surveys.results.release import final_results, live_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import Atom
from surveys.results.taking_part import rates
from surveys.survey import Dimension
from tests.surveys.store import NOON, survey, wave

pytestmark = pytest.mark.usefixtures("exact")

ROLE, LEVEL, BUILDING = Dimension.ROLE, Dimension.LEVEL, Dimension.BUILDING
LEVELS = {"north": "high", "south": "high", "east": "middle"}


def responses(n: int, role: str = "teacher", building: str = "north") -> list[OpenResponse]:
    answer = {"wifi": 3}
    return [OpenResponse(answers=answer, role=role, level=LEVELS[building], building=building)] * n


def closed(answered: list[OpenResponse], *tables: tuple[Dimension, ...]) -> WaveResults:
    known = Known(asked=PANEL)
    return final_results(wave(survey(*tables)), answered, PANEL, 161, str, NOON, known)


PANEL: dict[Atom, int] = {
    ("teacher", "high", "north"): 60,
    ("teacher", "high", "south"): 41,
    ("office", "middle", "east"): 40,
    ("support", "middle", "east"): 20,
}
ANSWERS = (
    responses(30)
    + responses(40, building="south")
    + responses(5, "office", "east")
    + responses(20, "support", "east")
)


def test_the_rate_is_aapors_of_everybody_who_was_asked() -> None:
    """I+P=95 of 161, whatever became of the others."""
    found = closed(ANSWERS).rates
    assert found is not None
    assert (found.asked, found.answered, found.response_rate_2) == (161, 95, 95 / 161)
    assert (found.response_rate_1, found.declined, found.not_reached, found.left) == (None,) * 4


def test_a_groups_rate_is_shown_with_the_group_and_coded_where_nearly_all_answered() -> None:
    found = closed(ANSWERS, (BUILDING,)).rates
    assert found is not None
    shown = {dict(rate.group)["building"]: rate for rate in found.groups}
    assert (shown["north"].share, shown["north"].asked) == (0.5, 60)
    assert (shown["south"].share, shown["south"].coded) == (None, ">90%")
    assert shown["east"].share == 25 / 60


def test_a_group_of_which_too_few_answered_has_no_rate() -> None:
    found = closed(ANSWERS, (ROLE,)).rates
    assert found is not None
    office = next(rate for rate in found.groups if dict(rate.group)["role"] == "office")
    assert (office.share, office.coded, office.asked) == (None, None, 40)


def test_who_answered_stands_beside_who_was_asked_also_where_no_group_is_planned() -> None:
    by_role, by_level = closed(ANSWERS).make_up
    assert (by_role.by, by_level.by) == (ROLE, LEVEL)
    teachers, office, support = by_role.rows
    assert teachers == MakeUpRow(
        value="teacher", asked=101, asked_share=101 / 161, answered=70, answered_share=70 / 95
    )
    assert office.answered is None, "too few"
    assert support.answered is None, "all of them, so it is as silent as too few"
    assert [row.answered for row in by_level.rows] == [25, 70]


def test_by_building_only_where_a_table_by_building_is_planned() -> None:
    assert BUILDING not in {part.by for part in closed(ANSWERS).make_up}
    *_, by_building = closed(ANSWERS, (BUILDING,)).make_up
    assert [(row.value, row.answered) for row in by_building.rows] == [
        ("east", 25),
        ("north", 30),
        ("south", None),
    ]


def test_live_rates_tell_what_the_look_tells_and_no_more() -> None:
    live = live_results(wave(), responses(120), 250, None, NOON)
    assert live.rates == Rates(asked=250, answered=100, response_rate_2=0.4)
    assert live_results(wave(), responses(99), 250, None, NOON).rates is None


def test_nobody_asked_is_no_rate() -> None:
    assert rates(0, 0) is None
