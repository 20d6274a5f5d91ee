"""Whole districts attacked: does anything but the district's figure tell of anybody?"""

from __future__ import annotations

import pytest

from tests.attacks.disclosure.families import DISTRICTS
from tests.attacks.disclosure.test_families import held


@pytest.mark.prove
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", DISTRICTS)
def test_three_hundred_schools_of_one_mind_give_hardly_anybody_away(name: str) -> None:
    held(name, 300)
