"""People who compare ideas of which the truth is known: the draws, the votes and what is released.

Votes are as Bradley and Terry's model has them, and strengths normal with standard deviation 1.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from math import exp
from unittest.mock import patch

from core.text import text
from surveys.disclosure import tables as disclosed
from surveys.disclosure.results import tables
from surveys.disclosure.tables import released
from surveys.ports import OpenResponse
from surveys.questions import Choice, Pairwise
from surveys.results.model import RankingResult
from surveys.results.tabulating import Atom
from surveys.survey import PlannedTable
from tests.attacks.disclosure.door import exact
from tests.surveys.disclosure.plans import BY_LEVEL, WHOLE, response, survey_of

LEVELS: Sequence[Atom] = (
    ("teacher", "elementary", "north"),
    ("teacher", "middle", "east"),
    ("teacher", "high", "south"),
)

Draw = Callable[[Counter[str], set[frozenset[str]], Sequence[str], random.Random], tuple[str, str]]


def drawn(
    shown: Counter[str], own: set[frozenset[str]], keys: Sequence[str], chance: random.Random
) -> tuple[str, str]:
    """Two ideas that were shown least, on random sides; never the same pair twice."""
    while True:
        first = min(keys, key=lambda key: (shown[key], chance.random()))
        others = [key for key in keys if key != first and frozenset((first, key)) not in own]
        if others:
            second = chance.choice(others)
            return (first, second) if chance.random() < 0.5 else (second, first)
        keys = [key for key in keys if key != first]


def voted(
    truth: dict[str, float],
    people: int,
    pairs: int,
    chance: random.Random,
    *,
    left: float = 0.0,
    late: tuple[str, int] | None = None,
    draw: Draw = drawn,
) -> list[OpenResponse]:
    """Each person's answer. ``left``: the part of people who take the left one whatever it is;
    ``late``: an idea that joins before this person."""
    shown: Counter[str] = Counter()
    keys = [key for key in truth if late is None or key != late[0]]
    found = []
    for person in range(people):
        if late is not None and person == late[1]:
            keys.append(late[0])
        careless = chance.random() < left
        own: set[frozenset[str]] = set()
        entries = []
        for _ in range(pairs):
            a, b = draw(shown, own, keys, chance)
            own.add(frozenset((a, b)))
            shown.update((a, b))
            wins = careless or chance.random() < 1 / (1 + exp(truth[b] - truth[a]))
            entries.append(f"{a}>{b}" if wins else f"{b}>{a}")
        answers = {"q": tuple(sorted(entries))}
        found.append(response(LEVELS[person % len(LEVELS)], answers))
    return found


def district(ideas: int, chance: random.Random) -> dict[str, float]:
    return {f"idea-{n}": chance.gauss(0, 1) for n in range(ideas)}


def chances(truth: dict[str, float]) -> dict[str, float]:
    """How likely each is preferred to another one, drawn by chance."""
    return {
        a: sum(1 / (1 + exp(y - x)) for b, y in truth.items() if a != b) / (len(truth) - 1)
        for a, x in truth.items()
    }


def told(
    truth: dict[str, float],
    given: Sequence[OpenResponse],
    chance: random.Random,
    *,
    noise: bool = True,
    by: Sequence[PlannedTable] = (WHOLE, BY_LEVEL),
) -> RankingResult:
    """The whole district's result of a survey of which a third answered."""
    question = Pairwise(
        key="q",
        prompt=text("?"),
        choices=tuple(Choice(key=key, label=text(key)) for key in truth),
        pairs=10,
    )
    survey = survey_of([question], tables=by)
    asked = {atom: len(given) for atom in LEVELS}
    if noise:
        counts = released(survey, asked, given, below=chance.randrange)
    else:
        with patch.object(disclosed, "noisy", exact):
            counts = released(survey, asked, given, below=chance.randrange)
    result = tables(survey, counts, asked)[0].cells[0].questions[0]
    assert isinstance(result, RankingResult)
    return result
