"""Whoever knows what everybody else answered, and subtracts: over tables, audiences, pages, looks.

The strongest there can be: two worlds are left, in which one person answered this or that, and the
attacker computes exactly how likely what is released is in each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log

import pytest

from surveys.disclosure.budget import ANSWER, BESIDE
from surveys.disclosure.live import seen
from surveys.disclosure.noise import Below
from surveys.disclosure.tables import Released, released
from surveys.ports import OpenResponse
from surveys.questions import Answer, Scale
from surveys.survey import Condition, Dimension, PlannedTable, Survey
from surveys.words import text
from tests.attacks.disclosure.audit import counts_of, likelihoods, source
from tests.surveys.disclosure.plans import EVERY_TABLE, SCHOOLS, response, survey_of, yes_or_no

SURE = 0.95
TARGET = ("teacher", "high", "north")
BOTH = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))

Release = Callable[[Sequence[OpenResponse], OpenResponse, Below], Sequence[Released]]
"""What is released of the others' responses and the target's."""


def _closed(survey: Survey) -> Release:
    return lambda others, target, below: [released(survey, SCHOOLS, [*others, target], below=below)]


def _two_audiences(
    others: Sequence[OpenResponse], target: OpenResponse, below: Below
) -> list[Released]:
    """The second survey asks everybody but the target the same."""
    survey = survey_of([yes_or_no()])
    fewer = {**SCHOOLS, TARGET: SCHOOLS[TARGET] - 1}
    return [
        released(survey, SCHOOLS, [*others, target], below=below),
        released(survey, fewer, others, below=below),
    ]


def _watched(others: Sequence[OpenResponse], target: OpenResponse, below: Below) -> list[Released]:
    """The target is the last before the first look."""
    survey = survey_of([yes_or_no()])
    first = [*others[:99], target]
    look = {
        key: {frozenset(SCHOOLS): told} for key, told in seen(survey, 108, first, below).items()
    }
    return [
        Released(answered={}, questions=look),
        released(survey, SCHOOLS, [*others, target], below=below),
    ]


@dataclass(frozen=True, kw_only=True)
class Family:
    release: Release
    bound: Fraction
    one: Mapping[str, Answer]
    other: Mapping[str, Answer]


_YES, _NO = {"q": "yes"}, {"q": "no"}
_FIVE: dict[str, Answer] = {f"s{n}": 5 for n in range(5)}
_ADKAR = replace(survey_of([Scale(key=key, prompt=text("?")) for key in _FIVE]), adkar=tuple(_FIVE))

FAMILIES: Mapping[str, Family] = {
    "overlapping tables": Family(
        release=_closed(survey_of([yes_or_no()], tables=(*EVERY_TABLE, BOTH))),
        bound=ANSWER,
        one=_YES,
        other=_NO,
    ),
    "two audiences": Family(release=_two_audiences, bound=ANSWER, one=_YES, other=_NO),
    "a page for some": Family(
        release=_closed(
            survey_of(
                [yes_or_no()],
                [yes_or_no("more")],
                show_if=Condition(question="q", any_of=("yes",)),
            )
        ),
        bound=ANSWER + BESIDE,
        one={"q": "yes", "more": "yes"},
        other=_NO,
    ),
    "looks and closing": Family(release=_watched, bound=ANSWER + BESIDE, one=_YES, other=_NO),
    "a barrier": Family(
        release=_closed(_ADKAR),
        bound=ANSWER + BESIDE,
        one=_FIVE,
        other={**_FIVE, "s0": 1},
    ),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """``sure``: how many attempts made the attacker more than 95% sure, and right; ``furthest``:
    by how much at most the log-odds moved."""

    sure: int
    furthest: float


def _attacked(family: Family, attempts: int, prior: float, seed: str) -> Found:
    def closing(said: Mapping[str, Answer], below: Below) -> Callable[[], Released]:
        target = response(TARGET, said)
        return lambda: _together(family.release(others, target, below))

    others = [
        response(atom, {"q": "yes" if i % 3 else "no", "more": "yes", **_FIVE})
        for i, atom in enumerate(SCHOOLS.elements())
    ][1:]
    below = source(seed)
    score = likelihoods(closing(family.one, below), closing(family.other, below))
    sure, furthest = 0, 0.0
    release = closing(family.one, below)
    for _ in range(attempts):
        moved = score(counts_of(release()))
        furthest = max(furthest, abs(moved))
        odds = log(prior / (1 - prior)) + moved
        sure += 1 / (1 + exp(-odds)) > SURE
    return Found(sure=sure, furthest=furthest)


def _together(told: Sequence[Released]) -> Released:
    """Several closings as one, to compare what all of them tell."""
    return Released(
        answered={
            frozenset({*people, ("", "", str(at))}): n
            for at, one in enumerate(told)
            for people, n in one.answered.items()
        },
        questions={
            f"{at} {key}": groups
            for at, one in enumerate(told)
            for key, groups in one.questions.items()
        },
    )


@pytest.mark.parametrize("name", FAMILIES)
def test_who_knows_all_others_is_not_made_sure(name: str) -> None:
    family = FAMILIES[name]
    found = _attacked(family, 30, 0.5, name)
    assert found.sure == 0
    assert found.furthest <= float(family.bound) + 1e-9


@pytest.mark.prove
@pytest.mark.parametrize("name", FAMILIES)
def test_who_knows_all_others_is_not_made_sure_in_many_attempts(name: str) -> None:
    family = FAMILIES[name]
    for prior in (0.5, 0.7):
        found = _attacked(family, 300, prior, f"{name} {prior}")
        print(f"{name}, {prior:.0%} before: {found.sure} of 300, odds moved {found.furthest:.2f}")
        assert found.sure == 0
        assert found.furthest <= float(family.bound) + 1e-9
