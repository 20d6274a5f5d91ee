"""Which means the committee sees: none that reveals the score of a few safeguards.

The mean of one safeguard is its score, and the difference between two means can be one safeguard's
score too. So a mean is of at least ``LEAST`` safeguards. It is hidden if, together with the means
already shown, it would reveal a sum of fewer. Safeguards that the reader owns do not count, because
someone who knows their scores could subtract them. While an assessment is open, a mean that changes
reveals the latest answer. So until it is closed, the committee sees only how many safeguards have
been answered.

How many safeguards of a control do not apply is such a sum too: of a single one, it is the answer.

A mean at an end of the scale, or so near that it is shown as 1.0 or 5.0, tells the score of every
safeguard in it, however many they are. So it is hidden, as is one that would reveal such a mean by
subtraction. The means of the four dimensions are hidden together where one of them is at an end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from governance.controls.figures import groups_to
from governance.controls.model import (
    HIGHEST,
    LOWEST,
    Assessment,
    AssessmentState,
    Dimension,
    Framework,
)

LEAST = 5

HALF_A_STEP = Fraction(1, 20)
"""Means are shown with one decimal."""

Weights = dict[str, Fraction]
"""The weight of each safeguard's score in a mean, by number."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The means, or counts, that the committee sees, by number or key. ``dimensions``: the numbers
    of the controls ("" is the overall mean) of which it sees the dimensions as well."""

    overall: bool = False
    controls: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()


def shown(
    framework: Framework,
    assessment: Assessment,
    assessed: Mapping[str, Mapping[Dimension, int]],
    known_to_reader: Collection[str] = (),
) -> Shown:
    """``assessed``: the scores of the safeguards that apply and have some, by number.
    ``known_to_reader``: those whose scores the reader knows already."""
    means = list(_means(framework, assessment, assessed))
    each = {number: _exact_mean(scores.values()) for number, scores in assessed.items()}
    found = _shown(assessment, means, known_to_reader, [each])
    by_dimension = [
        {number: Fraction(scores[dimension]) for number, scores in assessed.items()}
        for dimension in Dimension
        if all(dimension in scores for scores in assessed.values())
    ]
    with_dimensions = [
        one
        for one in means
        if (one[0] == "overall" and found.overall)
        or (one[0] == "control" and one[1] in found.controls)
    ]
    detailed = _shown(assessment, with_dimensions, known_to_reader, [each, *by_dimension])
    overall = {""} if detailed.overall else set()
    return replace(found, dimensions=detailed.controls | overall)


def counted(
    framework: Framework,
    assessment: Assessment,
    answered: Collection[str],
    known_to_reader: Collection[str] = (),
) -> Shown:
    """Where the committee sees how many safeguards do not apply. ``answered``: the numbers of
    safeguards with an answer that counts."""
    means = _means(framework, assessment, answered)
    sums = ((kind, key, dict.fromkeys(one, Fraction(1))) for kind, key, one in means)
    return _shown(assessment, sums, known_to_reader)


def _shown(
    assessment: Assessment,
    means: Iterable[tuple[str, str, Weights]],
    known_to_reader: Collection[str],
    values: Sequence[Mapping[str, Fraction]] = (),
) -> Shown:
    """``values``: what is averaged of each safeguard, once for every mean that is shown of it."""
    if assessment.state is not AssessmentState.CLOSED:
        return Shown()
    known: list[Weights] = []
    kept = defaultdict[str, set[str]](set)
    for kind, key, every in means:
        weights = {one: share for one, share in every.items() if one not in known_to_reader}
        told = _with(known, weights)
        if len(weights) < LEAST or any(len(one) < LEAST for one in told):
            continue
        if not any(_at_an_end(row, of) for row in (weights, *told) for of in values):
            known = told
            kept[kind].add(key)
    return Shown(
        overall=bool(kept["overall"]),
        controls=frozenset(kept["control"]),
        functions=frozenset(kept["function"]),
        groups=frozenset(kept["group"]),
    )


def _means(
    framework: Framework, assessment: Assessment, assessed: Collection[str]
) -> Iterator[tuple[str, str, Weights]]:
    """(kind, key, weights), the most important first."""
    within = {one.number for one in assessment.scope(framework)} & set(assessed)
    controls = {
        control.number: {one.number for one in control.safeguards} & within
        for control in framework.controls
    }
    scored = [numbers for numbers in controls.values() if numbers]
    yield (  # a mean of the controls' means
        "overall",
        "",
        {one: Fraction(1, len(numbers)) for numbers in scored for one in numbers},
    )
    for key in sorted(controls, key=lambda key: -len(controls[key])):
        yield "control", key, dict.fromkeys(controls[key], Fraction(1))
    for group in reversed(groups_to(framework, assessment.group)):
        held = {one.number for one in framework.in_group(group.key)} & within
        yield "group", group.key, dict.fromkeys(held, Fraction(1))
    for function in framework.functions:
        held = {one.number for one in framework.safeguards if one.function == function.key}
        yield "function", function.key, dict.fromkeys(held & within, Fraction(1))


def _at_an_end(row: Weights, of: Mapping[str, Fraction]) -> bool:
    """Whether a weighted sum is, as far as it is shown, the least or the most that it can be: then
    each of its scores is known."""
    value = sum((weight * of[one] for one, weight in row.items()), Fraction(0))
    ends = (
        sum((weight * (low if weight > 0 else high) for weight in row.values()), Fraction(0))
        for low, high in ((LOWEST, HIGHEST), (HIGHEST, LOWEST))
    )
    near = HALF_A_STEP * sum((abs(weight) for weight in row.values()), Fraction(0))
    return any(abs(value - end) <= near for end in ends)


def _exact_mean(scores: Collection[int]) -> Fraction:
    return Fraction(sum(scores), len(scores))


def _with(known: list[Weights], new: Weights) -> list[Weights]:
    """The known means and this one in reduced rows (Gauss-Jordan elimination). A score that can be
    worked out has a row of its own."""
    for row in known:
        new = _less(new, row, next(iter(row)))
    if not new:
        return known
    first = min(new)
    new = {first: Fraction(1), **{key: one / new[first] for key, one in new.items()}}
    return [*(_less(row, new, first) for row in known), new]


def _less(row: Weights, by: Weights, pivot: str) -> Weights:
    """The row without the pivot, which is the first key of ``by`` and weighs 1 there."""
    times = row.get(pivot)
    if not times:
        return row
    less = {key: row.get(key, Fraction()) - times * by.get(key, Fraction()) for key in row | by}
    return {key: one for key, one in less.items() if one}
