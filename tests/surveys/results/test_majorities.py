"""Majorities of a district's ranking, from what is released of it."""

from __future__ import annotations

import random
from collections.abc import Mapping

from core.text import text
from surveys.disclosure.results import tables
from surveys.disclosure.tables import released
from surveys.questions import Choice, Ranking
from surveys.results.model import RankingResult
from tests.surveys.disclosure.plans import WHOLE, response, survey_of
from tests.surveys.results.simulated import LEVELS


def told(ballots: Mapping[str, int], asked: int = 2400, seed: int = 1) -> RankingResult:
    """A district's result; each ballot is a string of choices, with how many gave it."""
    keys = sorted(set("".join(ballots)))
    question = Ranking(
        key="q",
        prompt=text("?"),
        choices=tuple(Choice(key=key, label=text(key)) for key in keys),
        top=len(keys),
    )
    survey = survey_of([question], tables=(WHOLE,))
    given = [
        response(LEVELS[0], {"q": tuple(ballot)})
        for ballot, times in ballots.items()
        for _ in range(times)
    ]
    below = random.Random(seed).randrange  # noqa: S311 - repeatable
    counts = released(survey, {LEVELS[0]: asked}, given, below=below)
    result = tables(survey, counts, {LEVELS[0]: asked})[0].cells[0].questions[0]
    assert isinstance(result, RankingResult)
    return result


def test_a_circle_of_large_majorities_is_told() -> None:
    result = told({"abcd": 300, "bcad": 300, "cabd": 300})
    assert result.circles == (("a", "b", "c"),)
    assert result.majorities == (("a", "b", "c"), ("d",))


def test_a_circle_that_chance_can_make_is_none() -> None:
    """Of 930 people, 30 more than half or fewer prefer each to the next."""
    even = dict.fromkeys(("abcd", "bcad", "cabd", "cbad", "acbd", "bacd"), 150)
    result = told({**even, "abcd": 160, "bcad": 160, "cabd": 160})
    assert result.circles == ()
    assert result.majorities == (("a", "b", "c"), ("d",))


def test_a_majority_may_put_another_one_first_than_points_do() -> None:
    result = told({"abc": 550, "bca": 450})
    assert result.majorities[0] == ("a",)
    assert result.ranked[0].key == "b"


def test_points_are_the_sum_of_majorities() -> None:
    """As they are where points themselves are counted, within what noise leaves."""
    ballots = {"abc": 150, "bca": 90, "bac": 60}
    by_two, by_points = told(ballots), told(ballots, asked=400)
    assert (by_two.majorities, by_points.majorities) == ((("a", "b"), ("c",)), ())
    for one in by_points.ranked:
        other = next(same for same in by_two.ranked if same.key == one.key)
        assert abs(one.points - other.points) < 0.05


def test_majorities_are_not_counted_of_many_choices_nor_of_few_people() -> None:
    assert told({"abcdefghijk": 300, "kjihgfedcba": 300}, asked=100_000).majorities == ()
    assert told({"abcdefghij": 300, "jihgfedcba": 300}, asked=2400).majorities == ()
    assert told({"abcdefghij": 300, "jihgfedcba": 300}, asked=100_000).majorities
