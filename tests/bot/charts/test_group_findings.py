"""Where groups agree and part on what they put first, from a closing to what is read."""

from __future__ import annotations

import random
from collections import Counter
from math import exp

import pytest

from bot.charts.beside_chat import beside
from bot.charts.beside_words import comparison_words
from bot.charts.group_findings import parting
from bot.web.result_figures import Chosen, groups
from core.text import text
from core.words import Words
from governance.labels import Labels
from surveys.ports import OpenResponse
from surveys.priorities.choosing import next_pair
from surveys.questions import Choice, Pair, Pairwise
from surveys.results.beside import ComparedBy
from surveys.results.model import WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import of_the_district
from tests.attacks.disclosure.door import NOON, wave_of
from tests.surveys.disclosure.plans import BY_LEVEL, WHOLE, survey_of

WORDS = Words("en", "America/Chicago")
LABELS = {"wifi": "Better Wi-Fi", "devices": "New devices", "help": "A help desk", "time": "Time"}


def closed(worth: dict[str, dict[str, float]], people: int = 400) -> WaveResults:
    """A wave of pairs. ``worth``: how strong each choice is at each level."""
    chance = random.Random("groups")  # noqa: S311 - repeatable
    question = Pairwise(
        key="q",
        prompt=text("Which matters more?"),
        choices=tuple(Choice(key=key, label=text(label)) for key, label in LABELS.items()),
        pairs=5,
    )
    given = []
    for level, strength in worth.items():
        shown: Counter[str] = Counter()
        for _ in range(people):
            own: list[Pair] = []
            entries = []
            while len(own) < 5 and (pair := next_pair(shown, own, [*LABELS], chance.randrange)):
                own.append(pair)
                shown.update(pair)
                a, b = pair
                wins = chance.random() < 1 / (1 + exp(strength[b] - strength[a]))
                entries.append(f"{a}>{b}" if wins else f"{b}>{a}")
            given.append(
                OpenResponse(
                    answers={"q": tuple(entries)}, role="teacher", level=level, building=level
                )
            )
    asked = {("teacher", level, level): 2 * people for level in worth}
    survey = survey_of([question], tables=(WHOLE, BY_LEVEL))
    return final_results(
        wave_of(survey), given, asked, sum(asked.values()), str, NOON, below=chance.randrange
    )


SAME = {"wifi": 1.2, "devices": 0.4, "help": -0.4, "time": -1.2}
OTHER = {"wifi": -1.2, "devices": 1.2, "help": 0.4, "time": -0.4}


@pytest.fixture(scope="module")
def parted() -> WaveResults:
    return closed({"elementary": SAME, "middle": SAME, "high": OTHER})


@pytest.fixture(scope="module")
def agreed() -> WaveResults:
    return closed({"elementary": SAME, "middle": SAME, "high": SAME})


def test_a_choice_that_is_first_for_some_and_last_for_others_is_named(parted: WaveResults) -> None:
    said = parting(parted, "q", WORDS)
    assert said in {
        f"“Better Wi-Fi” is first for {level} schools and fourth for high schools."
        for level in ("elementary", "middle")
    }


def test_groups_that_put_the_same_first_are_told_to_agree(agreed: WaveResults) -> None:
    assert parting(agreed, "q", WORDS) == (
        "All groups shown put the same 3 choices first: Better Wi-Fi, New devices, A help desk."
    )


def test_a_difference_is_one_of_points_and_passes_the_same_test(parted: WaveResults) -> None:
    found = [one for one in parted.comparisons if one.item == "wifi"]
    assert {one.test for one in found} == {ComparedBy.POINTS}
    said = comparison_words(found[0], WORDS, Labels(WORDS))
    assert said.startswith("High schools: “Better Wi-Fi” has ")
    assert " of 100 points, compared with " in said


def test_groups_of_one_order_are_rarely_told_apart(agreed: WaveResults) -> None:
    assert agreed.compared == 12
    assert agreed.comparisons == ()


def test_it_stands_on_the_page_and_in_the_chat(parted: WaveResults) -> None:
    said = parting(parted, "q", WORDS)
    (whole,) = groups(parted, WORDS, Chosen())
    assert said in whole.figures[0].remarks
    (high,) = groups(parted, WORDS, Chosen(by="level", group="level:high"))
    assert "Wi-Fi” is first" not in high.figures[0].remarks
    (told,) = (one for one in beside(parted, WORDS) if one.key == "|parted")
    assert told.lines == (f"Which matters more? {said}",)


def test_nothing_of_groups_is_told_to_whom_none_is_shown(parted: WaveResults) -> None:
    assert parting(of_the_district(parted), "q", WORDS) == ""
    assert all(one.key != "|parted" for one in beside(of_the_district(parted), WORDS))
