"""What is new or growing this week: themes of which more people write than in the months before.

Shares are compared and not numbers, so a week in which everybody writes (a survey, a first week of
school) makes nothing grow, and a week of holidays makes nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST_PEOPLE = 5
"""Of fewer people nothing is told: see the release rules."""

FEWEST_WEEKS = 4
"""Before that many weeks nobody can say what is usual."""

WRONGLY_TOLD = 0.05
"""Share of what is told that may be chance (false discovery rate)."""

_NEW_BELOW = 0.5
"""A theme of fewer people a week than this (one in two weeks) was not there before."""

_LEAST_TIMES = 1.5
"""Growth that a test can see in a large district may still be too small to tell."""

_HALF_A_PERSON = 0.5
"""Added to what was seen before: that nobody wrote of a theme does not say nobody ever will
(Jeffreys' prior)."""

_Counts = NDArray[np.float64]


class Growth(StrEnum):
    NEW = "new"
    GROWING = "growing"


@dataclass(frozen=True, kw_only=True)
class Trend:
    """``people``: who wrote of ``theme`` this week. ``usual``: how many would have, by its share
    of the weeks before. ``chance``: probability of so many or more if nothing had changed."""

    theme: str
    growth: Growth
    people: int
    usual: float
    chance: float


def trending(weeks: Mapping[str, Sequence[int]]) -> tuple[Trend, ...]:
    """Themes that are new or growing, the least likely by chance first.

    ``weeks``: for each theme the people who wrote of it per week (each person once a week), oldest
    first, this week last; all of one length, else ValueError. Give the themes of the whole
    district: a share needs the whole.

    Each theme by the negative binomial that the weeks before predict for this one (people write
    of what others write of, so weeks vary more than by chance); then the step-up procedure over
    all themes. By simulation with 84 themes and 60 messages a week, 5 weeks in 100 at most tell
    of anything that is chance; what usually one person writes of and now ten is told in 9 of 10.

    Sources: A. Noufaily and others, "An improved algorithm for outbreak detection in multiple
    surveillance systems", Statistics in Medicine 32 (2013) 1206-1222 (this week against a negative
    binomial of those before); Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate",
    J. R. Stat. Soc. B 57 (1995) 289-300.
    """
    if len({len(counts) for counts in weeks.values()}) > 1:
        raise ValueError("every theme needs the same weeks")
    themes = sorted(weeks)
    if not themes:
        return ()
    table = np.array([weeks[theme] for theme in themes], float)
    if table.shape[1] <= FEWEST_WEEKS or table[:, -1].sum() == 0:
        return ()
    before, now = table[:, :-1], table[:, -1]
    usual = (before.sum(1) + _HALF_A_PERSON) / (before.sum() + _HALF_A_PERSON) * now.sum()
    chances = _chances(before, now, usual)
    told = _told(chances)
    average = before.mean(1)
    found = [
        Trend(
            theme=theme,
            growth=Growth.NEW if average[at] < _NEW_BELOW else Growth.GROWING,
            people=int(now[at]),
            usual=float(usual[at]),
            chance=float(chances[at]),
        )
        for at, theme in enumerate(themes)
        if told[at] and now[at] >= FEWEST_PEOPLE and now[at] >= _LEAST_TIMES * usual[at]
    ]
    return tuple(sorted(found, key=lambda trend: (trend.chance, trend.theme)))


def spread(before: _Counts) -> float:
    """How much more weeks vary than by chance, as the squared coefficient of variation that is
    left (0: none) when a week's count has the variance m + spread * m**2 of a negative binomial;
    by moments over all cells, around what the margins let expect."""
    expected = np.outer(before.sum(1), before.sum(0)) / max(1.0, before.sum())
    squares = (expected**2).sum()
    if squares == 0:
        return 0.0
    free = (1 - 1 / before.shape[0]) * (1 - 1 / before.shape[1]) if before.shape[0] > 1 else 1.0
    more = ((before - expected) ** 2).sum() / free - expected.sum()
    return float(max(0.0, more / squares))


def _chances(before: _Counts, now: _Counts, usual: _Counts) -> _Counts:
    """Per theme, the chance of as many people this week or more: the negative binomial that what
    was seen before predicts. Its variance is chance, the weeks' own spread, and how little a few
    people before tell of what is usual."""
    from scipy.special import betainc  # scipy.stats takes longer to load than a page may

    apart = spread(before)
    unsure = 1 / (before.sum(1) + _HALF_A_PERSON) + apart / before.shape[1]
    size = 1 / (apart + unsure)
    # P(X >= k) = I(1 - p; k, n): M. Abramowitz, I. A. Stegun, Handbook (1964), 26.5.26.
    chances: Any = betainc(np.maximum(now, 1.0), size, usual / (size + usual))
    return np.where(now >= FEWEST_PEOPLE, chances, 1.0)


def _told(chances: _Counts) -> NDArray[np.bool_]:
    """The step-up procedure: the k least likely, k as large as their chances allow."""
    order = np.argsort(chances, kind="stable")
    allowed = WRONGLY_TOLD * np.arange(1, len(chances) + 1) / len(chances)
    under = np.flatnonzero(chances[order] <= allowed)
    told = np.zeros(len(chances), bool)
    if len(under):
        told[order[: under[-1] + 1]] = True
    return told
