"""A wave's results as they are shown, from released tables."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from core.text import text
from surveys.asking.pairing import preferred
from surveys.disclosure.budget import ANSWER
from surveys.disclosure.results import tables
from surveys.disclosure.tables import released
from surveys.questions import (
    Answer,
    Choice,
    FreeText,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.model import Cell, QuestionResult, RankingResult, ShareResult, Withheld
from surveys.results.tabulating import Atom
from surveys.survey import Condition
from tests.surveys.disclosure.plans import response, survey_of, yes_or_no

NORTH: Atom = ("teacher", "high", "north")
EAST: Atom = ("teacher", "middle", "east")
SMALL: Atom = ("office", "middle", "east")
OTHERS: list[Atom] = [("teacher", "elementary", key) for key in ("a", "b", "c", "d")]
ASKED: Counter[Atom] = Counter({NORTH: 400, EAST: 300, SMALL: 8, **dict.fromkeys(OTHERS, 200)})
PROMPT = text("?")
HARDLY = Fraction(60)
"""So large an epsilon that hardly a count has noise."""


def _choices(keys: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=text(key)) for key in keys)


def _shown(
    question: Question, said: Mapping[Atom, Counter[Any]], whole: Fraction = HARDLY
) -> dict[tuple[tuple[str, str], ...], Cell]:
    """The cells by group, of what so many of each group said."""
    survey = survey_of([question])
    given = [
        response(atom, {question.key: answer})
        for atom, answers in said.items()
        for answer in answers.elements()
    ]
    chance = random.Random(3)  # noqa: S311 - repeatable
    drawn = released(survey, ASKED, given, whole, chance.randrange)
    found = tables(survey, drawn, ASKED)
    return {cell.group: cell for table in found for cell in table.cells}


def _bars(result: QuestionResult) -> dict[str, str]:
    assert isinstance(result, ShareResult)
    return {
        one.key: one.coded or ("–" if one.share is None else f"{one.share:.2f}")
        for one in result.shares
    }


def test_a_mixed_group_has_figures_and_a_group_of_one_mind_a_side() -> None:
    mixed = Counter[Answer](yes=60, no=40)
    said = {**dict.fromkeys((NORTH, *OTHERS), mixed), EAST: Counter[Answer](yes=40)}
    cells = _shown(yes_or_no(), said, ANSWER)
    north = cells[("building", "north"),].questions[0]
    assert isinstance(north, ShareResult)
    yes, no = north.shares
    assert yes.share == pytest.approx(0.6, abs=0.1)
    assert (yes.share or 0) + (no.share or 0) == pytest.approx(1)
    assert yes.low is not None
    assert yes.high is not None
    assert yes.low < (yes.share or 0) < yes.high
    east = _bars(cells[("building", "east"),].questions[0])
    assert (east["yes"][0], east["no"][0]) == (">", "<")
    district = cells[()].questions[0]
    assert isinstance(district, ShareResult)
    assert district.shares[0].share == pytest.approx(0.63, abs=0.2)


def test_what_is_left_of_a_district_gives_no_group_away() -> None:
    """Without noise, the district less the one building is the other, which is of one mind."""
    said = {NORTH: Counter[Answer](yes=60, no=40), EAST: Counter[Answer](yes=100)}
    cells = _shown(yes_or_no(), said)
    assert _bars(cells[("building", "north"),].questions[0]) == {"yes": "–", "no": "–"}


def test_few_blank_and_none_look_alike() -> None:
    cells = _shown(yes_or_no(), {NORTH: Counter[Answer](yes=60, no=40), EAST: Counter(yes=3)})
    east, office = cells[("building", "east"),], cells[("role", "office"),]
    assert east.n is office.n is None
    assert east.questions == office.questions
    assert all(isinstance(one, Withheld) for one in east.questions)


def test_how_many_answered_is_rounded() -> None:
    cells = _shown(yes_or_no(), {NORTH: Counter[Answer](yes=61, no=41)})
    assert all((cell.n or 0) % 5 == 0 for cell in cells.values())


def test_between_two_ends_nothing_gives_an_end_away() -> None:
    said = {
        NORTH: Counter[Answer]({3: 20, 5: 20}),
        **{key: Counter[Answer]({1: 50, 3: 50, 5: 60}) for key in (EAST, *OTHERS)},
    }
    cells = _shown(Scale(key="q", prompt=PROMPT), said, ANSWER)
    north = _bars(cells[("building", "north"),].questions[0])
    assert (north["low"][0], north["middle"]) == ("<", "–")
    assert north["high"].startswith("0.")
    east = _bars(cells[("building", "east"),].questions[0])
    assert "–" not in east.values()
    assert len(_bars(cells[()].questions[0])) == 5


def test_one_choice_alone_is_never_left_out() -> None:
    question = SingleChoice(key="q", prompt=PROMPT, choices=_choices("abcd"))
    said = {NORTH: Counter[Answer](a=45, b=30, c=24, d=1), EAST: Counter[Answer](a=50, b=50)}
    bars = _bars(_shown(question, said)[("building", "north"),].questions[0])
    assert list(bars.values()).count("–") == 2


def test_exactly_two_boxes_add_up_to_what_is_known() -> None:
    exactly = SeveralChoice(key="q", prompt=PROMPT, choices=_choices("abcd"), at_least=2, at_most=2)
    said = {NORTH: Counter[Answer]({("a", "b"): 50, ("b", "c"): 40, ("a", "d"): 1})}
    bars = _bars(_shown(exactly, said)[("building", "north"),].questions[0])
    assert "–" in bars.values()
    assert sum(told[0] in "–<>" for told in bars.values()) >= 2


def test_a_net_promoter_score_of_a_group() -> None:
    scale = Scale(key="q", prompt=PROMPT, points=11, lowest=0, enps=True)
    mixed = Counter[Answer]({3: 30, 8: 45, 10: 75})
    said = {**dict.fromkeys((NORTH, *OTHERS), mixed), EAST: Counter[Answer]({10: 40})}
    cells = _shown(scale, said, ANSWER)
    north = cells[("building", "north"),].questions[0]
    assert isinstance(north, ShareResult)
    assert north.enps is not None
    assert north.enps.score == pytest.approx(30, abs=15)
    east = cells[("building", "east"),].questions[0]
    assert isinstance(east, ShareResult)
    assert east.enps is None


def test_a_ranking_and_pairs_are_in_order() -> None:
    ranking = Ranking(key="q", prompt=PROMPT, choices=_choices("abc"))
    said = {NORTH: Counter[Answer]({("c", "a", "b"): 70, ("a", "b", "c"): 15, ("b", "a", "c"): 15})}
    result = _shown(ranking, said)[("building", "north"),].questions[0]
    assert isinstance(result, RankingResult)
    assert [one.key for one in result.ranked] == ["c", "a", "b"]
    pairs = Pairwise(key="q", prompt=PROMPT, choices=_choices("abc"), pairs=2)
    won = (preferred("c", "a"), preferred("c", "b"))
    result = _shown(pairs, {NORTH: Counter[Answer]({won: 100})})[()].questions[0]
    assert isinstance(result, RankingResult)
    assert result.ranked[0].key == "c"


def test_a_group_s_ranking_is_not_shown_where_all_have_one_favorite() -> None:
    ranking = Ranking(key="q", prompt=PROMPT, choices=_choices("abc"), top=1)
    said = {NORTH: Counter[Answer]({("c",): 100}), EAST: Counter[Answer]({("a",): 50, ("c",): 50})}
    cells = _shown(ranking, said)
    assert isinstance(cells[("building", "north"),].questions[0], Withheld)
    assert isinstance(cells[("building", "east"),].questions[0], RankingResult)
    pairs = Pairwise(key="q", prompt=PROMPT, choices=_choices("abc"), pairs=2)
    won = (preferred("c", "a"), preferred("c", "b"))
    cells = _shown(pairs, {NORTH: Counter[Answer]({won: 100})})
    assert isinstance(cells[("building", "north"),].questions[0], Withheld)


def test_numbers_are_told_in_bands() -> None:
    question = Number(key="q", prompt=PROMPT, minimum=0, maximum=50)
    said = {NORTH: Counter[Answer]({5.0: 50, 45.0: 50})}
    result = _shown(question, said)[()].questions[0]
    assert isinstance(result, ShareResult)
    assert [one.label.default for one in result.shares] == [
        "0–2",
        "3–4",
        "5–9",
        "10–24",
        "25–50",
    ]


def test_a_page_for_few_is_withheld_and_comments_are_not_here() -> None:
    survey = survey_of(
        [yes_or_no(), FreeText(key="words", prompt=PROMPT)],
        [yes_or_no("more")],
        show_if=Condition(question="q", any_of=("no",)),
    )
    given = [response(NORTH, {"q": "yes"}) for _ in range(200)]
    drawn = released(survey, ASKED, given, HARDLY)
    district = tables(survey, drawn, ASKED)[0].cells[0]
    assert [one.question for one in district.questions] == ["q", "more"]
    # Noise may make up some who were never asked it; no figure comes of that.
    assert isinstance(district.questions[1], Withheld | ShareResult)
