"""What is stored for good says no more about a respondent than k of them share."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.ports import OpenResponse
from surveys.sealing import cut_comments, generalise
from tests.surveys.store import survey


def held(role: str, level: str, building: str, n: int) -> list[OpenResponse]:
    return [OpenResponse(answers={}, role=role, level=level, building=building)] * n


def stored(responses: list[OpenResponse], k: int = 5) -> Counter[tuple[str | None, ...]]:
    return Counter((s.role, s.level, s.building) for s in generalise(responses, k))


def test_groups_of_k_keep_everything_and_smaller_ones_lose_the_building_first() -> None:
    assert stored(
        held("teacher", "high", "north", 5)
        + held("office", "high", "north", 3)
        + held("office", "high", "south", 2)
    ) == {("teacher", "high", "north"): 5, ("office", "high", None): 5}


def test_then_the_role_and_then_the_level() -> None:
    assert stored(
        held("teacher", "high", "north", 4)
        + held("office", "high", "north", 1)
        + held("board", "district", "hall", 4)
        + held("office", "middle", "east", 1)
    ) == {(None, "high", None): 5, (None, None, None): 5}


def test_a_last_one_takes_the_smallest_group_along() -> None:
    assert stored(
        held("teacher", "high", "north", 9)
        + held("teacher", "high", "south", 5)
        + held("board", "district", "hall", 1)
    ) == {("teacher", "high", "north"): 9, (None, None, None): 6}


def test_fewer_than_k_in_all_are_not_stored() -> None:
    assert generalise(held("teacher", "high", "north", 4), 5) == []


GROUPS = st.lists(
    st.builds(
        OpenResponse,
        answers=st.builds(lambda n: {"q": n}, st.integers(1, 5)),
        role=st.sampled_from(["teacher", "office", "support"]),
        level=st.sampled_from(["high", "middle"]),
        building=st.sampled_from(["north", "south", "east"]),
    ),
    max_size=60,
)


@settings(max_examples=200)
@given(GROUPS, st.integers(1, 10))
def test_every_stored_combination_is_held_by_at_least_k(
    responses: list[OpenResponse], k: int
) -> None:
    sealed = generalise(responses, k)
    assert len(sealed) == (len(responses) if len(responses) >= k else 0)
    assert all(n >= k for n in Counter((s.role, s.level, s.building) for s in sealed).values())
    for before, after in zip(responses, sealed, strict=False):
        assert after.answers == before.answers
        assert after.role in (before.role, None)
        assert after.level in (before.level, None)
        assert after.building in (before.building, None)


def test_comments_are_cut_loose_from_scores() -> None:
    response = OpenResponse(
        answers={"wifi": 3, "words": "It drops"}, role="teacher", level="high", building="north"
    )
    silent = OpenResponse(answers={"wifi": 4}, role="teacher", level="high", building="north")
    scores, comments = cut_comments(survey(), [response, silent])
    assert [dict(s.answers) for s in scores] == [{"wifi": 3}, {"wifi": 4}]
    assert comments == [("words", "It drops")]
