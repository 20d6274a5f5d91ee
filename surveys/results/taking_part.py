"""Who took part, from released counts: the response rate, and who answered beside who was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from surveys.results.beside import GroupRate, MakeUp, MakeUpRow, Rates
from surveys.results.tabulating import Atom, PlannedCell
from surveys.survey import Dimension, PlannedTable, Survey

FEW = 2
"""As many or fewer who did otherwise make a group's rate near all, or near nothing."""

ALWAYS: Final = (Dimension.ROLE, Dimension.LEVEL)
"""Who answered is told by these with every survey: without it nobody can judge its results."""

Told = Sequence[tuple[PlannedCell, int | None]]
"""How many of each group answered, as it is told (None: it is not)."""


def make_up_tables(survey: Survey) -> tuple[PlannedTable, ...]:
    """By what who answered is held against who was asked: by role and level, and by building where
    a table by building is planned."""
    building = PlannedTable(by=(Dimension.BUILDING,))
    more = (Dimension.BUILDING,) if building in survey.tables else ()
    return tuple(PlannedTable(by=(dimension,)) for dimension in (*ALWAYS, *more))


def rates(answered: int, asked: int, groups: tuple[GroupRate, ...] = ()) -> Rates | None:
    """AAPOR's Response Rate 2 of those asked; None where nobody was.

    With a named roster nobody's eligibility is unknown, so it is whoever answered the survey, or
    half of it or more, of everybody who was asked. Source: AAPOR, Standard Definitions, 10th
    edition (2023), Response Rate 2, Internet surveys of specifically named persons.
    """
    if not asked:
        return None
    told = min(answered, asked)
    return Rates(asked=asked, answered=told, response_rate_2=told / asked, groups=groups)


def group_rates(cells: Told, asked: Mapping[Atom, int]) -> tuple[GroupRate, ...]:
    """The rate of each planned group that somebody was asked in. A rate near all or nothing is
    coded: with all but one of a building, who did not answer is soon found."""
    found = []
    for cell, n in cells:
        size = sum(asked.get(atom, 0) for atom in cell.atoms)
        if cell.group and size:
            found.append(_group_rate(cell, n, size))
    return tuple(found)


def make_up(table: PlannedTable, cells: Told, asked: Mapping[Atom, int], answered: int) -> MakeUp:
    """Who answered beside who was asked, by a table's one dimension; ``answered`` in all."""
    whole = sum(asked.values())
    rows = []
    for cell, n in cells:
        size = sum(asked.get(atom, 0) for atom in cell.atoms)
        ((_, value),) = cell.group
        told = n if _group_rate(cell, n, size).share is not None else None
        rows.append(
            MakeUpRow(
                value=value,
                asked=size,
                asked_share=size / whole if whole else 0.0,
                answered=told,
                answered_share=None if told is None or not answered else told / answered,
            )
        )
    return MakeUp(by=table.by[0], rows=tuple(rows))


def _group_rate(cell: PlannedCell, n: int | None, asked: int) -> GroupRate:
    if n is None or not asked:
        return GroupRate(group=cell.group, asked=asked)
    answered = min(n, asked)  # noise, or somebody who moved here after the panel was frozen
    coded = None
    if _near_all(answered, asked):
        coded = f">{_bound(asked)}%"
    elif _near_all(asked - answered, asked):
        coded = f"<{100 - _bound(asked)}%"
    share = None if coded else answered / asked
    return GroupRate(group=cell.group, asked=asked, share=share, coded=coded)


def _near_all(count: int, n: int) -> bool:
    """Whether ``count`` of ``n`` is nearly everybody: 90% or more, or all but two."""
    return 10 * count >= 9 * n or n - count <= FEW


def _bound(n: int) -> int:
    """What every coded rate of ``n`` people is above, in per cent: 90, in small groups less."""
    least = min(-(-9 * n // 10), n - FEW)  # the smallest count that is coded
    return 90 if 10 * least >= 9 * n else (-(-10 * least // n) - 1) * 10
