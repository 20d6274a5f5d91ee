"""What people want first: Borda points with a bootstrap interval, and ties told as ties."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 500

Ballot = tuple[str, ...]
"""Choice keys, the most important first; what is not in it is unranked."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One choice's place. ``points`` per ballot are 0..1: 1 is everybody's first, 0 nobody's.

    ``low`` and ``high`` bound a 95% percentile interval; ``tied_with_next`` where it overlaps the
    next choice's, so that the order of the two says nothing.
    """

    key: str
    points: float
    low: float
    high: float
    firsts: int
    tied_with_next: bool


def borda(ballot: Ballot, choices: Sequence[str]) -> list[float]:
    """Points of one ballot for each of ``choices``, scaled to 0..1.

    The first of m gets m-1 points, the next m-2, and so on; the unranked share what is left
    evenly, so that a short ballot hands out as many points as a full one. Source: J.-C. de Borda,
    Mémoire sur les élections au scrutin (1781); the shared remainder is the average of tied places
    in M. Dummett, Principles of Electoral Reform (1997).
    """
    m = len(choices)
    if m == 1:
        return [1.0]
    shared = (m - len(ballot) - 1) / 2
    places = {key: m - 1 - place for place, key in enumerate(ballot)}
    return [places.get(key, shared) / (m - 1) for key in choices]


def standings(
    ballots: Sequence[Ballot], choices: Sequence[str], wave_id: UUID, question: str = ""
) -> list[Standing]:
    """Choices in order of their mean points; equal points keep the order of ``choices``.

    The interval resamples respondents with replacement (B. Efron, "Bootstrap methods: another look
    at the jackknife", Annals of Statistics 7 (1979) 1-26). Its seed comes from the wave and the
    question, and its input does not depend on the order of ballots: a rerun says the same.
    Raises ValueError without ballots.
    """
    if not ballots:
        raise ValueError("nobody ranked anything")
    import numpy as np  # not at import: most processes never rank

    alike = sorted(Counter(ballots).items())
    points = np.array([borda(ballot, choices) for ballot, _ in alike])
    held = np.array([count for _, count in alike])
    # Rounded, so that equal points are equal in whatever order they were added up.
    means = np.round(held @ points / len(ballots), 12)
    low, high = _interval(points, held, wave_id, question)
    firsts = Counter(ballot[0] for ballot in ballots if ballot)
    order = sorted(range(len(choices)), key=lambda i: -float(means[i]))
    return [
        Standing(
            key=choices[i],
            points=float(means[i]),
            low=float(low[i]),
            high=float(high[i]),
            firsts=firsts[choices[i]],
            tied_with_next=after is not None and bool(high[after] >= low[i]),
        )
        for i, after in zip(order, [*order[1:], None], strict=True)
    ]


def _interval(
    points: NDArray[np.float64], held: NDArray[np.int64], wave_id: UUID, question: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """2.5th and 97.5th percentiles of the resampled means, per choice.

    Drawing n respondents with replacement is one multinomial draw over the distinct ballots.
    """
    import numpy as np

    seed = np.random.SeedSequence([wave_id.int, zlib.crc32(question.encode())])
    n = int(held.sum())
    drawn = np.random.default_rng(seed).multinomial(n, held / n, size=RESAMPLES)
    low, high = np.percentile(drawn @ points / n, [2.5, 97.5], axis=0)
    return low, high
