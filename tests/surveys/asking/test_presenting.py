"""Each person's own order of choices: even over people, the same for one person wherever it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from scipy.stats import chisquare

from core.text import text
from surveys.asking.presenting import as_shown, promise_of, square
from surveys.questions import Choice, Question, Ranking, SeveralChoice, SingleChoice
from surveys.survey import Dimension, PlannedTable
from tests.surveys.store import DictStore, person, wave

WAVE = UUID("5f0c7f0e-6f34-4d55-9d4e-2f0d6a3e8b11")
PEOPLE = [uuid5(NAMESPACE_URL, f"person {n}") for n in range(4000)]


def asked(keys: str, *, fixed: str = "", random_order: bool = True) -> SingleChoice:
    choices = tuple(Choice(key=key, label=text(key), fixed=key in fixed) for key in keys)
    return SingleChoice(key="q", prompt=text("?"), choices=choices, random_order=random_order)


def order(question: Question, person: UUID, wave: UUID = WAVE) -> str:
    (shown,) = as_shown([question], wave, person)
    assert isinstance(shown, SingleChoice | SeveralChoice | Ranking)
    return "".join(choice.key for choice in shown.choices)


@pytest.mark.parametrize("keys", ["abcde", "abcdef", "abcdefg"])
def test_each_choice_stands_in_each_place_for_as_many_people(keys: str) -> None:
    orders = [order(asked(keys), person) for person in PEOPLE]
    for place in range(len(keys)):
        held = Counter(shown[place] for shown in orders)
        assert chisquare([held[key] for key in keys]).pvalue > 0.001


@pytest.mark.parametrize("n", range(2, 13))
def test_a_square_is_balanced_in_its_places_and_in_who_follows_whom(n: int) -> None:
    rows = square(n)
    assert len(rows) == (n if n % 2 == 0 else 2 * n)
    assert all(sorted(row) == list(range(n)) for row in rows)
    for place in range(n):
        assert set(Counter(row[place] for row in rows).values()) == {len(rows) // n}
    follows = Counter(pair for row in rows for pair in pairwise(row))
    assert len(follows) == n * (n - 1)
    assert len(set(follows.values())) == 1


def test_a_person_sees_one_order_and_in_the_next_wave_perhaps_another() -> None:
    once = [order(asked("abcdefg"), person) for person in PEOPLE[:50]]
    assert [order(asked("abcdefg"), person) for person in PEOPLE[:50]] == once
    again = [order(asked("abcdefg"), person, UUID(int=1)) for person in PEOPLE[:50]]
    assert again != once


def test_what_is_fixed_stays_last_as_the_author_put_it() -> None:
    question = asked("abcxyz", fixed="xbz")
    orders = {order(question, person) for person in PEOPLE[:200]}
    assert {shown[-3:] for shown in orders} == {"bxz"}
    assert {shown[:3] for shown in orders} == {"acy", "ayc", "cay", "cya", "yac", "yca"}


def test_without_being_asked_for_nothing_moves() -> None:
    assert {order(asked("abcde", random_order=False), person) for person in PEOPLE[:50]} == {
        "abcde"
    }


def test_two_questions_of_one_person_are_not_mixed_alike() -> None:
    """Whoever sees one in a given order sees the other in any."""
    one, other = (
        asked("abcd"),
        SeveralChoice(
            key="r",
            prompt=text("?"),
            choices=asked("abcd").choices,
            random_order=True,
        ),
    )
    pairs = Counter((order(one, person), order(other, person)) for person in PEOPLE)
    assert len(pairs) == 16
    assert chisquare(list(pairs.values())).pvalue > 0.001


def test_a_wave_promises_when_its_own_figures_are_shown() -> None:
    everybody = [replace(person(), id=one) for one in PEOPLE[:250]]
    store, asks = DictStore(everybody), wave()
    store.add_wave(asks)
    store.freeze_panel(asks.id, everybody)
    assert promise_of(store, asks).looks == (100,)
    assert promise_of(store, asks, page=1).looks is None, "nobody is counted for it"
    without = replace(
        asks, survey=replace(asks.survey, tables=(PlannedTable(by=(Dimension.LEVEL,)),))
    )
    assert promise_of(store, without).looks == ()
