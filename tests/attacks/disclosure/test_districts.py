"""Whole districts attacked: does anything but the district's figure tell of anybody?"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from surveys.tabulating import Atom
from tests.attacks.disclosure.districts import Gate, attack, drawn, ours, without_margin
from tests.journeys.town import example

SWEEPS = 120


def _some_buildings(chance: random.Random, count: int) -> Counter[Atom]:
    """Everybody of some of the example district's buildings."""
    roster = example().roster
    assert roster is not None
    everybody = Counter((p.role.value, p.level.value, p.building) for p in roster.people)
    chosen = chance.sample(sorted({atom[2] for atom in everybody}), count)
    return Counter({atom: n for atom, n in everybody.items() if atom[2] in chosen})


def _successes(
    gate: Gate, seeds: range, rate: float, concentration: float, buildings: int = 10
) -> int:
    found = 0
    for seed in seeds:
        chance = random.Random(f"{seed} {rate} {concentration}")  # noqa: S311 - repeatable
        asked = _some_buildings(chance, buildings)
        district = drawn(chance, asked, rate, concentration)
        outcome = attack(gate, district, SWEEPS, chance)
        if outcome.success:
            print(f"{seed} {rate} {concentration}: {outcome}")
            found += 1
    return found


def test_a_district_gives_nobody_away_whose_buildings_vary() -> None:
    assert _successes(ours, range(3), 0.7, 20) == 0
    assert _successes(without_margin, range(4), 0.7, 20) > 0


@pytest.mark.prove
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("rate", "concentration", "most"),
    [
        # Of 60 each; about two of 30 are bearable under a wide prior, one under a realistic one.
        (0.5, 8, 4),
        (0.5, 20, 2),
        (0.5, 80, 2),
        (0.7, 8, 4),
        (0.7, 20, 2),
        (0.7, 80, 2),
        (0.8, 20, 2),
        (0.8, 80, 2),
    ],
)
def test_sixty_districts_give_hardly_anybody_away(
    rate: float, concentration: float, most: int
) -> None:
    found = _successes(ours, range(60), rate, concentration)
    print(f"{rate} {concentration}: {found} of 60")
    assert found <= most


@pytest.mark.prove
@pytest.mark.timeout(600)
def test_the_whole_example_district_gives_nobody_away() -> None:
    assert _successes(ours, range(3), 0.7, 20, buildings=63) == 0
