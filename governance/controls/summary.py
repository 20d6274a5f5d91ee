"""Which means the committee sees: none that tells the score of a few safeguards.

The mean of one safeguard is its score, and what two means have apart can be one safeguard too. So a
mean is of at least ``LEAST`` safeguards, and it is left out where the means that are shown before
it would leave a sum of fewer. Safeguards that the reader owns do not count: somebody who knows
their scores could take them out of a mean. While an assessment is open, a mean that moves tells the
answer that was just given: the committee sees the figures once it is closed, and until then how
many safeguards have been assessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from governance.controls.model import Assessment, AssessmentState, Framework

LEAST = 5

Weights = dict[str, Fraction]
"""What a mean takes of each safeguard's score, by number."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Whose means the committee sees, by number or key. The same holds for each dimension."""

    overall: bool = False
    controls: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def shown(
    framework: Framework,
    assessment: Assessment,
    assessed: Collection[str],
    known_to_reader: Collection[str] = (),
) -> Shown:
    """``assessed``: the numbers of the safeguards that apply and have scores. ``known_to_reader``:
    those whose scores the reader knows anyway."""
    if assessment.state is not AssessmentState.CLOSED:
        return Shown()
    known: list[Weights] = []
    kept = set()
    for kind, key, every in _means(framework, assessment, assessed):
        weights = {one: share for one, share in every.items() if one not in known_to_reader}
        told = _with(known, weights)
        if len(weights) >= LEAST and all(len(one) >= LEAST for one in told):
            known = told
            kept.add((kind, key))

    def of(kind: str) -> frozenset[str]:
        return frozenset(key for one, key in kept if one == kind)

    return Shown(
        overall=("overall", "") in kept,
        controls=of("control"),
        functions=of("function"),
        groups=of("group"),
    )


def _means(
    framework: Framework, assessment: Assessment, assessed: Collection[str]
) -> Iterator[tuple[str, str, Weights]]:
    """(kind, key, weights), what matters most first."""
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
    keys = [one.key for one in framework.groups]
    for key in reversed(keys[: keys.index(assessment.group) + 1]):
        held = {one.number for one in framework.in_group(key)} & within
        yield "group", key, dict.fromkeys(held, Fraction(1))
    for function in framework.functions:
        held = {one.number for one in framework.safeguards if one.function == function.key}
        yield "function", function.key, dict.fromkeys(held & within, Fraction(1))


def _with(known: list[Weights], new: Weights) -> list[Weights]:
    """All that follows from the known means and this one, in reduced rows (Gauss and Jordan): a
    score that can be worked out is a row of its own."""
    for row in known:
        new = _less(new, row, next(iter(row)))
    if not new:
        return known
    first = min(new)
    new = {first: Fraction(1), **{key: one / new[first] for key, one in new.items()}}
    return [*(_less(row, new, first) for row in known), new]


def _less(row: Weights, by: Weights, pivot: str) -> Weights:
    """The row without the pivot, which stands first in ``by`` and is 1 there."""
    times = row.get(pivot)
    if not times:
        return row
    less = {key: row.get(key, Fraction()) - times * by.get(key, Fraction()) for key in row | by}
    return {key: one for key, one in less.items() if one}
