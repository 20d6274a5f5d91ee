"""Charts of scores of security practices: bars with targets, and the trend over assessments.

A score is a number from 1 to 5. A bar is as long as its share of 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from bot.charts.results import BAR, GAP
from bot.charts.strokes import LINE, label_lines, px, svg, wrapped
from core.words import Words
from governance.controls import figure_wording as say
from governance.controls.figures import Figure, TrendPoint
from governance.controls.model import HIGHEST, LOWEST
from governance.controls.views import FiguresPage, TargetLine
from governance.results.wording import NumbersTable

_LABEL = 34
"""Characters of a label's line. The score is at the end of the first line."""

_TOP, _TALL = 24, 140
"""Pixels above the plot, and of its height."""

_LEFT, _WIDE = 7.0, 88.0
"""Percent of the width: where the plot begins, and how wide it is."""

_GRID = (1, 3, 5)
"""Scores that have a grid line."""


# -- bars ----------------------------------------------------------------------------------------


def score_bar(label: str, figure: Figure, target: TargetLine | None, words: Words) -> Markup | None:
    """A score as a bar, with a mark at its target. None where there is no score."""
    if figure.mean is None:
        return None
    told = say.figure(words, figure)
    if target is not None:
        told = f"{told}. {say.target(words, target)}"
    parts = [*_bar(figure.mean, 3), *_aim(target)]
    return svg(label, told, parts, BAR + 6, "score")


def score_bars(title: str, rows: Sequence[tuple[str, str, float | None]], *, ident: str) -> Markup:
    """A bar for each row. A row has a label, its score in words, and the score or None."""
    top, parts, told = 0, list[Markup](), list[str]()
    value = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
    for name, said, mean in rows:
        label = wrapped(name, _LABEL)
        parts.append(label_lines(label, top))
        parts.append(value.format(top + 14, said))
        top += LINE * len(label)
        parts += _bar(mean, top)
        top += BAR + GAP
        told.append(f"{name}: {said}.")
    return svg(title, " ".join(told), parts, top, ident)


def _bar(mean: float | None, top: int) -> Iterator[Markup]:
    bar = Markup('<rect class="{}" x="0" y="{}" width="{}%" height="{}" rx="3"/>')
    yield bar.format("track", top, 100, BAR)
    if mean is not None:
        yield bar.format("bar", top, px(100 * mean / HIGHEST), BAR)


def _aim(target: TargetLine | None) -> Iterator[Markup]:
    if target is not None:
        mark = Markup('<line class="interval" x1="{x}%" x2="{x}%" y1="0" y2="{y}"/>')
        yield mark.format(x=px(100 * target.target.score / HIGHEST), y=BAR + 6)


# -- the trend -----------------------------------------------------------------------------------


def trend_chart(
    view: FiguresPage, target: TargetLine | None, words: Words, *, title: str
) -> Markup | None:
    """The score in each assessment, the newest last. Two that differ in version or scope are not
    joined; a vertical line names the change. None where fewer than two have a score."""
    points, today = view.trend, view.today
    if sum(one.figure.mean is not None for one in points) < 2:
        return None
    parts = [
        *_grid(words),
        *_target(target, words),
        *_breaks(points, words),
        *_line(points),
        *_dots(points, target, words),
        *_ends(points, today, words),
    ]
    told = [f"{_point_day(words, one, today)}: {_scored(one, words)}." for one in points]
    told += [say.step(words, one.step) for one in points if one.step]
    told += [say.target(words, target)] if target else []
    description = " ".join(one for one in told if one)
    return svg(title, description, parts, _TOP + _TALL + 28, "trend")


def _point_day(words: Words, one: TrendPoint, today: date) -> str:
    """The day of a score: when the assessment was closed, else today."""
    closed = one.assessment.closed_at
    if one.finished and closed:
        return say.day_of(words, closed)
    return say.day(words, today)


def _scored(one: TrendPoint, words: Words) -> str:
    told = say.figure(words, one.figure)
    return told if one.finished else words.say("{score}, not finished", score=told)


def trend_table(view: FiguresPage, words: Words) -> NumbersTable:
    """The same as text, the newest first."""
    return NumbersTable(
        headers=(
            words.say("Assessment"),
            words.say("As of"),
            words.say("Score"),
            words.say("Assessed"),
            words.say("Compared with the previous one"),
        ),
        rows=tuple(
            (
                one.assessment.name,
                _point_day(words, one, view.today),
                words.say("Not shown") if one.figure.hidden else say.score(words, one.figure.mean),
                say.assessed(words, one.figure.counts)
                if one.finished
                else say.so_far(words, one.figure.counts),
                _compared(one, words),
            )
            for one in reversed(view.trend)
        ),
    )


