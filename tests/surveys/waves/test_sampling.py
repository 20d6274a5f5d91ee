"""Who is drawn: the same people from the same roster, every group its share, everybody in turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import Level, Person, Role
from surveys.waves.sampling import (
    Rotation,
    Sample,
    allocate,
    frame_of,
    seeded,
    select,
    sizes_of,
    stratum_of,
)
from tests.surveys.store import person

PEOPLE = [
    *(person() for _ in range(60)),
    *(person(Role.OFFICE) for _ in range(25)),
    *(person(Role.TEACHER, Level.MIDDLE, "east") for _ in range(14)),
    person(Role.BOARD, Level.DISTRICT, "board"),
]


def drawn(sample: Sample | Rotation, people: list[Person] = PEOPLE) -> set[str]:
    return {one.sourced_id for one in select(sample, people)}


def test_the_same_seed_draws_the_same_people_in_whatever_order_they_come() -> None:
    shuffled = sorted(PEOPLE, key=lambda one: one.sourced_id)
    for sample in (Sample(people=20, seed=7), Sample(people=20, stratified=False, seed=7)):
        assert drawn(sample) == drawn(sample, shuffled)
        assert len(drawn(sample)) == 20
    assert drawn(Sample(people=20, seed=7)) != drawn(Sample(people=20, seed=8))


def test_a_seed_is_drawn_where_nobody_gave_one() -> None:
    one, other = seeded(Sample(people=5)), seeded(Sample(people=5))
    assert one is not None
    assert other is not None
    assert one.seed != other.seed
    assert seeded(Rotation(groups=3, seed=9)) == Rotation(groups=3, seed=9)


@pytest.mark.parametrize(
    ("sample", "size"),
    [
        (Sample(share=0.1), 10),
        (Sample(share=0.125), 13),  # half a person is a person
        (Sample(share=1.0), 100),
        (Sample(people=500), 100),
        (Sample(share=0.001), 1),
    ],
)
def test_a_sample_has_the_size_that_was_asked_for(sample: Sample, size: int) -> None:
    assert sample.size(100) == size
    assert len(select(seeded(sample), PEOPLE)) == size


def test_every_group_gets_its_share_of_the_places() -> None:
    held = Counter(map(stratum_of, select(Sample(people=20, seed=1), PEOPLE)))
    # 60, 25, 14 and 1 of 100 for 20 places: quotas of 12, 5, 2.8 and 0.2.
    assert sorted(held.values()) == [3, 5, 12]


def test_seats_as_hamiltons_method_gave_them_in_1792() -> None:
    """The apportionment of 120 seats of the House among 15 states by the census of 1790
    (Hamilton's bill, in Balinski and Young, Fair Representation, 1982)."""
    census = {
        "CT": 236_841, "DE": 55_540, "GA": 70_835, "KY": 68_705, "MD": 278_514,
        "MA": 475_327, "NH": 141_822, "NJ": 179_570, "NY": 331_589, "NC": 353_523,
        "PA": 432_879, "RI": 68_446, "SC": 206_236, "VT": 85_533, "VA": 630_560,
    }  # fmt: skip
    seats = allocate(120, {(state, "", ""): people for state, people in census.items()})
    assert {state: n for (state, _, _), n in seats.items()} == {
        "CT": 8, "DE": 2, "GA": 2, "KY": 2, "MD": 9, "MA": 16, "NH": 5, "NJ": 6, "NY": 11,
        "NC": 12, "PA": 14, "RI": 2, "SC": 7, "VT": 3, "VA": 21,
    }  # fmt: skip


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30), st.integers(1, 3000))
def test_places_are_given_in_proportion(sizes: list[int], places: int) -> None:
    groups = {(str(place), "", ""): size for place, size in enumerate(sizes)}
    given_ = allocate(places, groups)
    total = sum(sizes)
    assert sum(given_.values()) == min(places, total)
    for key, size in groups.items():
        quota = min(places, total) * size / total
        assert quota - 1 < given_[key] < quota + 1
        assert given_[key] <= size


def test_a_lot_falls_on_everybody_alike() -> None:
    """Chi-square of how often each of 99 people is drawn in 2,000 samples of a third: below the
    99.9% point for 98 degrees of freedom (148.2), with the variance of drawing without
    replacement."""
    people = [replace(one, sourced_id=f"s-{n}") for n, one in enumerate(PEOPLE[:99])]
    often = Counter(
        one.sourced_id
        for seed in range(2000)
        for one in select(Sample(people=33, stratified=False, seed=seed), people)
    )
    expected = 2000 / 3
    spread = sum((often[one.sourced_id] - expected) ** 2 / expected for one in people)
    assert spread / (1 - 1 / 3) < 148.2


def test_a_rotation_asks_everybody_once() -> None:
    turns = [drawn(Rotation(groups=4, turn=turn, seed=3)) for turn in range(4)]
    assert sum(map(len, turns)) == len(PEOPLE)
    assert set().union(*turns) == {one.sourced_id for one in PEOPLE}
    assert drawn(Rotation(groups=4, turn=3, seed=3).next()) == turns[0]


def test_who_joins_or_leaves_moves_nobody_else() -> None:
    joined = [*PEOPLE[10:], *(person() for _ in range(20))]
    for turn in range(4):
        rotation = Rotation(groups=4, turn=turn, seed=3)
        stayed = {one.sourced_id for one in PEOPLE[10:]}
        assert drawn(rotation) & stayed == drawn(rotation, joined) & stayed


def test_a_frame_counts_who_could_have_been_drawn() -> None:
    frame = frame_of(sizes_of(PEOPLE), spared=3)
    assert frame.people == 100
    assert frame.population["board", "district", "board"] == 1
