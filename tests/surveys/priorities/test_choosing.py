"""Which pair comes next: every choice in turn, a new idea often, and never who is ahead."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from surveys.priorities.choosing import next_pair
from surveys.questions import Pair

CHOICES = st.integers(7, 40).map(lambda n: [f"c{at}" for at in range(n)])


def asked(
    choices: list[str], people: int, chance: Random, shown: Counter[str], pairs: int = 10
) -> list[list[Pair]]:
    """So many people get so many pairs each, one person after the other."""
    found: list[list[Pair]] = []
    for _ in range(people):
        own: list[Pair] = []
        while len(own) < pairs:
            pair = next_pair(shown, own, choices, chance.randrange)
            if pair is None:
                break
            own.append(pair)
            shown.update(pair)
        found.append(own)
    return found


@given(CHOICES, st.integers(1, 30), st.integers(1, 12), st.integers())
def test_every_choice_is_shown_equally_often(
    choices: list[str], people: int, pairs: int, seed: int
) -> None:
    shown: Counter[str] = Counter(dict.fromkeys(choices, 0))
    asked(choices, people, Random(seed), shown, pairs)  # noqa: S311
    assert max(shown.values()) - min(shown.values()) <= 3


@given(CHOICES, st.integers(1, 12), st.randoms(use_true_random=False))
def test_nobody_compares_a_pair_twice_or_a_choice_more_often_than_needed(
    choices: list[str], pairs: int, chance: Random
) -> None:
    (own,) = asked(choices, 1, chance, Counter(), pairs)
    possible = len(choices) * (len(choices) - 1) // 2
    assert len({frozenset(pair) for pair in own}) == len(own) == min(pairs, possible)
    met = Counter(key for pair in own for key in pair)
    assert max(met.values()) - min(met[key] for key in choices) <= 2


def test_after_all_pairs_there_is_none() -> None:
    assert next_pair({}, [("a", "b"), ("c", "a"), ("b", "c")], ["a", "b", "c"]) is None
    assert next_pair({}, [], ["a"]) is None


def test_either_side_is_as_likely() -> None:
    chance = Random(1)  # noqa: S311
    left = sum(next_pair({}, [], ["a", "b"], chance.randrange) == ("a", "b") for _ in range(2000))
    assert 900 < left < 1100


def test_a_new_idea_is_shown_fifty_times_in_two_hundred_pairs_and_never_twice_in_a_row() -> None:
    for seed in range(20):
        chance, shown = Random(seed), Counter[str]()  # noqa: S311
        choices = [f"c{at}" for at in range(60)]
        asked(choices, 500, chance, shown)
        pairs = asked([*choices, "new"], 20, chance, shown)
        assert 50 <= shown["new"] <= 100
        for own in pairs:
            with_new = ["new" in pair for pair in own]
            assert not any(one and next_one for one, next_one in pairwise(with_new))


def test_new_ideas_catch_up_and_then_come_in_turn() -> None:
    chance, shown = Random(3), Counter[str]()  # noqa: S311
    choices = [f"c{at}" for at in range(12)]
    asked(choices, 100, chance, shown)
    asked([*choices, "one", "two"], 150, chance, shown)
    assert max(shown.values()) - min(shown.values()) <= 3
