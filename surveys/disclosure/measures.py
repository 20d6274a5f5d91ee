"""What is counted of each question, and by how much one person can move it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from math import ceil
from typing import assert_never

from core.text import Text, text
from surveys.asking.dates import period_of, periods
from surveys.asking.pairing import decisions
from surveys.questions import (
    Answer,
    Choice,
    Date,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.tabulating import ScoreQuestion

_GROWING = (1 / 20, 1 / 10, 1 / 5, 1 / 2)
"""Where numbers from 0 on are parted, of the largest: hours lost and the like are mostly few."""

_UNBOUNDED = (1, 5, 20, 100)
"""The same, above the smallest, where there is no largest."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Counts that are drawn together. ``moves``: by how much all of them together change at most
    when one person answers otherwise, or not at all; in a question of several measures, each
    measure's change divided by its ``moves`` adds up to 1 at most. ``of`` gives what an answer adds
    to each.

    ``answered``: the first count is of those who answered the question; else all who answered
    the survey did. ``by_entry``: what an answer adds is what its entries add, so each different
    entry is looked at once.
    """

    names: tuple[str, ...]
    moves: int | Fraction
    of: Callable[[Answer], Sequence[int]]
    answered: bool
    by_entry: bool = False


_SOME = Measure(names=("answered",), moves=1, of=lambda _: (1,), answered=True)


def measures(
    question: ScoreQuestion,
    *,
    whole: bool,
    skipped: bool,
    majorities: bool = False,
    one_answer: bool = False,
) -> tuple[Measure, ...]:
    """What is counted of a question: of the ``whole`` district, or of a group in it. Of several
    choices every box is an answer; of pairs, every two. ``skipped``: somebody may have answered the
    survey and not this question. ``majorities``: of a ranking each two choices are counted, and not
    each choice's points. ``one_answer``: all that somebody says to the question is one answer, as
    on a page for some, where an earlier answer decides whether they say anything."""
    if one_answer and isinstance(question, SeveralChoice | Pairwise):
        drawn = measures(question, whole=whole, skipped=True)
        return tuple(replace(one, moves=_at_once(question)) for one in drawn)
    match question:
        case SingleChoice():
            return (_one_of([choice.key for choice in question.choices], str, skipped),)
        case SeveralChoice():
            # Of exactly so many boxes, whoever ticks another one unticks one.
            exact = question.at_least is not None and question.at_least == question.at_most
            each = 2 if exact else Fraction(3, 2) if skipped else 1
            boxes = tuple(_box(choice.key, each) for choice in question.choices)
            return (replace(_SOME, moves=2 if exact else 3), *boxes) if skipped else boxes
        case Scale():
            if whole:
                return (_one_of([str(point) for point in question.every_point], str, skipped),)
            return (_cuts(question, skipped),)
        case Date():
            keys = [period.key for period in periods(question)]
            return (_one_of(keys, lambda answer: period_of(question, str(answer)), skipped),)
        case Number():
            return (
                _one_of(
                    [band.key for band in bands(question)],
                    lambda answer: _band(question, answer),
                    skipped,
                ),
            )
        case Ranking():
            return ((_majorities if majorities else _borda)(question, skipped),)
        case Pairwise():
            if skipped:
                return replace(_SOME, moves=5), replace(_wins(question), moves=10)
            return (_wins(question),)
        case _:
            assert_never(question)


def ends(scale: Scale) -> tuple[int, int]:
    """How many points are a scale's low end, and how many its high one: two of five each; of the
    net promoter score's eleven seven and two."""
    either = round(0.4 * scale.points)
    return (7, 2) if scale.enps else (either, either)


def bands(question: Number) -> tuple[Choice, ...]:
    """The bands that numbers are counted in, at most five, none of which overlap: "0–2" and "3–5"
    of whole numbers, else "0 to under 3" and "3 to 6"; "≥ 100" where there is no largest. They
    follow from the question alone."""
    parted = _parted(question)
    lows, ends = [question.minimum, *parted], [*parted, question.maximum]
    last = len(ends) - 1
    return tuple(
        Choice(
            key=str(at),
            label=_below(low, end)
            if at < last and end is not None and not question.whole
            else text(_between(low, end - 1 if at < last and end is not None else end)),
        )
        for at, (low, end) in enumerate(zip(lows, ends, strict=True))
    )


def _below(low: float | None, end: float) -> Text:
    """A band of numbers that may have decimals: its end is the beginning of the next."""
    if low is None:
        return text(f"under {end:g}", es=f"menos de {end:g}")
    return text(f"{low:g} to under {end:g}", es=f"de {low:g} a menos de {end:g}")


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"≥ {low:g}" if low is not None else f"≤ {high:g}"
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _parted(question: Number) -> list[float]:
    """The smallest number of each band but the first."""
    least, most = question.minimum or 0.0, question.maximum
    if most is None:
        parted = [least + at for at in _UNBOUNDED]
    elif question.whole and most - least < 5:
        parted = [least + at for at in range(1, int(most - least) + 1)]
    else:
        parts = _GROWING if not least else (1 / 5, 2 / 5, 3 / 5, 4 / 5)
        parted = [least + (most - least) * part for part in parts]
    if question.whole:
        parted = sorted({float(ceil(at)) for at in parted} - {least})
    return parted


