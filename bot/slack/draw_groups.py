"""Released results by group in Slack, as the one native table that a message may have.

Slack shows it below everything else and in messages only; the page has it all in any case.
"""

from __future__ import annotations

from bot.charts.findings import brief
from bot.slack.blocks import Block, Pen, cut, paragraph, table
from governance.labels import Labels
from governance.results.wording import DASH
from surveys.results.model import (
    Cell,
    CommentsResult,
    QuestionResult,
    ShareResult,
    WaveResults,
    Withheld,
)

MOST_QUESTIONS = 4
"""Columns of questions: more are scrolled sideways on a phone."""

MOST_GROUPS = 60
HEADING = 60
VALUE = 40
"""Characters of a column's heading and of a value."""


def group_blocks(results: WaveResults, pen: Pen) -> list[Block]:
    """A table of the groups against the first questions that can be told in a figure; nothing
    where no group was planned, or nothing of any may be shown."""
    if not pen.tables:
        return []
    cells = [cell for table in results.tables for cell in table.cells]
    groups = [cell for cell in cells if cell.group]
    asked = _questions(cells)
    if not asked or not any(cell.n is not None for cell in groups):
        return []
    named = Labels(pen.words, results.buildings)
    rows = [
        [pen.say("Group"), pen.say("Answers"), *(_heading(one, pen) for one in asked)],
        *(_row(cell, asked, pen, named) for cell in groups[:MOST_GROUPS]),
    ]
    said = [pen.say("By group: what most chose, or a mean.")]
    if any(DASH in row for row in rows):
        said.append(f"{DASH}: {pen.say('not shown')}.")
    left = len(groups) - MOST_GROUPS
    if left > 0:
        said.append(
            pen.words.count(
                "{n} more group is on the page.", "{n} more groups are on the page.", left
            )
        )
    numbers = [False, *(True for _ in range(len(rows[0]) - 1))]
    return [paragraph(" ".join(said)), table(rows, numbers)]


def _questions(cells: list[Cell]) -> list[QuestionResult]:
    """The first questions of which some group has a figure, as the first that tells one has it."""
    found: dict[str, QuestionResult] = {}
    for cell in cells:
        for one in cell.questions:
            if cell.group and not isinstance(one, Withheld | CommentsResult):
                found.setdefault(one.question, one)
    order = [one.question for cell in cells for one in cell.questions]
    return sorted(found.values(), key=lambda one: order.index(one.question))[:MOST_QUESTIONS]


def _heading(asked: QuestionResult, pen: Pen) -> str:
    prompt = cut(pen.text(asked.prompt), HEADING)
    if isinstance(asked, ShareResult) and asked.mean is not None:
        least, most = asked.shares[0].key, asked.shares[-1].key
        return pen.say(
            "{question} ({least} to {points})", question=prompt, least=least, points=most
        )
    return prompt


def _row(cell: Cell, asked: list[QuestionResult], pen: Pen, named: Labels) -> list[str]:
    told = {one.question: cut(brief(one, pen.words), VALUE) for one in cell.questions}
    n = DASH if cell.n is None else pen.words.number(cell.n)
    return [named.group(cell.group), n, *(told.get(one.question, DASH) for one in asked)]
