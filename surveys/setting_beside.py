"""What stands beside a wave's released tables, from what they tell and from participation.

Nothing here reads a response: whatever is computed from answers is computed from figures that the
gate has released, so it tells nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from surveys.beside import Group, GroupRate, Rates
from surveys.comparing import compare
from surveys.ports import Disposed, SurveyStore
from surveys.results import CommentsResult, QuestionResult, Table, WaveResults
from surveys.survey import Dimension, PlannedTable, Survey, Wave
from surveys.tabulating import PlannedCell
from surveys.taking_part import group_rates, make_up, panel_by_atom, rates
from surveys.trending import MOST_EARLIER, Earlier, trends
from surveys.weighting import weighted

Sizes = Mapping[tuple[PlannedTable, Group], int]
"""How many answered in the cells of tables in which that may be told."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known at a wave's closing besides its responses. ``represent`` picks comments that
    stand for many, of those that may be shown. ``partial``: how many of its responses are not
    complete, and count. ``earlier``: the waves that this one continues, the newest first."""

    disposed: Sequence[Disposed] = ()
    partial: int = 0
    represent: Callable[[Sequence[str]], Sequence[str]] = lambda _: ()
    earlier: Sequence[Earlier] = ()


NOTHING_MORE = Known()


def continued(store: SurveyStore, wave: Wave) -> list[Earlier]:
    """The closed waves that a closing one continues, the newest first, as far back as it is held
    against them."""
    found: list[Earlier] = []
    before = wave.continues
    while before is not None and len(found) < MOST_EARLIER:
        one, results = store.wave(before), store.results(before)
        if one is None:
            break
        if results is not None and results.final:
            moved = store.moved(one.id, wave.id)
            found.append(Earlier(survey=one.survey, results=results, moved=moved))
        before = one.continues
    return found


def set_beside(
    survey: Survey,
    results: WaveResults,
    known: Known,
    cells: Sequence[PlannedCell],
    made_up: Sequence[PlannedCell],
    sizes: Sizes,
) -> WaveResults:
    """The results with what stands beside their tables, of which ``cells`` are the groups.
    ``made_up`` are those that hold who answered against who was asked, ``sizes`` how many answered
    in those of them where that may be told."""
    answered = results.answered
    if answered is None:
        return results
    comparisons, compared = compare(survey, results)
    results = replace(
        results,
        tables=_with_quotes(results.tables, known.represent),
        comparisons=comparisons,
        compared=compared,
        trends=trends(survey, results, known.earlier),
    )
    if not known.disposed:
        return results
    asked = panel_by_atom(known.disposed)
    return replace(
        results,
        weighted=weighted(results, asked),
        rates=_rates(results, known, group_rates(_with_answered(results, cells), asked)),
        make_up=tuple(
            make_up(
                table,
                [(c, sizes.get((table, c.group))) for c in made_up if c.table == table],
                asked,
                answered,
            )
            for table in dict.fromkeys(cell.table for cell in made_up)
        ),
    )


def _rates(results: WaveResults, known: Known, groups: tuple[GroupRate, ...]) -> Rates | None:
    """Of both that it is made of, how many answered and how many were asked, each is told."""
    found = rates(known.disposed, known.partial, groups)
    if found is None or results.answered is None or not results.asked:
        return found
    return replace(found, together=results.answered / results.asked)


def of_the_district(results: WaveResults) -> WaveResults:
    """What they see to whom no group is shown: nor what tells of groups. Weighted figures do: with
    two groups and the roster, they are the groups' own."""
    own = [part for part in results.make_up if part.by is not Dimension.BUILDING]
    return replace(
        results,
        tables=tuple(table for table in results.tables if not table.plan.by),
        rates=replace(results.rates, groups=()) if results.rates else None,
        make_up=tuple(own),
        comparisons=(),
        compared=0,
        weighted=(),
        trends=tuple(trend for trend in results.trends if not trend.group),
    )


def told_beside(results: WaveResults) -> str:
    """For the ledger, what is shown beside the tables: "; beside them: rates, trends"."""
    parts = {
        "rates": results.rates,
        "who answered": results.make_up,
        "comparisons": results.comparisons,
        "weights": results.weighted,
        "trends": results.trends,
    }
    told = ", ".join(name for name, part in parts.items() if part)
    return f"; beside them: {told}" if told else ""


def _with_answered(
    results: WaveResults, cells: Sequence[PlannedCell]
) -> list[tuple[PlannedCell, int | None]]:
    """Each cell, in the tables' order, with how many answered as it is told (None: withheld)."""
    planned = {(cell.table, cell.group): cell for cell in cells}
    return [
        (planned[table.plan, cell.group], cell.n)
        for table in results.tables
        for cell in table.cells
    ]


def _with_quotes(
    tables: tuple[Table, ...], represent: Callable[[Sequence[str]], Sequence[str]]
) -> tuple[Table, ...]:
    """The comments that are shown anyway, with those first that stand for many."""

    def quoted(result: QuestionResult) -> QuestionResult:
        if not isinstance(result, CommentsResult):
            return result
        return replace(result, quotes=tuple(represent(result.comments)))

    return tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, questions=tuple(map(quoted, cell.questions))) for cell in table.cells
            ),
        )
        for table in tables
    )
