"""The attacker who looks just before the last ones answer, and at the final figures.

They know who answered last. What the live figures count is a part of the answers before, the final
figures are all: the difference is about those who came last, and whoever was left out. They work
out the exact posterior of what the last ones said.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import comb, prod

from surveys.live import LIVE_FROM

from surveys.counted import all_counted
from surveys.ports import OpenResponse
from surveys.questions import Answer, Matrix, Question, Statement
from surveys.release import live_results
from surveys.results import ShareResult
from surveys.survey import Page
from surveys.words import text
from tests.attacks.privacy.places import wave_of, yes_or_no
from tests.attacks.privacy.replaying import SURE, Tally
from tests.surveys.store import NOON

Live = Callable[[Sequence[str]], Sequence[int]]
"""How many of the counted half, or of all, said "a", for each time that it is asked; empty: that is
not told exactly."""

STATEMENTS = 10

_FORTY_TIMES = tuple(
    Matrix(
        key=f"m{number}",
        prompt=text("How far do you agree?"),
        statements=tuple(
            Statement(key=f"s{i}", label=text(f"Said in way {i}")) for i in range(STATEMENTS)
        ),
        points=2,
        labels={1: text("No"), 2: text("Yes")},
    )
    for number in range(4)
)
"""The same, asked again and again in other words: whoever answers one of them so answers all so."""


def half_of(answers: Sequence[str]) -> Sequence[int]:
    return _live([{"q": answer} for answer in answers], (yes_or_no(),))


def half_of_forty(answers: Sequence[str]) -> Sequence[int]:
    keys = [counted.key for matrix in _FORTY_TIMES for counted in all_counted((matrix,))]
    points = [1 if answer == "a" else 2 for answer in answers]
    return _live([dict.fromkeys(keys, point) for point in points], _FORTY_TIMES)


def _live(said: Sequence[Mapping[str, Answer]], questions: Sequence[Question]) -> Sequence[int]:
    one = wave_of(yes_or_no(), ())
    pages = tuple(Page(questions=(question,)) for question in questions)
    wave = replace(one, survey=replace(one.survey, pages=pages))
    responses = [
        OpenResponse(answers=a, role="teacher", level="high", building="north") for a in said
    ]
    shown = live_results(wave, responses, len(said), None, NOON).tables[0].cells[0].questions
    counts = [one.shares[0].count for one in shown if isinstance(one, ShareResult)]
    return [count for count in counts if count is not None]


def all_of(answers: Sequence[str]) -> Sequence[int]:
    return [sum(answer == "a" for answer in answers)]


def watch(live: Live, counted: Callable[[int], int], seed: int) -> Tally:
    """One survey, watched. ``counted``: of so many answers, how many the live figures are of."""
    chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
    early, late = chance.randint(LIVE_FROM - 5, 2 * LIVE_FROM), chance.randint(1, 6)
    share = chance.random()
    said = ["a" if chance.random() < share else "b" for _ in range(early + late)]
    seen = live(said[:early])
    whole = sum(answer == "a" for answer in said)
    if not seen:
        return Tally(attempts=1, successes=0, surest=0.0)
    a = _late_share(early, late, whole, seen, counted(early))
    alone = whole / (early + late)
    claims = [(a, "a")] * (alone <= SURE) + [(1 - a, "b")] * (1 - alone <= SURE)
    sure, answer = max(claims)
    success = sure > SURE and said[-1] == answer
    return Tally(
        attempts=1,
        successes=int(success),
        surest=sure,
        example=f"{seen} of {counted(early)} among {early}, then {whole} of {early + late}",
    )


def _late_share(early: int, late: int, whole: int, seen: Sequence[int], counted: int) -> float:
    """How likely the last one said "a", all orders of the answers being as likely. Figures that
    differ are of as many halves; those that are alike may be of one and the same."""
    draws = seen if len(set(seen)) > 1 else seen[:1]
    weights: dict[int, float] = {}
    for before in range(max(0, whole - late), min(early, whole) + 1):
        ways = comb(early, before) * comb(late, whole - before)
        fits = {
            s: comb(before, s) * comb(early - before, counted - s)
            for s in range(max(0, counted - early + before), min(before, counted) + 1)
        }
        every = sum(fits.values())
        weights[before] = ways * prod(fits.get(one, 0) / every for one in draws)
    total = sum(weights.values())
    return sum(w * (whole - before) for before, w in weights.items()) / total / late


def watch_change(live: Live, counted: Callable[[int], int], more: int, seed: int) -> Tally:
    """The attacker knows who changed their answer between two looks, and the final figures.
    ``more``: how many others have to answer before figures are told anew."""
    chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
    early = chance.randint(LIVE_FROM, 2 * LIVE_FROM)
    late, last = more + chance.randint(0, 2), chance.randint(0, 6)
    share = chance.uniform(0.35, 0.65)  # else both looks are coded
    others = ["a" if chance.random() < share else "b" for _ in range(early - 1 + late + last)]
    before, after = chance.choice((("a", "b"), ("b", "a")))
    first = live([before, *others[: early - 1]])
    second = live([after, *others[: early - 1 + late]])
    if not (first and second):
        return Tally(attempts=1, successes=0, surest=0.0)
    whole = sum(answer == "a" for answer in (after, *others))
    likely = [
        _changed_to(to, (early, late, last), whole, (first[0], second[0]), counted) for to in (0, 1)
    ]
    sure, answer = max((likely[0], "b"), (likely[1], "a"))
    sure /= sum(likely)
    return Tally(
        attempts=1,
        successes=int(sure > SURE and answer == after),
        surest=sure,
        example=f"{first[0]}, then {second[0]}, then {whole} of {early}, {late} and {last}",
    )


def _changed_to(
    a: int,
    people: tuple[int, int, int],
    whole: int,
    seen: tuple[int, int],
    half: Callable[[int], int],
) -> float:
    """How likely all of it is if they say "a" now (1), or said so first (0)."""
    early, late, last = people
    return sum(
        comb(early - 1, old)
        * comb(late, new)
        * comb(last, whole - a - old - new)
        * drawn(early, old + 1 - a, half(early), seen[0])
        * drawn(early + late, old + new + a, half(early + late), seen[1])
        for old in range(early)
        for new in range(late + 1)
        if 0 <= whole - a - old - new <= last
    )


def drawn(of: int, with_it: int, n: int, found: int) -> float:
    """The chance that of ``n`` drawn, ``found`` are among the ``with_it``."""
    if not 0 <= found <= n:
        return 0.0
    return comb(with_it, found) * comb(of - with_it, n - found) / comb(of, n)
