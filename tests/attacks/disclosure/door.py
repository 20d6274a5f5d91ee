"""The door that attackers stand at: what the product makes of a wave's answers when it closes.

Beside it a plain gate: exact counts of every planned group from five answers on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from unittest.mock import patch
from uuid import UUID

from core.people import Audience
from surveys.disclosure import tables
from surveys.disclosure.budget import People
from surveys.disclosure.noise import Below, Noisy, variance
from surveys.disclosure.tables import Released, released
from surveys.encoding import results_from_json, results_to_json
from surveys.ports import OpenResponse
from surveys.results import release
from surveys.results.model import Cell, QuestionResult, WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import Atom, planned_cells
from surveys.results.taking_part import make_up_tables
from surveys.survey import USUAL, PlannedTable, Survey, Wave, WaveState
from surveys.waves.closing import Computed, to_read, with_themes

FIVE = 5
"""From as many answers on a plain gate shows exact counts."""

NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What is shown: figures are of ``told``'s counts. ``results`` None: the plain gate's, which
    shows all of them."""

    told: Released
    results: WaveResults | None

    def questions(self, asked: Mapping[Atom, int]) -> dict[tuple[str, People], QuestionResult]:
        return {
            (result.question, people): result
            for people, cell in self.cells(asked).items()
            for result in cell.questions
        }

    def cells(self, asked: Mapping[Atom, int]) -> dict[People, Cell]:
        found = self.results.tables if self.results else ()
        return {
            planned[cell.group]: cell
            for table in found
            for planned in [{p.group: p.atoms for p in planned_cells(table.plan, asked)}]
            for cell in table.cells
        }


def closed(
    survey: Survey,
    asked: Mapping[Atom, int],
    given: Sequence[OpenResponse],
    below: Below,
    *,
    plain: bool = False,
) -> Closing:
    """A wave of which these answers were given."""
    beside = (PlannedTable(), *make_up_tables(survey))
    if plain:
        with patch.object(tables, "noisy", exact):
            return Closing(told=released(survey, asked, given, beside=beside), results=None)
    kept: list[Released] = []

    def keeping(*args: object, **options: object) -> Released:
        kept.append(released(*args, **options))  # type: ignore[arg-type]
        return kept[-1]

    with patch.object(release, "released_tables", keeping):
        results = final_results(
            wave_of(survey),
            given,
            asked,
            sum(asked.values()),
            str,
            NOON,
            Known(asked=asked),
            below,
        )
    return Closing(told=kept[0], results=results)


def exact(count: int, moves: int, epsilon: Fraction, below: Below) -> Noisy:
    """A count as it is, and the variance that its noise would have had."""
    del below
    return Noisy(count, variance(moves / epsilon))


def wave_of(survey: Survey) -> Wave:
    return Wave(
        id=UUID(int=1),
        survey=survey,
        audience=Audience(),
        opens_at=NOON - timedelta(days=7),
        closes_at=NOON,
        state=WaveState.CLOSED,
        rules=replace(USUAL, themes=True),
    )


def of_comments(
    survey: Survey,
    results: WaveResults,
    given: Sequence[OpenResponse],
    every: Sequence[str],
    below: Below,
) -> WaveResults:
    """The same with what the comments are about, by a reader to whom each comment that is the name
    of a theme is on it."""
    wave = wave_of(survey)
    computed = Computed(
        wave=wave,
        body=results_to_json(results),
        panel=results.asked or 0,
        answered=results.answered,
        told="",
        comments=(),
        written=to_read(wave, results, given, str),
    )
    if not computed.written:
        return results
    read = {one: one if one in every else "" for wrote in computed.written for one in wrote}
    return results_from_json(with_themes(computed, read, every, below).body)
