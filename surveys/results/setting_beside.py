"""What is beside a wave's tables. Nothing here reads a response: all of it is computed from
released figures, so it tells nothing that they do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from surveys.ports import SurveyStore
from surveys.results.comparing import compare
from surveys.results.model import CommentsResult, QuestionResult, Table, WaveResults
from surveys.results.tabulating import Atom
from surveys.results.taking_part import Told, group_rates, make_up, make_up_tables, rates
from surveys.results.trending import MOST_EARLIER, Earlier, trends
from surveys.results.weighting import weighted
from surveys.survey import Dimension, Survey, Wave


def _nothing(_: Sequence[str]) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known at a wave's closing besides its responses. ``asked``: how many of its panel are
    in each finest group. ``represent`` picks comments that
    stand for many, of those that may be shown. ``earlier``: the waves that this one continues, the
    newest first."""

    asked: Mapping[Atom, int] = field(default_factory=dict)
    represent: Callable[[Sequence[str]], Sequence[str]] = _nothing
    earlier: Sequence[Earlier] = ()


NOTHING_MORE = Known()


def continued(store: SurveyStore, wave: Wave) -> list[Earlier]:
    """The closed waves that a closing one continues, the newest first, as far back as it is held
    against them."""
    found: list[Earlier] = []
    before, later = wave.continues, store.goal_versions(wave.opens_at)
    while before is not None and len(found) < MOST_EARLIER:
        one, results = store.wave(before), store.results(before)
        if one is None:
            break
        if results is not None and results.final:
            then = store.goal_versions(one.opens_at)
            reworded = frozenset(key for key, n in later.items() if then.get(key, n) != n)
            found.append(Earlier(survey=one.survey, results=results, reworded=reworded))
            later = then
        before = one.continues
    return found


def set_beside(survey: Survey, results: WaveResults, known: Known, told: Told) -> WaveResults:
    """The results with what is beside their tables. ``told``: how many answered of each group
    of these, and of those by which who answered is held against who was asked."""
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
    asked = known.asked
    if not asked:
        return results
    planned = [(cell, n) for cell, n in told if cell.table in survey.tables]
    return replace(
        results,
        weighted=weighted(survey, results, asked),
        rates=rates(answered, sum(asked.values()), group_rates(planned, asked)),
        make_up=tuple(
            make_up(table, [(c, n) for c, n in told if c.table == table], asked, answered)
            for table in make_up_tables(survey)
        ),
    )


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
        "themes": results.themes and results.themes.people is not None,
    }
    told = ", ".join(name for name, part in parts.items() if part)
    return f"; beside them: {told}" if told else ""


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
