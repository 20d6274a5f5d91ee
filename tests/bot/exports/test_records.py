"""One record for each released figure: with its interval, or with what is shown in its place."""

from __future__ import annotations

from bot.exports.records import Record, records
from core.words import Words
from tests.bot.web.examples import RESULTS

FOUND = list(records(RESULTS, Words()))


def of(group: str, question: str) -> list[Record]:
    return [one for one in FOUND if (one.group, one.question) == (group, question)]


def test_a_group_has_a_side_a_dash_and_a_figure_with_its_interval() -> None:
    told = {one.answer: (one.shown, one.value, one.low) for one in of("Middle schools", "wifi")}
    assert told == {
        "low": ("few", None, None),
        "middle": ("not shown", None, None),
        "high": ("", 0.62, 0.47),
    }


def test_a_ranking_says_which_places_each_choice_may_have() -> None:
    ranked = of("Everyone asked", "priorities")
    places = {one.answer: one.shown for one in ranked if one.measure == "place"}
    assert places == {"coverage": "1", "repairs": "2–3", "training": "2–3", "signin": "4"}
    assert [one.value for one in ranked if one.measure == "points"] == [0.71, 0.52, 0.5, 0.21]


def test_a_building_has_its_key_and_its_name_and_too_small_a_group_one_line() -> None:
    (named,) = {one.group for one in FOUND if one.building == "northside"}
    assert named == "Northside Elementary School"
    (few,) = [one for one in FOUND if one.level == "high"]
    assert (few.question, few.value, few.about_n, few.shown) == ("", None, None, "not shown")
