"""What a half of the answers, told while a survey is open, leaves to whoever knows the end."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from surveys.live import LIVE_FROM, MIXED
from tests.attacks.privacy.replaying import SURE

RARE = 1 / 20_000


def _told_of(early: int, late: int) -> float:
    """The worst final figures' chance that somebody is more than 95% sure, and right, of one whom
    the half leaves out. ``early`` had answered when the half was drawn, ``late`` came after it.

    Every order in which people answer is as likely. So whoever was not drawn is as likely as any
    other of them to have given what the final figure less the half's leaves.
    """
    everybody, half = early + late, early // 2
    # What more people gave than would make one sure the final figure tells by itself.
    said_so = np.arange(int(SURE * everybody) + 1)[:, None]
    seen = np.arange(half + 1)[None, :]
    sure = (said_so - seen) / (everybody - half)
    exactly = np.maximum(seen, half - seen) <= MIXED * half
    told = exactly & (seen <= said_so) & (half - seen <= everybody - said_so) & (sure > SURE)
    ways = _ways(said_so, seen) + _ways(everybody - said_so, half - seen)
    likely = np.exp(np.where(told, ways - _ways(everybody, half), -np.inf))
    return float((likely * sure * told).sum(axis=1).max())


def _ways(of: np.ndarray | int, n: np.ndarray | int) -> np.ndarray:
    """The logarithm of how many ways there are to draw them."""
    left = np.maximum(np.subtract(of, n), 0)
    found: np.ndarray = gammaln(np.add(of, 1)) - gammaln(np.add(n, 1)) - gammaln(left + 1)
    return found


def test_whoever_subtracts_a_live_half_from_the_end_is_hardly_ever_sure_of_the_rest() -> None:
    """The other answer is the same, turned round; of more people it is rarer still."""
    chances = [
        _told_of(early, late) for early in range(LIVE_FROM, LIVE_FROM + 40) for late in range(13)
    ]
    assert 0 < max(chances) < RARE
    assert _told_of(50, 0) > 1 / 200, "fifty were not enough"
