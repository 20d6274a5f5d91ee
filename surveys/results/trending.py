"""A survey's figures over its waves, with the breaks that keep two of them apart.

Everything is computed from figures that each wave has released by itself, and from their released
intervals. Two waves need no guard against each other: each has noise of its own, so the difference
of two figures tells of one person what the two budgets together allow, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from core.text import Text
from surveys.disclosure.results import high_end
from surveys.questions import (
    Choice,
    CountedQuestion,
    Number,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.beside import Break, Group, Trend, TrendPoint, Unit
from surveys.results.model import (
    NumberResult,
    QuestionResult,
    RankingResult,
    ShareResult,
    WaveResults,
)
from surveys.results.statistics import difference
from surveys.survey import Dimension, Survey

MOST_EARLIER = 4
"""Earlier waves that a wave is held against: a year of quarters."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A closed wave that another continues: what was asked and released of it. ``reworded``: goals
    of the plan that got another version between it and the wave after it."""

    survey: Survey
    results: WaveResults
    reworded: frozenset[str] = frozenset()


def trends(survey: Survey, results: WaveResults, earlier: Sequence[Earlier]) -> tuple[Trend, ...]:
    """Each figure that this wave and one before it tell of the same question, by its key.
    ``earlier`` waves come the newest first."""
    if not earlier:
        return ()
    before = list(reversed(earlier))
    changed = [frozenset[str](), *(one.reworded for one in before)]
    asked = [*((one.survey, one.results) for one in before), (survey, results)]
    waves = [(*one, goals) for one, goals in zip(asked, changed, strict=True)]
    found = []
    for question in survey.counted:
        for item in _items(question):
            for table in results.tables:
                for cell in table.cells:
                    trend = _trend(question, item, (table.plan.by, cell.group), waves)
                    if trend is not None:
                        found.append(trend)
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _Figure:
    """One number, what it is of, and its interval where there is one."""

    n: int
    value: float
    unit: Unit
    low: float | None = None
    high: float | None = None


Cell = tuple[tuple[Dimension, ...], Group]


def _trend(
    question: CountedQuestion,
    item: Choice | None,
    cell: Cell,
    waves: Sequence[tuple[Survey, WaveResults, frozenset[str]]],
) -> Trend | None:
    points: list[TrendPoint] = []
    figures: list[_Figure | None] = []
    asked: CountedQuestion | None = None
    since: frozenset[str] = frozenset()
    for survey, results, reworded in waves:
        since |= reworded
        same = next((one for one in survey.counted if one.key == question.key), None)
        if same is None or type(same) is not type(question):
            continue
        figure = _figure(results, cell, question, item)
        broken = breaks(asked, same, since) if asked is not None else ()
        points.append(
            TrendPoint(
                wave_id=results.wave_id,
                as_of=results.as_of,
                n=figure.n if figure else None,
                value=figure.value if figure else None,
                broken=broken,
                low=figure.low if figure else None,
                high=figure.high if figure else None,
            )
        )
        figures.append(figure)
        asked, since = same, frozenset()
    if sum(figure is not None for figure in figures) < 2 or figures[-1] is None:
        return None
    change, low, high = _change(figures[-2], figures[-1], broken=bool(points[-1].broken))
    return Trend(
        question=question.key,
        prompt=question.prompt,
        group=cell[1],
        points=tuple(points),
        item=item.key if item else None,
        label=item.label if item else None,
        change=change,
        low=low,
        high=high,
        kind=figures[-1].unit,
        lowest=question.lowest if isinstance(question, Scale) else None,
        highest=question.every_point[-1] if isinstance(question, Scale) else None,
    )


def _change(
    before: _Figure | None, now: _Figure, *, broken: bool
) -> tuple[float | None, float | None, float | None]:
    if before is None or broken:
        return None, None, None
    change = now.value - before.value
    if before.low is None or before.high is None or now.low is None or now.high is None:
        return change, None, None
    low, high = difference((before.value, before.low, before.high), (now.value, now.low, now.high))
    return change, low, high


def breaks(
    before: CountedQuestion, now: CountedQuestion, reworded: frozenset[str] = frozenset()
) -> tuple[Break, ...]:
    """Why an answer to one of two questions of the same key is no answer to the other.
    ``reworded``: goals of the plan that got another version between them."""
    found = []
    if _words(before) != _words(now):
        found.append(Break.WORDING)
    if (
        isinstance(before, Scale)
        and isinstance(now, Scale)
        and (before.every_point != now.every_point)
    ):
        found.append(Break.POINTS)
    old, new = _choices(before), _choices(now)
    if [choice.key for choice in old] != [choice.key for choice in new]:
        found.append(Break.CHOICES)
    moved = {c.key: c.goal for c in old} != {c.key: c.goal for c in new}
    if not found and (moved or any(choice.goal in reworded for choice in new)):
        found.append(Break.GOAL)
    return tuple(found)


def _words(question: CountedQuestion) -> list[str]:
    """What is read before answering, in the survey's own language."""
    texts: list[Text] = [question.prompt, *(choice.label for choice in _choices(question))]
    if isinstance(question, Scale):
        texts += [question.labels[point] for point in sorted(question.labels)]
    return [words.default for words in texts]


