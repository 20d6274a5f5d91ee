"""Whoever knows what everybody else answered, and subtracts: over tables, audiences, waves, pages.

The strongest there can be: two worlds are left, in which one person answered this or that, and the
attacker computes exactly how likely all released counts are in each, also those that are not shown.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log
from unittest.mock import patch

import numpy as np

from core.text import text
from surveys.disclosure import tables
from surveys.disclosure.budget import ANSWER, ANSWERED, BESIDE
from surveys.disclosure.live import seen
from surveys.disclosure.noise import Below
from surveys.disclosure.tables import Released, released
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, Pairwise, Question, Ranking, Scale, SeveralChoice
from surveys.survey import Condition, Dimension, PlannedTable, Survey
from tests.attacks.disclosure.audit import counts_of, likelihoods
from tests.attacks.disclosure.believing import SURE, Attempt
from tests.attacks.disclosure.door import FIVE, exact
from tests.attacks.disclosure.epsilons import written_down
from tests.surveys.disclosure.plans import EVERY_TABLE, SCHOOLS, response, survey_of, yes_or_no

TARGET = ("teacher", "high", "north")
BOTH = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))

Said = Mapping[str, Answer]
Release = Callable[[Sequence[OpenResponse], Sequence[OpenResponse], Below], Sequence[Released]]
"""What is released of the others' responses and the target's, where there is one."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """``one``, or ``other``: what the target answered; None: nothing at all. ``bound``: epsilon of
    all that is released of it."""

    release: Release
    bound: Fraction
    one: Said
    other: Said | None
    rest: Said


def attack(known: Known, chance: random.Random, plain: bool) -> Attempt:
    """They were half, or 70%, sure before."""
    others = [
        response(
            atom, {**known.rest, **({"q": "no"} if "q" in _NO and chance.random() < 0.4 else {})}
        )
        for atom in SCHOOLS.elements()
    ][1:]
    if known.rest.get("q") != "yes":
        others = [response(atom, known.rest) for atom in SCHOOLS.elements()][1:]

    def closing(said: Said | None) -> Callable[[], Released]:
        target = [] if said is None else [response(TARGET, said)]
        return lambda: together(known.release(others, target, chance.randrange))

    first, second = closing(known.one), closing(known.other)
    prior = chance.choice((0.5, 0.7))
    truth = chance.random() < prior
    if plain:
        with patch.object(tables, "noisy", exact):
            differs = _from_five(first()) != _from_five(second())
        return Attempt(sure=1.0 if differs else max(prior, 1 - prior), right=True, why="exact")
    moved = likelihoods(first, second)(counts_of((first if truth else second)()))
    assert abs(moved) <= known.bound + 1e-9, "more is told than the budget says"
    sure = 1 / (1 + exp(-log(prior / (1 - prior)) - moved))
    return Attempt(
        sure=max(sure, 1 - sure), right=(sure > 0.5) is truth, why=f"odds moved by e^{moved:.2f}"
    )


def by_the_ledger(known: Known) -> float:
    """Of how many attempts an attacker succeeds, by nothing but the draws that differ: each count
    with noise of scale s that the answer moves by d moves the log of the odds by (|x - d| - |x|)/s,
    where x is the noise. 0 where all of it together cannot make 70% to more than 95%."""
    others = [response(atom, known.rest) for atom in SCHOOLS.elements()][1:]
    draws = []
    for said in (known.one, known.other):
        target = [] if said is None else [response(TARGET, said)]
        with written_down() as drawn:
            known.release(others, target, lambda _: 0)
        draws.append(drawn)
    moved = [(abs(a - b), scale) for (a, scale), (b, _) in zip(*draws, strict=True) if a != b]
    odds = log(SURE / (1 - SURE))
    most = float(sum(by / scale for by, scale in moved))
    assert most <= known.bound + 1e-9, "more is told than the budget says"
    if most <= odds - log(0.7 / 0.3):
        return 0.0
    numbers, times = np.random.default_rng(7), 40_000
    told = np.zeros(times)
    for by, scale in moved:
        q = exp(-1 / float(scale))
        noise = numbers.geometric(1 - q, times) - numbers.geometric(1 - q, times)
        told += (np.abs(noise - by) - np.abs(noise)) / float(scale)
    before = [log(prior / (1 - prior)) for prior in (0.5, 0.7, 0.3)]  # of what is so
    weights = (0.5, 0.5 * 0.7, 0.5 * 0.3)
    return sum(w * float(np.mean(told + b > odds)) for w, b in zip(weights, before, strict=True))


def _from_five(told: Released) -> list[int]:
    """What a plain gate shows: each count of five answers and more."""
    found = [n.value for n in told.answered.values() if n.value >= FIVE]
    for groups in told.questions.values():
        for one in groups.values():
            if one.n.value >= FIVE:
                found += [one.n.value, *(count.value for count in one.counts.values())]
    return found


def together(told: Sequence[Released]) -> Released:
    """Several closings as one, to compare what all of them tell."""
    return Released(
        complete={
            frozenset({*people, ("", "", f"{at} {kind}")}): n
            for at, one in enumerate(told)
            for kind, counts in (("complete", one.complete), ("partial", one.partial))
            for people, n in counts.items()
        },
        questions={
            f"{at} {key}": groups
            for at, one in enumerate(told)
            for key, groups in one.questions.items()
        },
    )


def _closed(survey: Survey, times: int = 1) -> Release:
    return lambda others, target, below: [
        released(survey, SCHOOLS, [*others, *target], below=below) for _ in range(times)
    ]


def _fewer(
    others: Sequence[OpenResponse], target: Sequence[OpenResponse], below: Below
) -> list[Released]:
    """The second survey, or wave, has everybody but the target."""
    survey = survey_of([yes_or_no()])
    fewer = {**SCHOOLS, TARGET: SCHOOLS[TARGET] - 1}
    return [
        released(survey, SCHOOLS, [*others, *target], below=below),
        released(survey, fewer, others, below=below),
    ]


def _watched(
    others: Sequence[OpenResponse], target: Sequence[OpenResponse], below: Below
) -> list[Released]:
    """The target is the last before the only look."""
    survey = survey_of([yes_or_no()])
    look = seen(survey, 250, [*others[:99], *target], below)
    return [
        Released(
            complete={},
            questions={key: {frozenset(SCHOOLS): told} for key, told in look.items()},
        ),
        *_closed(survey)(others, target, below),
    ]


def _asked(question: Question) -> Survey:
    return survey_of([question])


_PROMPT = text("?")
_CHOICES = tuple(Choice(key=key, label=text(key)) for key in "abc")
_YES, _NO = {"q": "yes"}, {"q": "no"}
_FIVE: dict[str, Answer] = {f"s{n}": 5 for n in range(5)}
_ADKAR = replace(survey_of([Scale(key=key, prompt=_PROMPT) for key in _FIVE]), adkar=tuple(_FIVE))
_BOXES = SeveralChoice(key="q", prompt=_PROMPT, choices=_CHOICES, at_least=2, at_most=2)
_ORDER = Ranking(key="q", prompt=_PROMPT, choices=_CHOICES, top=3)
_PAIRS = Pairwise(key="q", prompt=_PROMPT, choices=_CHOICES, pairs=3)
_IDEAS = "abcdefghijklmnopqrst"
_TEN_PAIRS = Pairwise(
    key="q",
    prompt=_PROMPT,
    choices=tuple(Choice(key=key, label=text(key)) for key in _IDEAS),
    pairs=10,
)
_BALLOT = tuple(f"{a}>{b}" for a, b in zip(_IDEAS[::2], _IDEAS[1::2], strict=True))
_TURNED = tuple(f"{b}>{a}" for a, b in zip(_IDEAS[::2], _IDEAS[1::2], strict=True))


def _yes_or_no(release: Release, bound: Fraction = ANSWER) -> Known:
    return Known(release=release, bound=bound, one=_YES, other=_NO, rest=_YES)


def _decides(question: Question, said: Answer) -> Known:
    """Whether somebody said yes, and so was asked more."""
    survey = survey_of([yes_or_no()], [question], show_if=Condition(question="q", any_of=("yes",)))
    return Known(
        release=_closed(survey),
        bound=ANSWER + BESIDE,
        one={"q": "yes", question.key: said},
        other=_NO,
        rest=_NO,
    )


KNOWN: Mapping[str, Known] = {
    "overlapping tables": _yes_or_no(
        _closed(survey_of([yes_or_no()], tables=(*EVERY_TABLE, BOTH)))
    ),
    "two audiences, or waves, that differ by one person": _yes_or_no(_fewer),
    "a page for some": Known(
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
        rest={"q": "yes", "more": "yes"},
    ),
    "a page for some with five boxes": _decides(
        SeveralChoice(
            key="more",
            prompt=_PROMPT,
            choices=tuple(Choice(key=key, label=text(key)) for key in "abcde"),
        ),
        tuple("abcde"),
    ),
    "a page for some with ten pairs": _decides(replace(_TEN_PAIRS, key="more"), _BALLOT),
    "live looks and closing": _yes_or_no(_watched, ANSWER + BESIDE),
    "a barrier and its scale": Known(
        release=_closed(_ADKAR),
        bound=ANSWER + BESIDE,
        one=_FIVE,
        other={**_FIVE, "s0": 1},
        rest=_FIVE,
    ),
    "a ranking": Known(
        release=_closed(_asked(_ORDER)),
        bound=ANSWER,
        one={"q": ("a", "b", "c")},
        other={"q": ("c", "b", "a")},
        rest={"q": ("b", "a", "c")},
    ),
    "one comparison of pairs": Known(
        release=_closed(_asked(_PAIRS)),
        bound=ANSWER / 2,
        one={"q": ("a>b", "a>c", "b>c")},
        other={"q": ("b>a", "a>c", "b>c")},
        rest={"q": ("a>b", "a=c", "c>b")},
    ),
    "one comparison that was skipped": Known(
        release=_closed(_asked(_PAIRS)),
        bound=ANSWER / 2,
        one={"q": ("a>b", "a>c", "b>c")},
        other={"q": ("a=b", "a>c", "b>c")},
        rest={"q": ("a>b", "a=c", "c>b")},
    ),
    "the one comparison of a new idea": Known(
        release=_closed(_asked(_PAIRS)),
        bound=ANSWER / 2,
        one={"q": ("a>b", "c>a")},
        other={"q": ("a>b", "a>c")},
        rest={"q": ("a>b",)},
    ),
    "three pairs, all one way or the other": Known(
        release=_closed(_asked(_PAIRS)),
        bound=3 * ANSWER / 2,
        one={"q": ("a>b", "a>c", "b>c")},
        other={"q": ("b>a", "c>a", "c>b")},
        rest={"q": ("a>b", "a=c", "c>b")},
    ),
    "ten pairs, all one way or the other": Known(
        release=_closed(_asked(_TEN_PAIRS)),
        bound=5 * ANSWER,
        one={"q": _BALLOT},
        other={"q": _TURNED},
        rest={"q": _BALLOT},
    ),
    "one of exactly two boxes": Known(
        release=_closed(_asked(_BOXES)),
        bound=2 * ANSWER,
        one={"q": ("a", "b")},
        other={"q": ("a", "c")},
        rest={"q": ("a", "b")},
    ),
    "whether somebody answered": Known(
        release=_closed(_asked(yes_or_no())),
        bound=ANSWER + ANSWERED,
        one=_YES,
        other=None,
        rest=_NO,
    ),
    "the same question in two waves": _yes_or_no(_closed(survey_of([yes_or_no()]), 2), 2 * ANSWER),
}
