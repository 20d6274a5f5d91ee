"""Which means the committee sees: none that reveals the score of a few safeguards.

The mean of one safeguard is its score, and the difference between two means can be one safeguard's
score too. So a mean is of at least ``LEAST`` safeguards. It is hidden if, together with the means
already shown, it would reveal a sum of fewer. Safeguards that the reader owns do not count, because
someone who knows their scores could subtract them. While an assessment is open, a mean that changes
reveals the latest answer. So until it is closed, the committee sees only how many safeguards have
been answered.

How many safeguards of a control do not apply is such a sum too: of a single one, it is the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from governance.controls.figures import groups_to
from governance.controls.model import Assessment, AssessmentState, Framework

LEAST = 5

Weights = dict[str, Fraction]
"""The weight of each safeguard's score in a mean, by number."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The means, or counts, that the committee sees, by number or key. It sees the dimensions of a
    mean as well."""

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
    """``assessed``: the numbers of safeguards that apply and have scores. ``known_to_reader``:
    those whose scores the reader knows already."""
    return _shown(assessment, _means(framework, assessment, assessed), known_to_reader)


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
) -> Shown:
    if assessment.state is not AssessmentState.CLOSED:
        return Shown()
    known: list[Weights] = []
    kept = defaultdict[str, set[str]](set)
    for kind, key, every in means:
        weights = {one: share for one, share in every.items() if one not in known_to_reader}
        told = _with(known, weights)
        if len(weights) >= LEAST and all(len(one) >= LEAST for one in told):
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
