"""What is stored for good says of nobody more than the district's own result does."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.ports import OpenResponse
from surveys.questions import Answer
from surveys.sealing import cut_apart, cut_comments, kept_comments
from tests.surveys.store import survey


def held(n: int, **answers: Answer) -> list[OpenResponse]:
    one = OpenResponse(answers=answers, role="teacher", level="high", building="north")
    return [one] * n


def test_fewer_than_k_in_all_are_not_stored() -> None:
    assert cut_apart(held(4, wifi=3), 5) == []
    assert len(cut_apart(held(5, wifi=3), 5)) == 5


def test_a_question_that_fewer_than_k_answered_is_not_stored() -> None:
    sealed = cut_apart([*held(5, wifi=3, help=1), *held(4, wifi=2, bus=4)], 5)
    assert Counter(key for row in sealed for key in row.answers) == {"wifi": 9, "help": 5}


RESPONSES = st.lists(
    st.builds(
        OpenResponse,
        answers=st.dictionaries(st.sampled_from("abc"), st.integers(1, 5)),
        role=st.sampled_from(["teacher", "office"]),
        level=st.sampled_from(["high", "middle"]),
        building=st.sampled_from(["north", "south"]),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(RESPONSES, st.integers(1, 10))
def test_of_each_question_that_k_answered_every_answer_is_kept_and_nothing_beside_it(
    responses: list[OpenResponse], k: int
) -> None:
    sealed = cut_apart(responses, k)
    assert len(sealed) == (len(responses) if len(responses) >= k else 0)
    before = Counter(item for r in responses for item in r.answers.items())
    after = Counter(item for row in sealed for item in row.answers.items())
    asked = Counter(key for r in responses for key in r.answers)
    assert after == {item: n for item, n in before.items() if asked[item[0]] >= k}


def test_no_row_holds_two_answers_of_one_person_but_by_chance() -> None:
    """Everybody's two answers agree, half say 1 and half say 2: of 400 rows about half agree."""
    sealed = cut_apart([*held(200, a=1, b=1), *held(200, a=2, b=2)], 5)
    assert 140 < sum(row.answers["a"] == row.answers["b"] for row in sealed) < 260  # 6 deviations


def test_who_left_a_question_out_is_not_told_by_what_else_stands_there() -> None:
    sealed = cut_apart([*held(200, a=1), *held(200, a=2, b=2)], 5)
    assert 60 < sum(row.answers["a"] == 1 and "b" in row.answers for row in sealed) < 140


def test_comments_are_cut_loose_from_scores() -> None:
    response = OpenResponse(
        answers={"wifi": 3, "words": "It drops"}, role="teacher", level="high", building="north"
    )
    silent = OpenResponse(answers={"wifi": 4}, role="teacher", level="high", building="north")
    scores, comments = cut_comments(survey(), [response, silent])
    assert [dict(s.answers) for s in scores] == [{"wifi": 3}, {"wifi": 4}]
    assert comments == [("words", "It drops")]


def test_comments_that_are_never_shown_are_not_kept() -> None:
    few, enough = [("other", "It drops")] * 9, [("words", "It holds")] * 10
    assert kept_comments([*few, *enough], 10) == enough
