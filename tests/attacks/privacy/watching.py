"""The attacker who looks just before the last ones answer, and at the final figures.

They know who answered last. What the live figures count is a part of the answers before, the final
figures are all: the difference is about those who came last, and whoever was left out. They work
out the exact posterior of what the last ones said.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import comb
from uuid import UUID

from surveys.live import live_figures
from surveys.results import ShareResult
from tests.attacks.privacy.places import yes_or_no
from tests.attacks.privacy.replaying import SURE, Tally

Live = Callable[[Sequence[str]], int | None]
"""How many of the counted half, or of all, said "a"; None: not told exactly."""


def half_of(answers: Sequence[str]) -> int | None:
    shown = live_figures(yes_or_no(), answers, len(answers), UUID(int=3))
    return shown.shares[0].count if isinstance(shown, ShareResult) else None


def all_of(answers: Sequence[str]) -> int | None:
    return sum(answer == "a" for answer in answers)


def watch(live: Live, counted: Callable[[int], int], seed: int) -> Tally:
    """One survey, watched. ``counted``: of so many answers, how many the live figures are of."""
    chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
    early, late = chance.randint(10, 200), chance.randint(1, 6)
    share = chance.random()
    said = ["a" if chance.random() < share else "b" for _ in range(early + late)]
    seen = live(said[:early])
    whole = sum(answer == "a" for answer in said)
    if seen is None:
        return Tally(attempts=1, successes=0, surest=0.0)
    a = _late_share(early, late, whole, seen, counted(early))
    alone = whole / (early + late)
    claims = [(a, "a")] * (alone <= SURE) + [(1 - a, "b")] * (1 - alone <= SURE)
    sure, answer = max(claims)
    success = sure > SURE and said[-1] == answer
    return Tally(
        attempts=1,
        successes=int(success),
        surest=sure,
        example=f"{seen} of {counted(early)} among {early}, then {whole} of {early + late}",
    )


def _late_share(early: int, late: int, whole: int, seen: int, counted: int) -> float:
    """How likely the last one said "a", all orders of the answers being as likely."""
    weights: dict[int, float] = {}
    for before in range(max(0, whole - late), min(early, whole) + 1):
        ways = comb(early, before) * comb(late, whole - before)
        fits = {
            s: comb(before, s) * comb(early - before, counted - s)
            for s in range(max(0, counted - early + before), min(before, counted) + 1)
        }
        if seen in fits:
            weights[before] = ways * fits[seen] / sum(fits.values())
    total = sum(weights.values())
    return sum(w * (whole - before) for before, w in weights.items()) / total / late