def _choices(question: CountedQuestion) -> tuple[Choice, ...]:
    if isinstance(question, SingleChoice | SeveralChoice | Ranking):
        return question.choices
    return ()


def _items(question: CountedQuestion) -> Iterator[Choice | None]:
    """What of a question has a line of its own: each choice; or the mean, and of a scale below the
    district its high end."""
    if isinstance(question, Scale | Number):
        yield None
    if isinstance(question, Scale):
        yield high_end(question)
    yield from _choices(question)


def _figure(
    results: WaveResults, cell: Cell, question: CountedQuestion, item: Choice | None
) -> _Figure | None:
    shown = next(
        (
            result
            for table in results.tables
            if table.plan.by == cell[0]
            for one in table.cells
            if one.group == cell[1]
            for result in one.questions
            if result.question == question.key
        ),
        None,
    )
    if item is None:
        return _score(shown) if isinstance(question, Scale) and question.enps else _mean(shown)
    return _of_item(shown, item.key)


def _score(shown: QuestionResult | None) -> _Figure | None:
    """The net promoter score of the district."""
    if not isinstance(shown, ShareResult) or shown.mean is None or shown.enps is None:
        return None
    one = shown.enps
    return _Figure(n=shown.n, value=one.score, unit=Unit.SCORE, low=one.low, high=one.high)


def _mean(shown: QuestionResult | None) -> _Figure | None:
    """A scale's mean with its interval; numbers had one before counts had noise."""
    if isinstance(shown, NumberResult):
        return _Figure(n=shown.n, value=shown.mean, unit=Unit.MEAN)
    if not isinstance(shown, ShareResult) or shown.mean is None:
        return None
    mean, low, high = shown.mean, shown.mean_low, shown.mean_high
    if low is None or high is None:
        spread = sum((one.share or 0.0) * (float(one.key) - mean) ** 2 for one in shown.shares)
        half = NormalDist().inv_cdf(0.975) * sqrt(spread / (shown.n - 1))
        low, high = mean - half, mean + half
    return _Figure(n=shown.n, value=mean, unit=Unit.MEAN, low=low, high=high)


def _of_item(shown: QuestionResult | None, key: str) -> _Figure | None:
    if isinstance(shown, ShareResult):
        for share in shown.shares:
            if share.key == key and share.share is not None:
                return _Figure(
                    n=shown.n, value=share.share, unit=Unit.SHARE, low=share.low, high=share.high
                )
    if isinstance(shown, RankingResult):
        for ranked in shown.ranked:
            if ranked.key == key:
                return _Figure(
                    n=shown.n,
                    value=ranked.points,
                    unit=Unit.POINTS,
                    low=ranked.low,
                    high=ranked.high,
                )
    return None
