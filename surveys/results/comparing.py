"""Which planned groups answer otherwise than chance and noise explain.

Only figures that are shown are held against each other, with their own intervals, which have the
noise in them: a comparison tells nothing that its two cells do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import sqrt

from surveys.disclosure.estimates import Estimate, differ, of_interval
from surveys.disclosure.measures import ends
from surveys.questions import Choice, Pairwise, Ranking, Scale, SeveralChoice, SingleChoice
from surveys.results.beside import ComparedBy, Comparison, Group
from surveys.results.model import RankingResult, ShareResult, Table, WaveResults
from surveys.results.placing import compared_enough
from surveys.results.statistics import holm
from surveys.survey import Survey

CHANCE = 0.05
"""A difference is told where chance alone would make one among all of a question's comparisons in
fewer than one of twenty such waves."""

EACH_WITH_EACH = 6
"""Up to so many groups of a table are held against each other; of more, each against all others
together: 41 buildings would be 820 pairs, of which nobody reads one."""


Compared = SingleChoice | SeveralChoice | Scale | Ranking | Pairwise
"""Questions of which groups are held against each other."""


_Figures = ShareResult | RankingResult


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A group's share of one choice, or its points, and of how many people."""

    group: Group
    n: int
    share: Estimate


def compare(survey: Survey, results: WaveResults) -> tuple[tuple[Comparison, ...], int]:
    """The differences that are larger than chance, the surest first, and how many were tested.

    Holm's correction is over all comparisons of a question, in all planned tables: that is what
    somebody reads at once.
    """
    tables = [_by_question(table) for table in results.tables if table.plan.by]
    told: list[Comparison] = []
    tested = 0
    for question in survey.counted:
        if not isinstance(question, Compared):
            continue
        found = [
            (key, one, other)
            for table in tables
            for key in _keys(question)
            for one, other in _pairs(_samples(table[question.key], key))
        ]
        tested += len(found)
        sure = holm([differ(one.share, other.share) for _, one, other in found])
        told += [
            _comparison(question, *pair, round(p, 4))
            for pair, p in zip(found, sure, strict=True)
            if p < CHANCE and pair[1].share.value != pair[2].share.value
        ]
    return tuple(sorted(told, key=lambda one: one.p)), tested


def _keys(question: Compared) -> list[str]:
    """What is compared: each choice; of a scale its high end. Of two choices of which one is
    chosen, the second says what the first says."""
    if isinstance(question, Scale):
        return ["high"]
    twice = isinstance(question, SingleChoice) and len(question.choices) == 2
    return [choice.key for choice in question.choices[: 1 if twice else None]]


def _by_question(table: Table) -> Mapping[str, Sequence[tuple[Group, _Figures]]]:
    found: defaultdict[str, list[tuple[Group, _Figures]]] = defaultdict(list)
    for cell in table.cells:
        for result in cell.questions:
            if isinstance(result, ShareResult | RankingResult) and result.n:
                found[result.question].append((cell.group, result))
    return found


def _samples(results: Iterable[tuple[Group, _Figures]], key: str) -> list[_Told]:
    return [
        _Told(group=group, n=result.n, share=one)
        for group, result in results
        if (one := _figure(result, key)) is not None
    ]


def _figure(result: _Figures, key: str) -> Estimate | None:
    """What is shown of a choice; None: nothing, or it was compared too few times."""
    if isinstance(result, RankingResult):
        found = (one for one in result.ranked if one.key == key and compared_enough(one))
        choice = next(found, None)
        return of_interval(choice.points, choice.low, choice.high) if choice else None
    share = next((one for one in result.shares if one.key == key), None)
    if share is None or share.share is None or share.low is None or share.high is None:
        return None
    return of_interval(share.share, share.low, share.high)


def _pairs(samples: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    if len(samples) <= EACH_WITH_EACH:
        yield from combinations(samples, 2)
        return
    n = sum(one.n for one in samples)
    seen = sum(one.n * one.share.value for one in samples)
    doubt = sum((one.n * one.share.error) ** 2 for one in samples)
    for one in samples:
        others = n - one.n
        value = (seen - one.n * one.share.value) / others
        error = sqrt(max(0.0, doubt - (one.n * one.share.error) ** 2)) / others
        rest = Estimate(value=value, low=value, high=value, error=error)
        yield one, _Told(group=(), n=others, share=rest)


def _comparison(question: Compared, key: str, a: _Told, b: _Told, p: float) -> Comparison:
    low, high = sorted((a, b), key=lambda one: one.share.value)
    found = Comparison(
        question=question.key,
        prompt=question.prompt,
        lower=low.group,
        higher=high.group,
        low=low.share.value,
        high=high.share.value,
        p=p,
        test=ComparedBy.PROPORTIONS,
    )
    if isinstance(question, Ranking | Pairwise):
        found = replace(found, test=ComparedBy.POINTS)
    if isinstance(question, Scale):
        _, many = ends(question)
        return replace(found, at_least=question.every_point[-many])
    choice: Choice = next(one for one in question.choices if one.key == key)
    return replace(found, item=choice.key, label=choice.label)
