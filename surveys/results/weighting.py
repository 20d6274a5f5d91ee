"""How much it matters who answered: the district's figures as they would be if those who answered
were made up as those who were asked.

It is computed from released figures alone, and from what the district's leave when a table's are
taken away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.questions import SeveralChoice, SingleChoice
from surveys.results.beside import Group, Weighted, WeightedShare
from surveys.results.model import Share, ShareResult, Table, WaveResults
from surveys.results.statistics import effective_size, rake
from surveys.results.tabulating import Atom, PlannedCell, planned_cells
from surveys.survey import Survey

REST = "rest"
"""The category, on every margin, of those whose own figure is not shown."""


@dataclass(frozen=True, kw_only=True)
class _Stratum:
    """A cell to weight: its category on each margin, who was asked, who answered, and how many of
    them chose the item, by its share."""

    categories: tuple[str, ...]
    asked: int
    n: int
    held: float


def weighted(
    survey: Survey, results: WaveResults, asked: Mapping[Atom, int]
) -> tuple[Weighted, ...]:
    """Each of the district's questions with choices, raked on the dimensions of the planned table
    that tells most of it. ``asked`` are the people of the panel by finest group. Scales are left
    out: below the district only their ends are told."""
    whole = next((table.cells[0] for table in results.tables if not table.plan.by), None)
    planned = {
        table.plan: {cell.group: cell for cell in planned_cells(table.plan, asked)}
        for table in results.tables
        if table.plan.by
    }
    choices = {q.key for q in survey.counted if isinstance(q, SingleChoice | SeveralChoice)}
    found = []
    for result in whole.questions if whole else ():
        if isinstance(result, ShareResult) and result.question in choices:
            tables = [
                (table.plan, _strata(table, planned[table.plan], result, asked))
                for table in results.tables
                if table.plan.by
            ]
            plan, told = max(tables, key=lambda one: len(one[1]), default=(None, ()))
            if plan is not None and told:
                found.append(
                    Weighted(
                        question=result.question,
                        prompt=result.prompt,
                        by=plan.by,
                        n=result.n,
                        shares=tuple(_weighted(share, strata) for share, strata in told),
                    )
                )
    return tuple(found)


def _strata(
    table: Table,
    planned: Mapping[Group, PlannedCell],
    whole: ShareResult,
    asked: Mapping[Atom, int],
) -> list[tuple[Share, Sequence[_Stratum]]]:
    """Of each share of the whole that a table tells enough of, the cells to weight."""
    cells = [
        (cell.group, sum(asked[atom] for atom in planned[cell.group].atoms), result)
        for cell in table.cells
        if cell.group in planned
        for result in cell.questions
        if result.question == whole.question and isinstance(result, ShareResult) and result.n
    ]
    everybody = sum(asked.values())
    shares: list[tuple[Share, Sequence[_Stratum]]] = []
    for place, share in enumerate(whole.shares):
        told = [
            _Stratum(
                categories=tuple(value for _, value in group),
                asked=size,
                n=one.n,
                held=seen * one.n,
            )
            for group, size, one in cells
            if (seen := one.shares[place].share) is not None
        ]
        if share.share is None or not told:
            continue
        strata = _with_rest(told, share.share * whole.n, whole.n, everybody, len(table.plan.by))
        if len(strata) > 1:
            shares.append((share, strata))
    return shares


def _with_rest(
    told: list[_Stratum], held: float, n: int, asked: int, margins: int
) -> list[_Stratum]:
    """With everybody else as one stratum, by taking what is told from the whole; without, where
    nobody of them answered, so that nobody could stand for them."""
    left = n - sum(one.n for one in told)
    rest = _Stratum(
        categories=(REST,) * margins,
        asked=asked - sum(one.asked for one in told),
        n=left,
        held=min(max(held - sum(one.held for one in told), 0.0), float(max(left, 0))),
    )
    return [*told, rest] if rest.n > 0 and rest.asked > 0 else told


def _weighted(share: Share, strata: Sequence[_Stratum]) -> WeightedShare:
    targets: list[dict[str, float]] = []
    for margin in range(len(strata[0].categories)):
        people: dict[str, float] = {}
        for one in strata:
            key = one.categories[margin]
            people[key] = people.get(key, 0.0) + one.asked
        targets.append(people)
    weights = rake([(one.categories, one.n) for one in strata], targets)
    held = sum(w * one.held for w, one in zip(weights, strata, strict=True))
    return WeightedShare(
        key=share.key,
        label=share.label,
        unweighted=share.share or 0.0,
        weighted=held / sum(w * one.n for w, one in zip(weights, strata, strict=True)),
        effective=effective_size([(w, s.n) for w, s in zip(weights, strata, strict=True)]),
    )