def _compared(one: TrendPoint, words: Words) -> str:
    if one.step is None:
        return words.say("First assessment")
    told = say.step(words, one.step)
    return f"{words.say('Same framework and scope.')} {told}".strip() if one.step.alike else told


def _x(at: int, points: Sequence[TrendPoint]) -> float:
    return _LEFT + _WIDE * at / max(len(points) - 1, 1)


def _y(score: float) -> float:
    return _TOP + _TALL * (HIGHEST - score) / (HIGHEST - LOWEST)


def _grid(words: Words) -> Iterator[Markup]:
    rail = Markup('<line class="rail" x1="{x}%" x2="100%" y1="{y}" y2="{y}"/>')
    label = Markup('<text class="end" x="0" y="{}">{}</text>')
    for score in _GRID:
        yield rail.format(x=px(_LEFT - 2), y=px(_y(score)))
        yield label.format(px(_y(score) + 5), words.number(score))


def _target(target: TargetLine | None, words: Words) -> Iterator[Markup]:
    if target is not None:
        y = _y(target.target.score)
        stroke = Markup('<line class="middle" x1="{x}%" x2="100%" y1="{y}" y2="{y}"/>')
        yield stroke.format(x=px(_LEFT - 2), y=px(y))
        label = Markup('<text class="end" x="100%" y="{}" text-anchor="end">{}</text>')
        aim = say.score(words, target.target.score)
        yield label.format(px(y - 6), words.say("target {value}", value=aim))


def _breaks(points: Sequence[TrendPoint], words: Words) -> Iterator[Markup]:
    stroke = Markup('<line class="rail" x1="{x}%" x2="{x}%" y1="{top}" y2="{end}"/>')
    label = Markup('<text class="end" x="{}%" y="{}" text-anchor="middle">{}</text>')
    told = [(at, one.step) for at, one in enumerate(points) if one.step and not one.step.alike]
    for nth, (at, step) in enumerate(told):  # labels above and below in turn, for want of room
        x = (_x(at - 1, points) + _x(at, points)) / 2
        yield stroke.format(x=px(x), top=_TOP, end=_TOP + _TALL)
        yield label.format(px(x), _TOP + _TALL - 6 if nth % 2 else _TOP - 8, say.mark(words, step))


def _line(points: Sequence[TrendPoint]) -> Iterator[Markup]:
    """Dashed to and from an assessment that is not finished."""
    stroke = Markup('<line class="trend{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>')
    for at, (one, other) in enumerate(pairwise(points)):
        before, after = one.figure.mean, other.figure.mean
        if before is None or after is None or not (other.step and other.step.alike):
            continue
        ends = _x(at, points), _y(before), _x(at + 1, points), _y(after)
        open_ = "" if one.finished and other.finished else " open"
        yield stroke.format(open_, *map(px, ends))


def _dots(
    points: Sequence[TrendPoint], target: TargetLine | None, words: Words
) -> Iterator[Markup]:
    """A value is above its dot, or below it where the target's line is just above. The dot of an
    assessment that is not finished is hollow."""
    aim = _y(target.target.score) if target else 0.0
    dot = Markup('<circle class="dot{}" cx="{}%" cy="{}" r="5"/>')
    part = Markup('<text class="end small" x="100%" y="{}" text-anchor="end">{}</text>')
    value = Markup('<text class="figure small" x="{}%" y="{}" text-anchor="middle">{}</text>')
    for at, one in enumerate(points):
        if (mean := one.figure.mean) is not None:
            x, y = _x(at, points), _y(mean)
            yield dot.format("" if one.finished else " open", px(x), px(y))
            beside = y + 20 if y < _TOP + 20 or 0 <= y - aim < 2 * LINE else y - 10
            yield value.format(px(x), px(beside), say.score(words, mean))
            if not one.finished and one is points[-1]:
                below = beside + 14 if beside > y else y + 20
                yield part.format(px(below), say.so_far(words, one.figure.counts))


def _ends(points: Sequence[TrendPoint], today: date, words: Words) -> Iterator[Markup]:
    end = Markup('<text class="end" x="{}" y="{}" text-anchor="{}">{}</text>')
    for one, x, side in ((points[0], "0", "start"), (points[-1], "100%", "end")):
        yield end.format(x, _TOP + _TALL + 24, side, _point_day(words, one, today))
