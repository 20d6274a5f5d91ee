"""The tabulation plan: which groups a survey's tables have, fixed before anyone answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.people import Level, Role
from surveys.ports import OpenResponse
from surveys.questions import Date, Number, Pairwise, Ranking, Scale, SeveralChoice, SingleChoice
from surveys.results.beside import Group
from surveys.survey import Dimension, PlannedTable

Atom = tuple[str, str, str]
"""Role, level and building: the finest group that any table can tell apart."""

ScoreQuestion = SingleChoice | SeveralChoice | Scale | Date | Ranking | Pairwise | Number
"""Everything that has figures; free text has none."""

_PLACE = {Dimension.ROLE: 0, Dimension.LEVEL: 1, Dimension.BUILDING: 2}
_ORDER = [*Role, *Level]


@dataclass(frozen=True, kw_only=True)
class PlannedCell:
    """One cell of one planned table, and which finest groups it is made of."""

    table: PlannedTable
    group: Group
    atoms: frozenset[Atom]


def atom_of(response: OpenResponse) -> Atom:
    return response.role, response.level, response.building


def planned_cells(table: PlannedTable, atoms: Iterable[Atom]) -> list[PlannedCell]:
    """The cells of a table, for every group somebody was asked in, whether or not one answered.

    The table of the whole district has its one cell always.
    """
    found: dict[Group, set[Atom]] = {} if table.by else {(): set()}
    for atom in atoms:
        group = tuple((dimension.value, atom[_PLACE[dimension]]) for dimension in table.by)
        found.setdefault(group, set()).add(atom)
    return [
        PlannedCell(table=table, group=group, atoms=frozenset(members))
        for group, members in sorted(found.items(), key=lambda item: _in_order(item[0]))
    ]


def _in_order(group: Group) -> list[tuple[int, str]]:
    """Roles and levels as the district names them, buildings by key."""
    return [
        (_ORDER.index(value) if dimension != Dimension.BUILDING else 0, value)
        for dimension, value in group
    ]
