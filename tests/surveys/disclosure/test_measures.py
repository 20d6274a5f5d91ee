"""By how much one person moves what is counted: never more than the noise is made for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest

from core.text import text
from surveys.asking.pairing import compared, preferred, undecided
from surveys.disclosure.measures import Measure, bands, measures
from surveys.questions import (
    Answer,
    Choice,
    Date,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.tabulating import ScoreQuestion

PROMPT = text("?")


def _choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=text(key)) for key in "abcdefgh"[:count])


QUESTIONS: dict[str, ScoreQuestion] = {
    "yes or no": SingleChoice(key="q", prompt=PROMPT, choices=_choices(2)),
    "one of four": SingleChoice(key="q", prompt=PROMPT, choices=_choices(4)),
    "boxes": SeveralChoice(key="q", prompt=PROMPT, choices=_choices(3)),
    **{f"{n} points": Scale(key="q", prompt=PROMPT, points=n) for n in range(2, 12)},
    "eNPS": Scale(key="q", prompt=PROMPT, points=11, lowest=0, enps=True),
    "days": Date(key="q", prompt=PROMPT, minimum=date(2026, 1, 1), maximum=date(2026, 4, 30)),
    "a number": Number(key="q", prompt=PROMPT, minimum=0, maximum=10),
    **{
        f"first {top} of {n}": Ranking(key="q", prompt=PROMPT, choices=_choices(n), top=top)
        for n in (2, 3, 5)
        for top in range(1, n + 1)
    },
    "pairs": Pairwise(key="q", prompt=PROMPT, choices=_choices(4), pairs=3),
}


def _answers(question: ScoreQuestion) -> list[Answer]:
    match question:
        case SingleChoice():
            return [choice.key for choice in question.choices]
        case SeveralChoice():
            keys = [choice.key for choice in question.choices]
            return [some for n in range(len(keys) + 1) for some in combinations(keys, n)]
        case Scale():
            return list(question.every_point)
        case Date():
            return ["2026-01-01", "2026-02-11", "2026-04-30"]
        case Number():
            return [0.0, 3.5, 9.99, 10.0, 400.0, -3.0]
        case Ranking():
            keys = [choice.key for choice in question.choices]
            return [
                placed
                for n in range(1, question.top + 1)
                for placed in product(keys, repeat=n)
                if len(set(placed)) == n
            ]
        case Pairwise():
            ways = [
                [preferred(a, b), preferred(b, a), undecided(a, b)]
                for a, b in (("a", "b"), ("c", "d"), ("a", "d"))
            ]
            return [*product(*ways), (ways[0][0], ways[1][0]), (ways[0][0],), ()]


def _moves(measure: Measure, one: Answer | None, other: Answer | None) -> int:
    nothing = [0] * len(measure.names)
    before = nothing if one is None else measure.of(one)
    after = nothing if other is None else measure.of(other)
    assert len(before) == len(after) == len(measure.names)
    return sum(abs(a - b) for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("skipped", [False, True])
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("majorities", [False, True])
@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_moves_the_counts_by_more(
    name: str, majorities: bool, whole: bool, skipped: bool
) -> None:
    question = QUESTIONS[name]
    answers = [*_answers(question), *([None] if skipped else [])]
    counted = measures(question, whole=whole, skipped=skipped, majorities=majorities)
    moved = [
        _moved(counted, one, other)
        for one, other in product(answers, repeat=2)
        if _one_answer_apart(question, one, other)
    ]
    assert max(moved) == 1


@pytest.mark.parametrize("exactly", [None, 2])
@pytest.mark.parametrize("name", QUESTIONS)
def test_on_a_page_for_some_a_whole_question_is_one_answer(name: str, exactly: int | None) -> None:
    question = QUESTIONS[name]
    if isinstance(question, SeveralChoice):
        question = replace(question, at_least=exactly, at_most=exactly)
    counted = measures(question, whole=True, skipped=True, one_answer=True)
    answers = [
        one
        for one in _answers(question)
        if exactly is None or not isinstance(question, SeveralChoice) or len(_set(one)) == exactly
    ]
    moved = [_moved(counted, one, other) for one, other in product([*answers, None], repeat=2)]
    assert 0.75 < max(moved) <= 1


def _moved(counted: Sequence[Measure], one: Answer | None, other: Answer | None) -> Fraction:
    """What all of a question's counts tell, as a part of what they may."""
    parts = (_moves(measure, one, other) / Fraction(measure.moves) for measure in counted)
    return sum(parts, Fraction(0))


def _one_answer_apart(question: ScoreQuestion, one: Answer | None, other: Answer | None) -> bool:
    """Every box of several is an answer, and every two comparisons of pairs."""
    first, second = _set(one), _set(other)
    if isinstance(question, SeveralChoice):
        return len(first ^ second) <= 1
    if isinstance(question, Pairwise):
        return len({compared(entry) for entry in first ^ second}) <= 2
    return True


def _set(answer: Answer | None) -> set[str]:
    return set(answer) if isinstance(answer, tuple) else set()


def test_of_two_choices_one_count_is_enough() -> None:
    (measure,) = measures(QUESTIONS["yes or no"], whole=False, skipped=False)
    assert (measure.names, measure.moves) == (("a",), 1)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("5 points", [1, 2], [4, 5]),
        ("4 points", [1, 2], []),
        ("7 points", [1, 2, 3], [5, 6, 7]),
        ("eNPS", [0, 1, 2, 3, 4, 5, 6], [9, 10]),
    ],
)
def test_a_group_is_told_the_ends_of_a_scale(name: str, low: list[int], high: list[int]) -> None:
    question = QUESTIONS[name]
    (measure,) = measures(question, whole=False, skipped=False)
    ends = {
        end: [point for point in _answers(question) if measure.of(point)[at]]
        for at, end in enumerate(measure.names)
    }
    assert ends == {"low": low, **({"high": high} if high else {})}


@pytest.mark.parametrize(
    ("least", "most", "whole", "told"),
    [
        (
            0,
            60,
            False,
            ["0 to under 3", "3 to under 6", "6 to under 12", "12 to under 30", "30–60"],
        ),
        (0, 40, True, ["0–1", "2–3", "4–7", "8–19", "20–40"]),
        (0, 3, True, ["0", "1", "2", "3"]),
        (2000, 2025, True, ["2000–2004", "2005–2009", "2010–2014", "2015–2019", "2020–2025"]),
        (0, None, True, ["0", "1–4", "5–19", "20–99", "≥ 100"]),
        (None, 10, False, ["under 0.5", "0.5 to under 1", "1 to under 2", "2 to under 5", "5–10"]),
    ],
)
def test_numbers_have_bands_that_follow_from_the_question(
    least: float | None, most: float | None, whole: bool, told: list[str]
) -> None:
    asked = Number(key="q", prompt=text("?"), minimum=least, maximum=most, whole=whole)
    assert [band.label.default for band in bands(asked)] == told
    (measure,) = measures(asked, whole=True, skipped=False)
    for number in (least or 0, most or 10_000):
        assert sum(measure.of(number)) == 1


def test_a_number_is_counted_in_the_band_that_says_so() -> None:
    asked = Number(key="q", prompt=text("?"), minimum=0, maximum=40)
    (measure,) = measures(asked, whole=True, skipped=False)
    found = [list(measure.of(number)).index(1) for number in (0, 1, 2, 3, 4, 19, 20, 40)]
    assert found == [0, 0, 1, 1, 2, 3, 4, 4]
