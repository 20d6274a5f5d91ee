"""How far off a table's figures would be, foreseen from how many are asked: before a launch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from surveys.disclosure.budget import ANSWERING
from surveys.disclosure.rules import margin
from surveys.disclosure.tables import budget
from surveys.results.tabulating import Atom, planned_cells
from surveys.results.taking_part import ALWAYS
from surveys.survey import USUAL, Dimension, PlannedTable, Rules

MOST_OFF = 5.0
"""Points of a hundred by which most of a table's figures may be off."""

_SMALLER_SIDE = 0.3
"""What the smaller side of a question is expected to have: a group has to be large enough for this
to be shown as a figure."""

_ALL_NOISE = 50
"""Points by which nothing more can be off that lies between 0 and 100 and is really 50."""

_BESIDE = (PlannedTable(), *(PlannedTable(by=(one,)) for one in ALWAYS))
"""Of these it is told how many answered, whatever a survey plans."""


@dataclass(frozen=True, kw_only=True)
class TooFine:
    """A table that is not worth its noise: half of its figures would be off by ``points`` or more.
    ``instead``: a coarser one that fits beside the others; None: none does."""

    table: PlannedTable
    points: int
    instead: PlannedTable | None


def off_by(
    tables: Sequence[PlannedTable],
    asked: Mapping[Atom, int],
    part: float = 1,
    rules: Rules = USUAL,
) -> dict[PlannedTable, float]:
    """By how many points of a hundred half of each table's figures would be off, because of the
    noise alone. ``asked``: the people of the audience in each finest group; ``part`` of them are
    asked, and groups are as large as were asked of them: the budget is divided by that.

    The figures are of a question with two answers, about evenly given; of more answers they would
    be off by up to twice as much. Groups count from the size on at which a figure is expected to
    be shown; in a table without one all groups do. A table of which nothing would ever be shown is
    left out.
    """
    invited = {atom: part * people for atom, people in asked.items()}
    parts = budget(tables, invited, rules.answer, _BESIDE, rules.smallest_group)
    found = {}
    for table in dict.fromkeys(tables):
        told, others = list[float](), list[float]()
        for cell in planned_cells(table, asked):
            if cell.atoms not in parts.answer:
                continue
            n = ANSWERING * sum(invited[atom] for atom in cell.atoms)
            error = _mean_size(
                1 / float(parts.answer[cell.atoms]), 0.5 / float(parts.answered[cell.atoms])
            )
            shown = _SMALLER_SIDE * n >= margin(n)
            (told if shown else others).append(100 * error / n)
        if told or others:
            found[table] = median(told or others)
    return found


def too_fine(
    tables: Sequence[PlannedTable],
    asked: Mapping[Atom, int],
    part: float = 1,
    rules: Rules = USUAL,
) -> list[TooFine]:
    """The tables that are not worth their noise, the worst first: one after the other is left out
    until the rest is. The whole district is never left out."""
    kept, left_out = list(dict.fromkeys(tables)), list[tuple[PlannedTable, float]]()
    while off := _too_far_off(kept, asked, part, rules):
        worst = max(off, key=lambda table: off[table])
        left_out.append((worst, off[worst]))
        kept.remove(worst)
    return [
        TooFine(
            table=table,
            points=min(round(error), _ALL_NOISE),
            instead=_instead(table, kept, asked, part, rules),
        )
        for table, error in left_out
    ]


def _too_far_off(
    tables: Sequence[PlannedTable], asked: Mapping[Atom, int], part: float, rules: Rules
) -> dict[PlannedTable, float]:
    """A table of one group is the whole audience again, with the same draw."""
    found = off_by(tables, asked, part, rules)
    return {
        table: off
        for table, off in found.items()
        if off > MOST_OFF and len(planned_cells(table, asked)) > 1
    }


def _instead(
    table: PlannedTable,
    kept: Sequence[PlannedTable],
    asked: Mapping[Atom, int],
    part: float,
    rules: Rules,
) -> PlannedTable | None:
    """The finest coarser table that is kept, or that would fit beside what is."""
    for coarser in _coarser(table):
        if any(set(one.by) == set(coarser.by) for one in kept):
            return coarser
        more = [*kept, coarser]
        if coarser in off_by(more, asked, part, rules) and not _too_far_off(
            more, asked, part, rules
        ):
            return coarser
    return None


def _coarser(table: PlannedTable) -> list[PlannedTable]:
    """Tables whose groups are put together from this one's, those with more parts first. A
    building belongs to one level."""
    dimensions = {*table.by, *([Dimension.LEVEL] if Dimension.BUILDING in table.by else [])}
    ordered = sorted(dimensions, key=list(Dimension).index, reverse=True)
    return [
        PlannedTable(by=by)
        for size in range(len(dimensions), 0, -1)
        for by in combinations(ordered, size)
        if set(by) != set(table.by) and not {Dimension.LEVEL, Dimension.BUILDING} <= set(by)
    ]


def _mean_size(one: float, other: float) -> float:
    """The mean size of the difference of two draws of Laplace noise with these scales."""
    return (one**2 + one * other + other**2) / (one + other)
