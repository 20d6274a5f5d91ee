"""Scores of ideas that were compared two at a time: a million votes, from ballots to intervals."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from core.text import text
from surveys.disclosure.estimates import preferred
from surveys.disclosure.measures import measures, met_by
from surveys.disclosure.noise import Noisy
from surveys.disclosure.tables import counted
from surveys.questions import Answer, Choice, Pairwise

IDEAS, VOTES, EACH = 60, 1_000_000, 10
MOST_SECONDS = 1.0
_PART = Fraction(9, 10)


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Seconds to count all ballots with their noise, and to make scores of the totals."""

    votes: int
    counting: float
    scoring: float

    @property
    def seconds(self) -> float:
        return self.counting + self.scoring


def score(votes: int = VOTES, seed: int = 1) -> Scored:
    chance = Random(seed)  # noqa: S311 - repeatable
    keys = [f"idea-{n}" for n in range(IDEAS)]
    people = votes // EACH
    question = Pairwise(
        key="q",
        prompt=text("?"),
        choices=tuple(Choice(key=key, label=text(key)) for key in keys),
        pairs=EACH,
    )
    ballots: list[Answer] = [
        tuple(">".join(chance.sample(keys, 2)) for _ in range(EACH)) for _ in range(people)
    ]
    begun = time.perf_counter()
    drawn = measures(question, whole=True, skipped=False)
    found = counted(drawn, ballots, _PART, Noisy(people, 0.0), chance.randrange)
    between = time.perf_counter()
    told = preferred(
        [found.counts[key] for key in keys], [found.counts[met_by(key)] for key in keys]
    )
    ended = time.perf_counter()
    assert len(told) == IDEAS
    return Scored(votes=people * EACH, counting=between - begun, scoring=ended - between)
