"""The ledger of ε: what all counts of a survey tell of a change in one person's answers, exactly.

A count with Laplace noise of scale s that a change moves by d tells d/s of it, and independent
counts add up (C. Dwork, A. Roth, "The Algorithmic Foundations of Differential Privacy", 2014,
theorem 3.16). So nothing is simulated here: every draw of every look and of the closing is written
down for two districts that differ in one person's answers, and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

from surveys.asking.showing import of_shown_pages, shown_pages
from surveys.disclosure import tables, themes
from surveys.disclosure.live import looks, seen
from surveys.disclosure.noise import Below, Noisy, variance
from surveys.ports import OpenResponse
from surveys.questions import Answer, Matrix, Pairwise, Question, SeveralChoice
from surveys.results.model import CommentsResult, WaveResults, Withheld
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import Atom
from surveys.survey import Survey
from tests.attacks.disclosure.door import NOON, of_comments, wave_of

Said = Mapping[str, Answer]

Draw = tuple[int, Fraction]
"""A count as it is, and the scale of its noise."""

THEMES = ("t0", "t1", "t2")

SHOWN = 500
"""What every count is replaced by: enough for everything to be shown."""


@contextmanager
def written_down() -> Iterator[list[Draw]]:
    """Every draw from here on, in its order. What is computed from it is the same, whatever was
    counted: if results differ all the same, something is shown that has no noise."""
    draws: list[Draw] = []

    def noted(count: int, moves: int | Fraction, epsilon: Fraction, below: Below) -> Noisy:
        del below
        scale = moves / epsilon
        draws.append((count, scale))
        return Noisy(SHOWN, variance(scale))

    with patch.object(tables, "noisy", noted), patch.object(themes, "noisy", noted):
        yield draws


def whole_closing(
    survey: Survey, asked: Mapping[Atom, int], others: Sequence[OpenResponse], own: OpenResponse
) -> tuple[list[Draw], WaveResults]:
    """All draws of a survey, its looks among them, at each of which this person is there."""
    panel = sum(asked.values())
    with written_down() as draws:
        for look in looks(panel):
            seen(survey, panel, [own, *others[: look - 1]], below=lambda _: 0)
        results = final_results(
            wave_of(survey), [own, *others], asked, panel, str, NOON, Known(asked=asked)
        )
        results = of_comments(survey, results, [own, *others], THEMES, lambda _: 0)
    return draws, _without_comments(results)


def _without_comments(results: WaveResults) -> WaveResults:
    """Comments are words, and not counted with the rest."""
    return replace(
        results,
        tables=tuple(
            replace(
                table,
                cells=tuple(
                    replace(
                        cell,
                        questions=tuple(
                            one
                            for one in cell.questions
                            if not isinstance(one, CommentsResult | Withheld)
                        ),
                    )
                    for cell in table.cells
                ),
            )
            for table in results.tables
        ),
    )


def told(one: Sequence[Draw], other: Sequence[Draw]) -> Fraction:
    """The ε of the difference between two districts' draws."""
    assert [scale for _, scale in one] == [scale for _, scale in other], "draws depend on answers"
    return sum(
        (abs(a - b) / scale for (a, scale), (b, _) in zip(one, other, strict=True)), Fraction(0)
    )


def answers_between(question: Question, one: Said, other: Said) -> Fraction:
    """How many answers, as the promise counts them, lie between two ways to answer a question: each
    row of a matrix is one, each box of several, and every two comparisons of pairs."""
    first, second = (said.get(question.key) for said in (one, other))
    match question:
        case Matrix():
            rows = [f"{question.key}.{row.key}" for row in question.statements]
            return Fraction(sum(one.get(row) != other.get(row) for row in rows))
        case SeveralChoice():
            boxes = len(_entries(first) ^ _entries(second))
            exact = question.at_least is not None and question.at_least == question.at_most
            swapped = exact and first is not None and second is not None
            return Fraction(boxes, 2 if swapped else 1)
        case Pairwise():
            compared = {frozenset(entry.replace("=", ">").split(">")) for entry in _pairs(first)}
            compared |= {frozenset(entry.replace("=", ">").split(">")) for entry in _pairs(second)}
            same = len(_entries(first) & _entries(second))
            return max(Fraction(len(compared) - same, 2), Fraction(first != second))
        case _:
            return Fraction(first != second)


def _entries(answer: Answer | None) -> frozenset[str]:
    return frozenset(_pairs(answer))


def _pairs(answer: Answer | None) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else ()


def as_kept(
    survey: Survey, answers: Said, otherwise: Said, before: Sequence[int] = ()
) -> dict[str, Answer]:
    """The answers as they are kept: without those of pages that are not shown, and with those of
    pages that are shown now, and were not ``before``, from ``otherwise``."""
    kept = of_shown_pages(survey, answers)
    for _ in survey.pages:
        for place in shown_pages(survey, kept):
            if place not in before:
                kept |= {
                    one.key: otherwise[one.key]
                    for one in survey.pages[place].counted
                    if one.key in otherwise
                }
    return kept
