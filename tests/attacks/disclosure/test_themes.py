"""What comments are about, before somebody who knows what all the others wrote of.

They ask whether one person wrote of the first theme or of the second. The comments themselves are
left out here: whoever recognizes a comment needs no number.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import exp

import pytest

from surveys.disclosure.noise import Below
from surveys.disclosure.themes import MOVES, shown_from
from surveys.ports import OpenResponse
from surveys.questions import FreeText
from surveys.results.model import CommentThemes
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.survey import USUAL
from tests.attacks.disclosure.any_survey import PROMPT
from tests.attacks.disclosure.door import NOON, of_comments, wave_of
from tests.attacks.disclosure.test_epsilons import LARGE, TARGET
from tests.surveys.disclosure.plans import response, survey_of, yes_or_no

EVERY = tuple(f"t{at}" for at in range(84))
FIRST, SECOND = EVERY[:2]
SURVEY = survey_of([yes_or_no(), FreeText(key="why", prompt=PROMPT)])
SURE = 0.95
ATTEMPTS = 300

SILENT = [response(TARGET, {"q": "no"})] * 100
"""They answer, and write nothing."""

_Q = exp(-float(USUAL.answer) / MOVES)


def _closed(given: Sequence[OpenResponse], below: Below) -> CommentThemes:
    results = final_results(
        wave_of(SURVEY),
        given,
        LARGE,
        sum(LARGE.values()),
        str,
        NOON,
        Known(asked=LARGE),
        below,
    )
    themes = of_comments(SURVEY, results, given, EVERY, below).themes
    assert themes is not None
    return themes


def _writers(theme: str, n: int) -> list[OpenResponse]:
    return [response(TARGET, {"q": "yes", "why": theme}) for _ in range(n)]


def _law(count: int) -> Mapping[int | None, float]:
    """The chance of each figure of a theme that so many wrote of; None: it is not shown."""
    enough = shown_from(len(EVERY), USUAL.answer, USUAL.smallest_group)
    law: dict[int | None, float] = {}
    for noise in range(-120, 121):
        value = count + noise
        seen = 5 * round(value / 5) if value >= enough else None
        law[seen] = law.get(seen, 0.0) + (1 - _Q) / (1 + _Q) * _Q ** abs(noise)
    return law


def _sure(seen: Sequence[CommentThemes], known: Sequence[tuple[int, int]]) -> float:
    """How sure they are that it was the first theme, who were 50% sure. ``known``: of each survey,
    how many others wrote of either, where the person wrote, too."""
    odds = 1.0
    for themes, (first, second) in zip(seen, known, strict=True):
        figures = {one.theme: one.people for one in themes.themes}
        a, b = figures.get(FIRST), figures.get(SECOND)
        odds *= _law(first + 1)[a] * _law(second)[b] / (_law(first)[a] * _law(second + 1)[b])
    return odds / (1 + odds)


def _attempt(chance: random.Random, surveys: int) -> tuple[float, bool]:
    """In each of so many surveys the person writes the same, and others write what they like."""
    wrote_first, seen, known = chance.random() < 0.5, [], []
    for _ in range(surveys):
        first, second = chance.randint(5, 60), chance.randint(5, 60)
        own = response(TARGET, {"q": "yes", "why": FIRST if wrote_first else SECOND})
        given = [own, *_writers(FIRST, first), *_writers(SECOND, second), *SILENT]
        seen.append(_closed(given, chance.randrange))
        known.append((first, second))
    return _sure(seen, known), wrote_first


def test_who_knows_all_others_learns_nobodys_theme() -> None:
    """Nor from a file of the same results, which has the same numbers."""
    chance = random.Random(31)  # noqa: S311
    found = [_attempt(chance, 1) for _ in range(ATTEMPTS)]
    assert not [sure for sure, _ in found if max(sure, 1 - sure) > SURE]
    bound = exp(float(USUAL.answer))
    assert max(max(sure, 1 - sure) for sure, _ in found) <= bound / (1 + bound) + 1e-9
    right = sum((sure > 0.5) is first for sure, first in found)
    assert right > ATTEMPTS / 2, "they use what there is to learn"


def test_two_surveys_tell_no_more_than_both_budgets_together() -> None:
    chance = random.Random(32)  # noqa: S311
    found = [_attempt(chance, 2) for _ in range(ATTEMPTS)]
    bound = exp(2 * float(USUAL.answer))
    assert max(max(sure, 1 - sure) for sure, _ in found) <= bound / (1 + bound) + 1e-9


@pytest.mark.parametrize("comments", [1, 40])
def test_a_survey_with_somebody_less_the_same_without_is_noise(comments: int) -> None:
    """They know all others of both, and how many comments the one person wrote does not help."""
    keys = [f"why{at}" for at in range(comments)]
    survey = survey_of([yes_or_no(), *(FreeText(key=key, prompt=PROMPT) for key in keys)])
    others = [
        response(TARGET, {"q": "yes", **dict.fromkeys(keys, FIRST)}) for _ in range(30)
    ] + SILENT
    own = response(TARGET, {"q": "yes", **dict.fromkeys(keys, FIRST)})

    def people(given: Sequence[OpenResponse], below: Below) -> int:
        results = final_results(
            wave_of(survey), given, LARGE, sum(LARGE.values()), str, NOON, Known(asked=LARGE), below
        )
        themes = of_comments(survey, results, given, EVERY, below).themes
        assert themes is not None
        return next(one.people for one in themes.themes if one.theme == FIRST)

    chance = random.Random(33)  # noqa: S311
    apart = [
        people([*others, own], chance.randrange) - people(others, chance.randrange)
        for _ in range(40)
    ]
    assert max(map(abs, apart)) <= 20, "never by as much as the number of comments"
    assert len({one > 0 for one in apart}) == 2, "and as often to the wrong side"
    assert abs(sum(apart) / len(apart)) < 4, "one person, and not forty"
