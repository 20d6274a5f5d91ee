"""How much it matters who answered: the district's figures as they would be if those who answered
were made up as those who were asked.

A weighted share tells something of each group in it. So it is computed from released and uncoded
cells alone, and from what the district's figures leave when those are taken away: everybody who
reads the tables and has the roster could compute it, and it gives nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.beside import Weighted, WeightedShare
from surveys.results import Share, ShareResult, Table, WaveResults
from surveys.statistics import effective_size, rake
from surveys.tabulating import Atom, planned_cells

REST = "rest"
"""The category, on every margin, of those whose own cell is withheld or coded."""


@dataclass(frozen=True, kw_only=True)
class _Stratum:
    """A cell to weight: its category on each margin, who was asked, who answered, and how many of
    them chose the item."""

    categories: tuple[str, ...]
    asked: int
    n: int
    held: int


def weighted(results: WaveResults, asked: Mapping[Atom, int]) -> tuple[Weighted, ...]:
    """Each of the district's questions of shares, raked on the dimensions of the planned table
    that tells most of it. ``asked`` are the people of the panel by finest group."""
    whole = next((table.cells[0] for table in results.tables if not table.plan.by), None)
    found = []
    for result in whole.questions if whole else ():
        if isinstance(result, ShareResult):
            tables = [_by_table(table, result, asked) for table in results.tables if table.plan.by]
            best = max(tables, key=lambda one: len(one.shares), default=None)
            if best is not None and best.shares:
                found.append(best)
    return tuple(found)


def _by_table(table: Table, whole: ShareResult, asked: Mapping[Atom, int]) -> Weighted:
    planned = {cell.group: cell for cell in planned_cells(table.plan, asked)}
    cells = [
        (cell.group, sum(asked[atom] for atom in planned[cell.group].atoms), result)
        for cell in table.cells
        if cell.group in planned
        for result in cell.questions
        if result.question == whole.question and isinstance(result, ShareResult)
    ]
    everybody = sum(asked.values())
    shares = []
    for place, share in enumerate(whole.shares):
        told = [
            _Stratum(categories=tuple(value for _, value in group), asked=size, n=one.n, held=count)
            for group, size, one in cells
            if (count := one.shares[place].count) is not None
        ]
        strata = _with_rest(told, share.count or 0, whole.n, everybody, len(table.plan.by))
        if told and len(strata) > 1:
            shares.append(_weighted(share, strata))
    complete = whole.mean is not None and len(shares) == len(whole.shares)
    return Weighted(
        question=whole.question,
        prompt=whole.prompt,
        by=table.plan.by,
        n=whole.n,
        shares=tuple(shares),
        mean=whole.mean if complete else None,
        weighted_mean=_mean(shares) if complete else None,
    )


def _with_rest(told: list[_Stratum], held: int, n: int, asked: int, margins: int) -> list[_Stratum]:
    """With everybody else as one stratum, by taking what is told from the whole; without, where
    nobody of them answered, so that nobody could stand for them."""
    rest = _Stratum(
        categories=(REST,) * margins,
        asked=asked - sum(one.asked for one in told),
        n=n - sum(one.n for one in told),
        held=held - sum(one.held for one in told),
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


def _mean(shares: Sequence[WeightedShare]) -> float:
    """Points of a scale were weighted each by itself, so they need not add up to one."""
    return sum(int(one.key) * one.weighted for one in shares) / sum(one.weighted for one in shares)
