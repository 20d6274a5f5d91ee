"""Whoever holds the database after a closing learns nobody's answer from the rows that are kept,
also not beside every page; closings that keep a little more are beaten by the same attackers."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.attacks.privacy.closings import CLOSINGS, HOLDERS, PER_PLACE, hold


@pytest.mark.parametrize(
    ("seeds", "most"),
    [
        pytest.param(range(1000, 1002), 250, id="few"),
        pytest.param(range(2000, 2040), 400, id="many", marks=pytest.mark.prove),
    ],
)
def test_nobodys_answer_is_learned_from_what_a_closing_keeps(seeds: range, most: int) -> None:
    print(f"\n{'attacker':55} {'attempts':>8} " + " ".join(f"{name:>14}" for name in CLOSINGS))
    for holder in HOLDERS:
        found = Counter(dict.fromkeys(CLOSINGS, 0))
        for seed in seeds:
            tallies = hold(holder, seed, most)
            found.update({name: tally.successes for name, tally in tallies.items()})
        attempts = PER_PLACE * len(seeds)
        print(f"{holder:55} {attempts:8} " + " ".join(f"{n:14}" for n in found.values()))
        assert found["ours"] == 0, holder
        assert found["names deleted"] > attempts / 20, f"{holder} is too weak to say anything"
