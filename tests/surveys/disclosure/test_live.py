"""Looks at an open survey: few, each worth reading, within a budget of their own."""

from __future__ import annotations

from itertools import combinations
from math import acosh, sqrt

import pytest

from core.text import text
from surveys.disclosure import tables
from surveys.disclosure.budget import BESIDE
from surveys.disclosure.live import FEWEST, following, looks, seen
from surveys.disclosure.noise import Noisy
from surveys.disclosure.results import figures
from surveys.disclosure.tables import Counted
from surveys.questions import FreeText, Scale
from surveys.results.model import ShareResult, Withheld
from surveys.survey import Condition
from tests.attacks.disclosure.door import exact
from tests.surveys.disclosure.plans import response, survey_of, yes_or_no
from tests.surveys.disclosure.usefulness import LIVE, live_error

ATOM = ("teacher", "high", "north")
PROMPT = text("?")


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        (300, [120]),
        (1000, [200, 400]),
        (3000, [300, 600, 1200]),
        (7000, [350, 700, 1400, 2800]),
    ],
)
def test_looks_follow_from_how_many_are_asked(asked: int, at: list[int]) -> None:
    assert list(looks(asked)) == at
    assert [following(asked, n) for n in (0, at[0] - 1, at[0], at[-1])] == [
        at[0],
        at[0],
        at[1] if len(at) > 1 else None,
        None,
    ]


@pytest.mark.usefixtures("real_sizes")
def test_as_few_as_a_school_are_told_nothing_live() -> None:
    assert not looks(tables.MORE_THAN_A_SCHOOL - 1)
    assert list(looks(tables.MORE_THAN_A_SCHOOL)) == [FEWEST]


def test_looks_share_one_budget_so_that_each_is_more_certain_than_the_one_before() -> None:
    for asked in range(250, 60_000, 83):
        found = looks(asked)
        assert sum(found.values()) <= BESIDE
        assert list(found) == sorted(found)
        noise = [1 / (part * at) for at, part in found.items()]
        assert noise == sorted(noise, reverse=True)
        assert len(found) == 1 or noise[0] < 1 / 55


@pytest.mark.parametrize("asked", [300, 1000, 3000, 7000])
@pytest.mark.parametrize(("kind", "most"), [*zip(LIVE, (10, 18, 14, 14, 24), strict=True)])
def test_the_first_look_is_worth_reading(kind: str, most: float, asked: int) -> None:
    assert live_error(kind, asked, min(looks(asked)), 20) < most


def test_all_looks_together_tell_of_an_answer_within_their_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the noise of each count says of the difference that one person makes, added up."""
    monkeypatch.setattr(tables, "noisy", exact)
    for question, answers in LIVE.values():
        survey = survey_of([question])
        ballots = [{"q": one} for one in answers] + ([] if question.required else [{}])
        told = {
            n: [
                seen(survey, 7000, [*[response(ATOM, ballots[0])] * (at - 1), response(ATOM, one)])
                for at in looks(7000)
            ]
            for n, one in enumerate(ballots)
        }
        most = max(
            sum(
                abs(a.value - b.value) * acosh(1 + 1 / a.variance)
                for first, second in zip(told[n], told[m], strict=True)
                for a, b in zip(_counts(first["q"]), _counts(second["q"]), strict=True)
                if a.variance
            )
            for n, m in combinations(told, 2)
        )
        assert 0.95 * BESIDE < most < BESIDE + 1e-6


def _counts(of: Counted) -> list[Noisy]:
    return [of.n, *of.counts.values()]


def test_a_net_promoter_score_is_counted_by_its_ends() -> None:
    """Eleven counts would add up to twice the noise."""
    survey = survey_of([Scale(key="q", prompt=PROMPT, points=11, lowest=0, enps=True)])
    given = [response(ATOM, {"q": n % 11}) for n in range(350)]
    counted = seen(survey, 7000, given)
    assert set(counted["q"].counts) == {"low", "high"}
    (told,) = figures(survey, counted, 7000, 350)
    assert isinstance(told, ShareResult)
    assert [share.key for share in told.shares] == ["low", "middle", "high"]
    assert told.enps is not None
    assert told.enps.high - told.enps.low < 2 * 18


def test_what_everybody_had_to_answer_needs_no_count_of_who_did() -> None:
    survey = survey_of([yes_or_no(), yes_or_no("may", required=False)])
    given = [response(ATOM, {"q": "yes", "may": "no"}) for _ in range(100)]
    told = seen(survey, 250, given)
    assert (told["q"].n.value, told["q"].n.variance) == (100, 0)
    assert told["may"].n.variance > 0
    moved = [told[key].counts["yes"].variance for key in ("q", "may")]
    assert sqrt(moved[1] / moved[0]) == pytest.approx(2, rel=0.05), "two counts move, not one"


def test_a_look_tells_the_district_and_not_what_some_are_asked() -> None:
    survey = survey_of(
        [yes_or_no(), FreeText(key="words", prompt=text("?"))],
        [yes_or_no("more")],
        show_if=Condition(question="q", any_of=("yes",)),
    )
    answers = [response(ATOM, {"q": "yes", "more": "no"}) for _ in range(100)]
    told = seen(survey, 250, answers)
    assert set(told) == {"q"}
    assert set(told["q"].counts) == {"yes"}


def test_before_the_first_look_each_question_says_what_it_waits_for() -> None:
    survey = survey_of(
        [yes_or_no(), FreeText(key="words", prompt=PROMPT)],
        [yes_or_no("more")],
        show_if=Condition(question="q", any_of=("yes",)),
    )
    waits = figures(survey, {}, 7000, 0)
    assert all(isinstance(one, Withheld) and one.live for one in waits)
    assert [one.least for one in waits if isinstance(one, Withheld)] == [350, 10, 12]


def test_there_is_no_look_in_between() -> None:
    survey = survey_of([yes_or_no()])
    answers = [response(ATOM, {"q": "yes"}) for _ in range(101)]
    with pytest.raises(ValueError, match="no look at 101"):
        seen(survey, 250, answers)
    with pytest.raises(ValueError, match="no look at 100"):
        seen(survey, 240, answers[:100])
