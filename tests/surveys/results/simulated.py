"""People who compare ideas of which the truth is known: the draws, the votes and what is released.

Votes are as Bradley and Terry's model has them, and strengths normal with standard deviation 1.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from math import exp
from unittest.mock import patch

from core.text import text
from surveys.disclosure import tables as disclosed
from surveys.disclosure.results import tables
from surveys.disclosure.tables import released
from surveys.ports import OpenResponse
from surveys.priorities.choosing import next_pair
from surveys.questions import Choice, Pair, Pairwise
from surveys.results.model import QuestionResult, RankingResult, Table
from surveys.results.tabulating import Atom
from surveys.survey import PlannedTable
from tests.attacks.disclosure.door import exact
from tests.surveys.disclosure.plans import BY_LEVEL, WHOLE, response, survey_of

LEVELS: Sequence[Atom] = (
    ("teacher", "elementary", "north"),
    ("teacher", "middle", "east"),
    ("teacher", "high", "south"),
)


def voted(
    truth: dict[str, float],
    people: int,
    pairs: int,
    chance: random.Random,
    *,
    left: float = 0.0,
    late: tuple[str, int] | None = None,
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
        own: list[Pair] = []
        entries = []
        for _ in range(pairs):
            pair = next_pair(shown, own, keys, chance.randrange)
            if pair is None:
                break
            own.append(pair)
            shown.update(pair)
            a, b = pair
            wins = (chance.random() < 1 / (1 + exp(truth[b] - truth[a]))) or careless
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
    result = _tables(truth, given, chance, noise=noise, by=by)[0].cells[0].questions[0]
    assert isinstance(result, RankingResult)
    return result


def of_levels(
    truth: dict[str, float], given: Sequence[OpenResponse], chance: random.Random
) -> list[QuestionResult]:
    """The same of each level."""
    found = _tables(truth, given, chance)[1].cells
    return [cell.questions[0] for cell in found]


def _tables(
    truth: dict[str, float],
    given: Sequence[OpenResponse],
    chance: random.Random,
    *,
    noise: bool = True,
    by: Sequence[PlannedTable] = (WHOLE, BY_LEVEL),
) -> Sequence[Table]:
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
    return tables(survey, counts, asked)
