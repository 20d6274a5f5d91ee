"""Small surveys and districts to release tables of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from core.text import text
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, Question, SingleChoice
from surveys.results.tabulating import Atom
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey

WHOLE = PlannedTable()
BY_ROLE = PlannedTable(by=(Dimension.ROLE,))
BY_LEVEL = PlannedTable(by=(Dimension.LEVEL,))
BY_BUILDING = PlannedTable(by=(Dimension.BUILDING,))
EVERY_TABLE = (WHOLE, BY_LEVEL, BY_ROLE, BY_BUILDING)


def survey_of(
    *pages: Sequence[Question],
    tables: Sequence[PlannedTable] = EVERY_TABLE,
    show_if: Condition | None = None,
) -> Survey:
    """``show_if``: of whom the last page asks."""
    last = len(pages) - 1
    return Survey(
        key="s",
        title=text("S"),
        asked_by=text("CTO"),
        purpose=text("To know."),
        pages=tuple(
            Page(questions=tuple(questions), show_if=show_if if at == last else None)
            for at, questions in enumerate(pages)
        ),
        tables=tuple(tables),
    )


def yes_or_no(key: str = "q", *, required: bool = True) -> SingleChoice:
    return SingleChoice(
        key=key,
        prompt=text("?"),
        choices=tuple(Choice(key=k, label=text(k)) for k in ("yes", "no")),
        required=required,
    )


def response(atom: Atom, answers: Mapping[str, Answer]) -> OpenResponse:
    role, level, building = atom
    return OpenResponse(answers=answers, role=role, level=level, building=building)


SCHOOLS: Counter[Atom] = Counter(
    {
        ("teacher", "high", "north"): 40,
        ("office", "high", "north"): 12,
        ("teacher", "middle", "east"): 30,
        ("office", "middle", "east"): 6,
        ("administrator", "district", "center"): 20,
    }
)
"""Asked in each finest group. All of the center's are the district level's and administrators."""
