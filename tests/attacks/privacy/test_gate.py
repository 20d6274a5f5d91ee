"""The promise attacked: nobody who sees all that is shown learns one person's answer.

Success is to be right, and more than 95% sure, about a named person's answer, where the district's
published result alone would not make it so. Ours has to hold against all of them; a gate with a
plain minimum of five has to fall to them, or the attacks would be too weak to say anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.attacks.privacy.attempting import attackers
from tests.attacks.privacy.gates import GATES


def _fought(
    seeds: int, most: int, without: Sequence[str] = ()
) -> dict[str, dict[str, tuple[int, int]]]:
    """Attempts and successes by attacker and gate, printed as a table."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    played = {name: one for name, one in attackers(most).items() if name not in without}
    for name, attacker in played.items():
        found[name] = {}
        weighed = attacker.attempts(seeds) >= ENOUGH
        for gate_name, gate in GATES.items() if weighed else [("ours", GATES["ours"])]:
            attempts = successes = 0
            for seed in range(0, seeds, attacker.every):
                tally = attacker.run(gate, seed)
                attempts += tally.attempts
                successes += tally.successes
                if tally.successes and gate_name == "ours":
                    again = f"python -m tests.attacks.privacy '{name}' {seed} --most {most}"
                    print(f"{again}: {tally.example}")
            found[name][gate_name] = attempts, successes
    print(f"\n{'attacker':55} {'attempts':>8} {'ours':>6} {'plain five':>10}")
    for name, by_gate in found.items():
        attempts, ours = by_gate["ours"]
        _, plain = by_gate.get("plain five", (0, "-"))
        print(f"{name:55} {attempts:8} {ours:6} {plain:>10}")
    return found


ENOUGH = 80
"""With fewer attempts an attacker may have had bad luck with a plain minimum of five: that gate is
not even tried (a walk through a whole district that tells much takes eight seconds)."""


def _held(found: dict[str, dict[str, tuple[int, int]]]) -> None:
    for name, by_gate in found.items():
        assert by_gate["ours"][1] == 0, name
        if "plain five" in by_gate:
            attempts, successes = by_gate["plain five"]
            weak = attempts >= ENOUGH and successes <= attempts / 50
            assert not weak, f"{name} is too weak an attacker to say anything"


DEAR = [
    f"asked: {kind}"
    for kind in (
        "pairs",
        "ADKAR's barriers",
        "a ranking",
        "a day by month",
        "who stopped halfway is known",
    )
]
"""Kinds that take long to tabulate (those who answered are drawn again and again for intervals), or
that have many ways to have answered: tried in the larger test only."""


def test_nobodys_answer_is_learned_from_what_is_shown() -> None:
    _held(_fought(5, 250, without=DEAR))


@pytest.mark.prove
@pytest.mark.timeout(1500)
def test_nobodys_answer_is_learned_in_ten_thousand_attempts() -> None:
    found = _fought(75, 700)
    assert sum(by_gate["ours"][0] for by_gate in found.values()) >= 10_000
    _held(found)
