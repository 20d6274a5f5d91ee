"""What a half of the answers, told while a survey is open, leaves to whoever knows the end."""

from __future__ import annotations

from surveys.live import LIVE_FROM, MIXED
from tests.attacks.privacy.replaying import SURE
from tests.attacks.privacy.watching import drawn

RARE = 1 / 20_000


def _told_of(early: int, late: int) -> float:
    """The worst final figures' chance that somebody is more than 95% sure, and right, of one whom
    the half leaves out. ``early`` had answered when the half was drawn, ``late`` came after it.

    Every order in which people answer is as likely. So whoever was not drawn is as likely as any
    other of them to have given what the final figure less the half's leaves.
    """
    everybody, half = early + late, early // 2
    left_out = everybody - half
    exactly = [s for s in range(half + 1) if max(s, half - s) <= MIXED * half]
    worst = 0.0
    # What more people gave than would make one sure the final figure tells by itself.
    for said_so in range(int(SURE * everybody) + 1):
        surely = [s for s in exactly if said_so - s > SURE * left_out]
        told = (drawn(everybody, said_so, half, s) * (said_so - s) / left_out for s in surely)
        worst = max(worst, sum(told))
    return worst


def test_whoever_subtracts_a_live_half_from_the_end_is_hardly_ever_sure_of_the_rest() -> None:
    """The other answer is the same, turned round; of more people it is rarer still."""
    chances = [
        _told_of(early, late) for early in range(LIVE_FROM, LIVE_FROM + 40) for late in range(13)
    ]
    assert 0 < max(chances) < RARE
    assert _told_of(50, 0) > 1 / 200, "fifty were not enough"
