"""Which planned groups answer otherwise than chance explains.

Only figures that are released, and not coded, are held against each other: a comparison tells
nothing that its two cells do not. Numbers and rankings are not compared, as how far their answers
spread is not released.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from surveys.beside import ComparedBy, Comparison, Group
from surveys.questions import Scale, SeveralChoice, SingleChoice
from surveys.results import ShareResult, Table, WaveResults
from surveys.statistics import holm, mann_whitney, two_proportions, welch
from surveys.survey import Survey
from surveys.withdrawing import nearly_all

CHANCE = 0.05
"""A difference is told where chance alone would make one among all of a question's comparisons in
fewer than one of twenty such waves."""

EACH_WITH_EACH = 6
"""Up to so many groups of a table are held against each other; of more, each against all others
together: 41 buildings would be 820 pairs, of which nobody reads one."""

ORDERED_UP_TO = 7
"""Points of a scale of which only the order is meant (Mann-Whitney); a longer one, as the eNPS's
0 to 10, is read as a measure, and its means are compared (Welch)."""

Compared = SingleChoice | SeveralChoice | Scale


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A group's counts of one question, in its items' order; None where one is coded."""

    group: Group
    n: int
    held: tuple[int | None, ...]

    @property
    def whole(self) -> tuple[int, ...] | None:
        """All of its counts, where all are told."""
        told = tuple(count for count in self.held if count is not None)
        return told if len(told) == len(self.held) else None

    def from_place(self, place: int) -> int | None:
        """How many chose an item at or after a place: the sum of those, or what those before leave;
        None where neither is told exactly, or it is nearly everybody or nobody."""
        after, before = self.held[place:], self.held[:place]
        if None not in after:
            count = sum(one or 0 for one in after)
        elif None not in before:
            count = self.n - sum(one or 0 for one in before)
        else:
            return None
        return None if nearly_all(count, self.n) or nearly_all(self.n - count, self.n) else count


def compare(survey: Survey, results: WaveResults) -> tuple[tuple[Comparison, ...], int]:
    """The differences that are larger than chance, the surest first, and how many were tested.

    Holm's correction is over all comparisons of a question, in all planned tables: that is what
    somebody reads at once. No correction for a finite population is made, so that a difference has
    to be one of the people there might have been, too.
    """
    told: list[Comparison] = []
    tested = 0
    for question in survey.counted:
        if not isinstance(question, SingleChoice | SeveralChoice | Scale):
            continue
        found = [
            one
            for table in results.tables
            if table.plan.by
            for low, high in _pairs(_samples(table, question.key))
            for one in _differences(question, low, high)
        ]
        tested += len(found)
        sure = holm([one.p for one in found])
        told += [
            replace(one, p=round(p, 4))
            for one, p in zip(found, sure, strict=True)
            if p < CHANCE and one.low < one.high
        ]
    return tuple(sorted(told, key=lambda one: one.p)), tested


def _samples(table: Table, question: str) -> list[Sample]:
    return [
        Sample(group=cell.group, n=result.n, held=tuple(share.count for share in result.shares))
        for cell in table.cells
        for result in cell.questions
        if result.question == question and isinstance(result, ShareResult)
    ]


def _pairs(samples: Sequence[Sample]) -> Iterator[tuple[Sample, Sample]]:
    if len(samples) <= EACH_WITH_EACH:
        yield from combinations(samples, 2)
        return
    for sample in samples:
        yield sample, _together([other for other in samples if other is not sample])


def _together(samples: Sequence[Sample]) -> Sample:
    held = zip(*(sample.held for sample in samples), strict=True)
    return Sample(
        group=(),
        n=sum(sample.n for sample in samples),
        held=tuple(None if None in at else sum(one or 0 for one in at) for at in held),
    )


def _differences(question: Compared, a: Sample, b: Sample) -> Iterator[Comparison]:
    if isinstance(question, Scale):
        one = _on_a_scale(question, a, b)
        if one is not None:
            yield one
        return
    # Of two choices of which one is chosen, the second says what the first says.
    twice = isinstance(question, SingleChoice) and len(question.choices) == 2
    for place, choice in enumerate(question.choices[: 1 if twice else None]):
        count_a, count_b = a.held[place], b.held[place]
        if count_a is not None and count_b is not None:
            shares = _shares(question, a, b, count_a, count_b)
            yield replace(shares, item=choice.key, label=choice.label)


def _on_a_scale(question: Scale, a: Sample, b: Sample) -> Comparison | None:
    """By all points where all are told; else by the share above a point, the nearest to the middle
    of those at which both groups tell it."""
    points = question.every_point
    whole_a, whole_b = a.whole, b.whole
    if whole_a is not None and whole_b is not None:
        return _by_all_points(question, points, (a, whole_a), (b, whole_b))
    middle = len(points) / 2
    for place in sorted(range(1, len(points)), key=lambda at: (abs(at - middle), -at)):
        count_a, count_b = a.from_place(place), b.from_place(place)
        if count_a is not None and count_b is not None:
            shares = _shares(question, a, b, count_a, count_b)
            return replace(shares, at_least=points[place])
    return None


def _shares(question: Compared, a: Sample, b: Sample, count_a: int, count_b: int) -> Comparison:
    (low, below), (high, above) = sorted(
        ((a.group, count_a / a.n), (b.group, count_b / b.n)), key=lambda one: one[1]
    )
    return Comparison(
        question=question.key,
        prompt=question.prompt,
        lower=low,
        higher=high,
        low=below,
        high=above,
        p=two_proportions(count_a, a.n, count_b, b.n),
        test=ComparedBy.PROPORTIONS,
    )


def _by_all_points(
    question: Scale,
    points: Sequence[int],
    a: tuple[Sample, tuple[int, ...]],
    b: tuple[Sample, tuple[int, ...]],
) -> Comparison:
    (mean_a, mean_b) = (
        sum(point * held for point, held in zip(points, counts, strict=True)) / one.n
        for one, counts in (a, b)
    )
    if len(points) <= ORDERED_UP_TO:
        above, p = mann_whitney(a[1], b[1])
        test, a_higher = ComparedBy.MANN_WHITNEY, above > 1 / 2
    else:
        p = welch(*(tuple(zip(points, counts, strict=True)) for _, counts in (a, b)))
        test, a_higher = ComparedBy.WELCH, mean_a > mean_b
    low, high = (b, a) if a_higher else (a, b)
    of_low, of_high = (mean_b, mean_a) if a_higher else (mean_a, mean_b)
    return Comparison(
        question=question.key,
        prompt=question.prompt,
        lower=low[0].group,
        higher=high[0].group,
        low=of_low,
        high=of_high,
        p=p,
        test=test,
    )
