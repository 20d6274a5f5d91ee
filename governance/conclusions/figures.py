"""Which figures are shown with what was heard: of the whole district, as the gate released them."""

from __future__ import annotations

from dataclasses import replace

from core.text import Text
from governance.conclusions.model import Conclusions
from surveys.asking.counted import asked_key
from surveys.results.model import (
    NumberResult,
    QuestionResult,
    RankingResult,
    ShareResult,
    WaveResults,
    Withheld,
)
from surveys.results.setting_beside import of_the_district
from surveys.survey import COMMENTS_FROM


def tellable(results: WaveResults | None) -> tuple[tuple[str, Text], ...]:
    """(key as asked, prompt) of the questions of which a figure of the whole district is there.
    Comments are told in the CTO's own words or not at all: everybody would read them."""
    found: dict[str, Text] = {}
    for result in _released(results):
        if not isinstance(result, Withheld):
            found.setdefault(asked_key(result.question), _prompt(result))
    return tuple(found.items())


def with_figures(said: Conclusions, results: WaveResults | None) -> Conclusions:
    """The same with the figures that it names."""
    if not said.figures or results is None:
        return said
    wanted = frozenset(said.figures)
    told = tuple(one for one in _released(results) if asked_key(one.question) in wanted)
    return replace(said, told=told, as_of=results.as_of)


def in_the_ledger(results: WaveResults, figures: tuple[str, ...]) -> str:
    """For the ledger: "final: district; wifi, help; 812 answers"."""
    return f"final: district; {', '.join(figures)}; {results.answered or 0} answers"


def _released(results: WaveResults | None) -> list[QuestionResult]:
    """The final figures of the whole district, without comments; of a matrix, also the statements
    that are withheld."""
    if results is None or not results.final:
        return []
    cells = [cell for table in of_the_district(results).tables for cell in table.cells]
    return [one for cell in cells for one in cell.questions if _is_figure(one)]


def _is_figure(result: QuestionResult) -> bool:
    match result:
        case ShareResult() | RankingResult() | NumberResult():
            return True
        case Withheld(asked_in=Text(), least=least):
            return least != COMMENTS_FROM
        case _:
            return False


def _prompt(result: QuestionResult) -> Text:
    asked_in = result.asked_in if isinstance(result, ShareResult) else None
    return asked_in or result.prompt