def _one_of(keys: Sequence[str], key: Callable[[Answer], str], skipped: bool) -> Measure:
    """Each answer is one of ``keys``. Of two that everybody chose between, one is the other's
    rest, so one count is enough, and an answer moves it by one only."""
    told = keys[:1] if len(keys) == 2 else keys

    def of(answer: Answer) -> list[int]:
        given = key(answer)
        return [*([1] if skipped else []), *(int(given == one) for one in told)]

    moves = 1 if len(told) == 1 and not skipped else 2
    names = (*(("answered",) if skipped else ()), *told)
    return Measure(names=names, moves=moves, of=of, answered=skipped)


def _at_once(question: SeveralChoice | Pairwise) -> int:
    """By how much somebody who answers a question otherwise, or not at all, changes all of its
    counts together: how many answered it, and every box or comparison."""
    if isinstance(question, Pairwise):
        return 1 + 4 * question.pairs
    boxes = len(question.choices)
    most = min(question.at_most or boxes, boxes)
    return max(1 + most, min(2 * most, boxes))


def _box(key: str, moves: int | Fraction) -> Measure:
    def of(answer: Answer) -> tuple[int]:
        return (int(isinstance(answer, tuple) and key in answer),)

    return Measure(names=(key,), moves=moves, of=of, answered=False)


def _cuts(scale: Scale, skipped: bool) -> Measure:
    """The low and the high end; the middle is what is left. An even scale may have none."""
    few, many = ends(scale)
    low, high = scale.lowest + few, scale.highest + 1 - many
    two = low == high

    def of(answer: Answer) -> list[int]:
        point = answer if isinstance(answer, int) else int(str(answer))
        return [*([1] if skipped else []), int(point < low), *([] if two else [int(point >= high)])]

    names = (*(("answered",) if skipped else ()), "low", *(() if two else ("high",)))
    return Measure(names=names, moves=1 if two and not skipped else 2, of=of, answered=skipped)


def _band(question: Number, answer: Answer) -> str:
    return str(bisect_right(_parted(question), float(str(answer))))


def _borda(question: Ranking, skipped: bool) -> Measure:
    """Twice each choice's Borda points, less what it had if all were alike: whole numbers, and
    nothing where somebody did not answer."""
    keys = [choice.key for choice in question.choices]

    def ballot(placed: Sequence[str]) -> list[int]:
        points = dict.fromkeys(keys, -len(placed))
        for place, key in enumerate(placed):
            points[key] = len(keys) - 1 - 2 * place
        return [points[key] for key in keys]

    def of(answer: Answer) -> list[int]:
        placed = answer if isinstance(answer, tuple) else ()
        return [*([1] if skipped else []), *ballot(placed)]

    lengths = range(1, min(question.top, len(keys)) + 1)
    drawn = [sorted(ballot(keys[:length])) for length in lengths]
    swapped = max(
        sum(abs(a - b) for a, b in zip(one, reversed(other), strict=True))
        for one, other in product(drawn, repeat=2)
    )
    left = max(sum(map(abs, one)) for one in drawn) + 1 if skipped else 0
    names = (*(("answered",) if skipped else ()), *keys)
    return Measure(names=names, moves=max(swapped, left), of=of, answered=skipped)


def two_by_two(question: Ranking) -> dict[tuple[str, str], str]:
    """The name of the count of each two choices: how many more put the first above the second."""
    return {
        (one.key, other.key): f"{one.key}>{other.key}"
        for one, other in combinations(question.choices, 2)
    }


def told_apart(question: Ranking) -> int:
    """How many pairs of choices one ballot puts in an order at most. What is not ranked stands
    below all that is, all alike."""
    n, top = len(question.choices), min(question.top, len(question.choices))
    return top * (top - 1) // 2 + top * (n - top)


def _majorities(question: Ranking, skipped: bool) -> Measure:
    """Of each two choices, how many put the first above the other, less how many did the reverse.
    The points of a choice are the sum of its own."""
    pairs = two_by_two(question)
    keys = [choice.key for choice in question.choices]

    def of(answer: Answer) -> list[int]:
        placed = answer if isinstance(answer, tuple) else ()
        at = {key: placed.index(key) if key in placed else len(keys) for key in keys}
        nets = [(at[other] > at[one]) - (at[other] < at[one]) for one, other in pairs]
        return [*([1] if skipped else []), *nets]

    names = (*(("answered",) if skipped else ()), *pairs.values())
    return Measure(names=names, moves=2 * told_apart(question), of=of, answered=skipped)


def met_by(key: str) -> str:
    """The name of the count of comparisons that a choice was in."""
    return f"met {key}"


def _wins(question: Pairwise) -> Measure:
    """For each choice its wins less its losses, and how many of its comparisons were decided.

    Two comparisons are an answer of their own. One moves all counts by 4: the other way round, two
    choices by 2 each; not decided, two by 1, and by 1 how often each met another one.
    """
    keys = [choice.key for choice in question.choices]

    def of(answer: Answer) -> list[int]:
        decided = decisions(answer if isinstance(answer, tuple) else ())
        net, met = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
        for better, worse in decided:
            if better not in net or worse not in net:
                continue  # an idea that was taken out
            net[better] += 1
            net[worse] -= 1
            met[better] += 1
            met[worse] += 1
        return [*net.values(), *met.values()]

    names = (*keys, *map(met_by, keys))
    return Measure(names=names, moves=8, of=of, answered=False, by_entry=True)
