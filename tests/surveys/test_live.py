"""What a half of the answers, told while a survey is open, leaves to whoever knows the end."""

from __future__ import annotations

import numpy as np
from scipy.stats import hypergeom

from surveys.live import LIVE_FROM, MIXED

SURE = 0.95
RARE = 1 / 20_000


def _told_of(early: int, late: int) -> float:
    """The worst final figures' chance that somebody is more than 95% sure, and right, of one whom
    the half leaves out. ``early`` had answered when the half was drawn, ``late`` came after it.

    Every order in which people answer is as likely. So whoever was not drawn is as likely as any
    other of them to have given what the final figure less the half's leaves.
    """
    everybody, half = early + late, early // 2
    left_out = everybody - half
    worst = 0.0
    for said_so in range(int(SURE * everybody) + 1):  # what is more the final figure tells itself
        seen = np.arange(max(0, half - (everybody - said_so)), min(half, said_so) + 1)
        exactly = np.maximum(seen, half - seen) <= MIXED * half
        likely = hypergeom(everybody, said_so, half).pmf(seen)
        sure = (said_so - seen) / left_out
        worst = max(worst, float((likely * sure)[exactly & (sure > SURE)].sum()))
    return worst


def test_whoever_subtracts_a_live_half_from_the_end_is_hardly_ever_sure_of_the_rest() -> None:
    """The other answer is the same, turned round; of more people it is rarer still."""
    chances = [
        _told_of(early, late) for early in range(LIVE_FROM, LIVE_FROM + 40) for late in range(13)
    ]
    assert 0 < max(chances) < RARE
    assert max(_told_of(50, late) for late in range(7)) > 80 * RARE, "fifty were not enough"
