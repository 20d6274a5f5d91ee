"""What people want first: Borda points of rankings and strengths from pairs, each with a bootstrap
interval, and ties told as ties."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 500

HANDS = 2000
"""So many respondents are drawn one by one; more are dealt into so many hands of several each."""

CLOSE = 1e-9
"""Strengths are found when a further step would change none of them by more."""

MOST_STEPS = 200

Ballot = tuple[str, ...]
"""Choice keys, the most important first; what is not in it is unranked."""

Comparison = tuple[str, str]
"""The key that was preferred, and the other one."""


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


# -- pairs ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Strength:
    """One choice's place among pairs. ``chance``, 0..1: to be preferred to an average one, by
    Bradley and Terry, with its 95% percentile interval; over all choices the mean is .5.
    ``estimate``, 0..100, is All Our Ideas'."""

    key: str
    wins: int
    losses: int
    estimate: float
    chance: float
    low: float
    high: float
    tied_with_next: bool


def estimate(wins: int, losses: int) -> float:
    """100 (w+1) / (w+l+2), 0..100: the chance to win, were each choice seen to win once and to
    lose once before. Source: M. J. Salganik, K. E. C. Levy, "Wiki surveys: open and quantifiable
    social data collection", PLoS ONE 10 (2015) e0123483, of allourideas.org."""
    return 100 * (wins + 1) / (wins + losses + 2)


def strengths(
    answers: Sequence[Sequence[Comparison]],
    choices: Sequence[str],
    wave_id: UUID,
    question: str = "",
) -> list[Strength]:
    """Choices in order of their chance; equal ones keep the order of ``choices``. ``answers`` hold
    what each respondent decided; the interval resamples respondents, since what one person
    decided belongs together. A rerun says the same. Raises ValueError where nobody decided."""
    if not any(answers):
        raise ValueError("nobody decided between anything")
    import numpy as np

    m = len(choices)
    at = {key: place for place, key in enumerate(choices)}
    seed = np.random.SeedSequence([wave_id.int, zlib.crc32(question.encode())])
    random = np.random.default_rng(seed)
    hands = _dealt(sorted(tuple(sorted(one)) for one in answers), random)
    cells = np.zeros((len(hands), m * m))
    for hand, decided in zip(cells, hands, strict=True):
        for better, worse in decided:
            hand[at[better] * m + at[worse]] += 1
    drawn = random.multinomial(len(hands), [1 / len(hands)] * len(hands), size=RESAMPLES)
    whole = cells.sum(axis=0).reshape(m, m)
    chances = _chance(bradley_terry(whole))
    low, high = np.percentile(
        _chance(bradley_terry((drawn @ cells).reshape(RESAMPLES, m, m))), [2.5, 97.5], axis=0
    )
    wins, losses = whole.sum(axis=1), whole.sum(axis=0)
    order = sorted(range(m), key=lambda i: -round(float(chances[i]), 9))
    return [
        Strength(
            key=choices[i],
            wins=int(wins[i]),
            losses=int(losses[i]),
            estimate=estimate(int(wins[i]), int(losses[i])),
            chance=float(chances[i]),
            low=float(low[i]),
            high=float(high[i]),
            tied_with_next=after is not None and bool(high[after] >= low[i]),
        )
        for i, after in zip(order, [*order[1:], None], strict=True)
    ]


def bradley_terry(wins: NDArray[np.float64], prior: float = 1.0) -> NDArray[np.float64]:
    """Log strengths, of ``wins[..., i, j]`` (how often i was preferred to j): i is preferred to j
    with chance 1 / (1 + exp(s_j - s_i)).

    Each choice is given ``prior`` wins and losses against one of strength 0, so that nothing is
    infinite, also where a choice never lost; that is a Beta prior on its chance against an
    average one. Sources: R. A. Bradley, M. E. Terry, "Rank analysis of incomplete block designs",
    Biometrika 39 (1952) 324-345; the prior as F. Caron, A. Doucet, "Efficient Bayesian inference
    for generalized Bradley-Terry models", J. Comp. Graph. Stat. 21 (2012) 174-196. The maximum is
    unique; damped Newton steps reach it from anywhere (T. Sun, Q. Tran-Dinh, "Generalized
    self-concordant functions", Math. Program. 178 (2019) 145-213).
    """
    import numpy as np

    met = wins + np.swapaxes(wins, -1, -2)
    own = wins.sum(axis=-1) + prior
    found = np.zeros(wins.shape[:-1])
    places = np.arange(wins.shape[-1])
    for _ in range(MOST_STEPS):
        chances = 1 / (1 + np.exp(found[..., None, :] - found[..., :, None]))
        average = _chance(found)
        slope = own - (met * chances).sum(axis=-1) - 2 * prior * average
        bend = -met * chances * (1 - chances)
        bend[..., places, places] = -bend.sum(axis=-1) + 2 * prior * average * (1 - average)
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        size = 2 * np.abs(step).max(axis=-1, keepdims=True)
        found = found + step * np.log1p(size) / np.maximum(size, CLOSE)
        if size.max() < CLOSE:
            break
    return found


def _chance(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """To be preferred to one of strength 0."""
    import numpy as np

    chances: NDArray[np.float64] = 1 / (1 + np.exp(-strength))
    return chances


def _dealt(
    answers: Sequence[tuple[Comparison, ...]], random: np.random.Generator
) -> list[tuple[Comparison, ...]]:
    """Respondents one by one; many are dealt by chance into ``HANDS`` hands. Sums of hands that
    are drawn again and again vary as those of respondents do, and cost no more than so many."""
    if len(answers) <= HANDS:
        return list(answers)
    shuffled = [answers[i] for i in random.permutation(len(answers))]
    return [tuple(chain.from_iterable(shuffled[hand::HANDS])) for hand in range(HANDS)]
