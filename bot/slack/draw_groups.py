"""Released results by group in Slack, as the one native table that a message may have.

Slack shows it below everything else and in messages only; the page has it all in any case.
"""

from __future__ import annotations

from typing import assert_never

from bot.slack.blocks import Block, Pen, cut, paragraph, table
from bot.slack.labels import group_name
from surveys.results import (
    Cell,
    CommentsResult,
    NumberResult,
    QuestionResult,
    RankingResult,
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

NOTHING = "–"


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
    rows = [
        [pen.say("Group"), pen.say("Answers"), *(_heading(one, pen) for one in asked)],
        *(_row(cell, asked, pen) for cell in groups[:MOST_GROUPS]),
    ]
    said = [pen.say("By group: a mean, or what most chose.")]
    if any(NOTHING in row for row in rows):
        said.append(f"{NOTHING}: {pen.words.withheld()}")
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
    if isinstance(asked, ShareResult) and asked.scale:
        least, most = asked.shares[0].key, asked.shares[-1].key
        return pen.say(
            "{question} ({least} to {points})", question=prompt, least=least, points=most
        )
    return prompt


def _row(cell: Cell, asked: list[QuestionResult], pen: Pen) -> list[str]:
    told = {one.question: _figure(one, pen) for one in cell.questions}
    n = NOTHING if cell.n is None else pen.words.number(cell.n)
    return [group_name(cell.group, pen), n, *(told.get(one.question, NOTHING) for one in asked)]


def _figure(result: QuestionResult, pen: Pen) -> str:
    match result:
        case ShareResult(scale=True, mean=mean):
            return _coded(pen) if mean is None else pen.words.number(round(mean, 1))
        case ShareResult():
            return _most_chosen(result, pen)
        case RankingResult(ranked=ranked):
            return cut(pen.text(ranked[0].label), VALUE) if ranked else NOTHING
        case NumberResult(mean=mean):
            return pen.words.number(round(mean, 1))
        case CommentsResult() | Withheld():
            return NOTHING
        case _:
            assert_never(result)


def _most_chosen(result: ShareResult, pen: Pen) -> str:
    """The choice with the largest share, where all shares are told or one is coded as nearly
    everybody's; else it would take more than the codes say to know which it is."""
    nearly_all = [one for one in result.shares if (one.coded or "").startswith(">")]
    if len(nearly_all) == 1:
        return f"{nearly_all[0].coded} {cut(pen.text(nearly_all[0].label), VALUE)}"
    told = [(one.share, one) for one in result.shares if one.share is not None]
    if not told or len(told) < len(result.shares):
        return _coded(pen)
    share, most = max(told, key=lambda one: one[0])
    return f"{pen.words.percent(share)} {cut(pen.text(most.label), VALUE)}"


def _coded(pen: Pen) -> str:
    return pen.say("on the page")
