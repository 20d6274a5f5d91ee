"""How a goal's indicator stands: a small bar with its target, and the line of its readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.charts.strokes import px, svg
from core.words import Words
from governance.goals import wording as say
from governance.goals.messages import IndicatorLine

BAR = 14
"""Pixels of a small bar's height."""

TOP, TALL = 24, 120
"""Pixels above the plot, and of its height."""

_LEFT, _WIDE = 3.0, 94.0
"""Percent of the width: where the plot begins, and how wide it is. A dot at its end is whole."""


def goal_bar(line: IndicatorLine, words: Words, *, ident: str) -> Markup | None:
    """The last reading as a bar, with a mark at the target; None where there is no reading, or a
    bar of it would have no length."""
    one, last = line.indicator, line.last
    if last is None or min(last.value, one.target) < 0:
        return None
    full = _full(line)
    bar = Markup('<rect class="{}" x="0" y="3" width="{}%" height="{}" rx="3"/>')
    mark = Markup('<line class="interval" x1="{x}%" x2="{x}%" y1="0" y2="{y}"/>')
    parts = [
        bar.format("track", 100, BAR),
        bar.format("bar", px(100 * last.value / full), BAR),
        mark.format(x=px(100 * one.target / full), y=BAR + 6),
    ]
    return svg(words.text(one.name), say.stands(words, line), parts, BAR + 6, ident)


def _full(line: IndicatorLine) -> float:
    """What the whole width stands for: 100% of a share, else a little more than the most."""
    values = [line.indicator.target, *(one.value for one in line.readings)]
    if line.indicator.unit.default == "%":
        return max(100.0, *values)
    return 1.1 * max(*values, 1e-9)


def goal_chart(
    line: IndicatorLine, breaks: Sequence[date], words: Words, *, ident: str
) -> Markup | None:
    """Readings over time with the target as a dashed line, and a line where the goal was reworded.
    Readings of two versions are not joined. None where there are fewer than two readings."""
    if len(line.readings) < 2:
        return None
    plot = _Plot(line)
    said = " ".join(
        words.say(
            "{day}: {value}.",
            day=say.day_of(words, one.on),
            value=say.value(words, line.indicator, one.value),
        )
        for one in line.readings
    )
    parts = [
        *_target(line, plot, words),
        *_breaks(plot, breaks, words),
        *_line(line, plot, breaks),
        *_dots(line, plot, words),
        *_ends(line, words),
    ]
    told = f"{said} {say.target(words, line.indicator)}"
    return svg(words.text(line.indicator.name), told, parts, TOP + TALL + 24, ident)


class _Plot:
    """Where a day and a value stand."""

    def __init__(self, line: IndicatorLine) -> None:
        values = [line.indicator.target, *(one.value for one in line.readings)]
        self._low, high = min(values), max(values)
        self._spread = (high - self._low) or 1.0
        self.first, self.last = line.readings[0].on, line.readings[-1].on
        self._days = (self.last - self.first).days or 1

    def x(self, day: date) -> float:
        return _LEFT + _WIDE * (day - self.first).days / self._days

    def y(self, value: float) -> float:
        return TOP + TALL * (1 - (value - self._low) / self._spread)


def _target(line: IndicatorLine, plot: _Plot, words: Words) -> Iterator[Markup]:
    y = plot.y(line.indicator.target)
    stroke = Markup('<line class="middle" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
    yield stroke.format(y=px(y))
    label = Markup('<text class="end" x="0" y="{}">{}</text>')
    target = say.value(words, line.indicator, line.indicator.target)
    yield label.format(px(y - 6), words.say("target {value}", value=target))


def _breaks(plot: _Plot, breaks: Sequence[date], words: Words) -> Iterator[Markup]:
    stroke = Markup('<line class="rail" x1="{x}%" x2="{x}%" y1="{top}" y2="{end}"/>')
    label = Markup('<text class="end" x="{}%" y="{}" text-anchor="{}">{}</text>')
    for day in breaks:
        if plot.first < day <= plot.last:
            x = plot.x(day)
            yield stroke.format(x=px(x), top=TOP - 10, end=TOP + TALL)
            side = "end" if x > 50 else "start"
            beside = x - 1 if x > 50 else x + 1
            yield label.format(px(beside), px(TOP + TALL - 4), side, words.say("reworded"))


def _line(line: IndicatorLine, plot: _Plot, breaks: Sequence[date]) -> Iterator[Markup]:
    stroke = Markup('<line class="trend" x1="{}%" y1="{}" x2="{}%" y2="{}"/>')
    for one, other in zip(line.readings, line.readings[1:], strict=False):
        if not any(one.on < day <= other.on for day in breaks):
            ends = plot.x(one.on), plot.y(one.value), plot.x(other.on), plot.y(other.value)
            yield stroke.format(*map(px, ends))


def _dots(line: IndicatorLine, plot: _Plot, words: Words) -> Iterator[Markup]:
    """The first and the last with their values: between them the line says enough."""
    dot = Markup('<circle class="dot" cx="{}%" cy="{}" r="5"/>')
    value = Markup('<text class="figure small" x="{}%" y="{}" text-anchor="{}">{}</text>')
    for one in line.readings:
        yield dot.format(px(plot.x(one.on)), px(plot.y(one.value)))
    for one, x, side in ((line.readings[0], 0, "start"), (line.readings[-1], 100, "end")):
        said = say.value(words, line.indicator, one.value)
        y = plot.y(one.value)
        yield value.format(x, px(y + 20 if y < TOP + 20 else y - 10), side, said)


def _ends(line: IndicatorLine, words: Words) -> Iterator[Markup]:
    end = Markup('<text class="end" x="{}" y="{}" text-anchor="{}">{}</text>')
    for one, x, side in ((line.readings[0], "0", "start"), (line.readings[-1], "100%", "end")):
        yield end.format(x, TOP + TALL + 20, side, say.month_of(words, one.on))
