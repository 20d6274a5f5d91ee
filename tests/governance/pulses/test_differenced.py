"""Whoever knows what everybody else answered, and subtracts the pulse before a change from the one
after it: the same people, and one of them answered otherwise, or was not in the second one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.text import text
from governance.pulses.model import STATEMENTS
from surveys.authoring.presets import AGREEMENT
from surveys.disclosure.budget import ANSWER, BESIDE
from surveys.disclosure.noise import Below
from surveys.disclosure.tables import Released, released
from surveys.ports import OpenResponse
from surveys.questions import Answer, Scale
from surveys.survey import Dimension, PlannedTable, Survey
from tests.attacks.disclosure.knowing import Known, attack
from tests.surveys.disclosure.plans import SCHOOLS, survey_of

ROUNDS = 40
TABLES = (PlannedTable(), PlannedTable(by=(Dimension.ROLE, Dimension.LEVEL)))


def _pulse() -> Survey:
    scales = [Scale(key=key, prompt=text(key), labels=AGREEMENT) for key in STATEMENTS]
    return replace(survey_of(scales), tables=TABLES, adkar=tuple(STATEMENTS))


_HIGH: dict[str, Answer] = dict.fromkeys(STATEMENTS, 5)


def _twice(
    others: Sequence[OpenResponse], target: Sequence[OpenResponse], below: Below
) -> list[Released]:
    everybody = [*others, *target]
    return [released(_pulse(), SCHOOLS, everybody, below=below) for _ in range(2)]


def _without(
    others: Sequence[OpenResponse], target: Sequence[OpenResponse], below: Below
) -> list[Released]:
    """The target is not in the second one."""
    first = released(_pulse(), SCHOOLS, [*others, *target], below=below)
    return [first, released(_pulse(), SCHOOLS, others, below=below)]


ONE_ANSWER = Known(
    release=_twice,
    bound=2 * (ANSWER + BESIDE),
    one=_HIGH,
    other={**_HIGH, "knowledge": 1},
    rest=_HIGH,
)
LEFT = Known(
    release=_without,
    bound=ANSWER + BESIDE,
    one=_HIGH,
    other={**_HIGH, "knowledge": 1},
    rest=_HIGH,
)


@pytest.mark.parametrize(("known", "most"), [(ONE_ANSWER, 0.2), (LEFT, 0.15)])
def test_before_less_after_tells_of_one_person_what_two_budgets_allow(
    known: Known, most: float
) -> None:
    """The exact odds are computed; ``attack`` itself fails where they move by more."""
    found = [
        attack(known, random.Random(seed), False)  # noqa: S311 - an attempt is repeatable
        for seed in range(ROUNDS)
    ]
    assert sum(one.success for one in found) <= most * ROUNDS


def test_without_noise_the_same_subtraction_tells_the_answer() -> None:
    """So the check above can fail."""
    found = [
        attack(LEFT, random.Random(seed), True)  # noqa: S311 - an attempt is repeatable
        for seed in range(5)
    ]
    assert all(one.success for one in found)
