"""Pictures of what is beside a wave's tables: response rates as dots against the district, and
figures over time as lines with their breaks. Drawn as ``charts`` draws."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.charts.beside_words import (
    break_words,
    change_words,
    rate_words,
    rates_told,
    time_words,
    trend_name,
    trend_told,
    trend_value,
)
from bot.charts.results import BAR, FIGURES_ROOM, GAP, STATEMENT
from bot.charts.strokes import LINE, label_lines, px, svg, wrapped
from core.words import Words
from governance.labels import Labels
from governance.results.wording import bound
from surveys.results.beside import GroupRate, Rates, Trend, Unit

HEIGHT = 56
"""Pixels of a line's own picture."""

MOST_GROUPS = 12
"""Groups of a picture: more are a picture that is taller than two screens."""

EDGE = 8
"""Pixels between the largest value and the edge."""


def rates_chart(rates: Rates, words: Words, named: Labels, *, ident: str) -> Markup | None:
    """A dot for each group that is shown, the highest rate first, and a mark for the district's.
    None where no group's is shown."""
    shown = [one for one in rates.groups if one.group and (one.coded or one.share is not None)]
    if not shown:
        return None
    district = _at(rates.beside_groups)
    top = LINE + 6
    rows: list[Markup] = []
    for one in sorted(shown, key=_rate, reverse=True):
        label = wrapped(named.group(one.group), STATEMENT)
        rows.append(label_lines(label, top))
        figure = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
        rows.append(figure.format(top + 14, rate_words(one, words)))
        top += LINE * len(label)
        rows.append(_rate_dot(one, district, top))
        top += BAR + GAP
    said = words.say("Everyone asked: {share}", share=words.percent(rates.beside_groups))
    anchor = "end" if district > 50 else "start"
    of_all = Markup('<text class="end" x="{}%" y="14" text-anchor="{}">{}</text>').format(
        px(district), anchor, said
    )
    title = words.say("How many of each group answered")
    return svg(title, rates_told(rates, words, named), [of_all, *rows], top, ident)


def _rate(one: GroupRate) -> float:
    return bound(one.coded) if one.coded else one.share or 0.0


def _at(rate: float) -> float:
    """Where a rate (0..1) stands, in percent of the width: a dot at its ends is whole."""
    return 2 + 96 * rate


def _rate_dot(one: GroupRate, district: float, top: int) -> Markup:
    """A group's dot on its rail, and the district's mark across it, clear of all words."""
    middle = px(top + BAR / 2)
    rail = Markup('<line class="rail" x1="0" x2="100%" y1="{}" y2="{}"/>').format(middle, middle)
    mark = Markup('<line class="middle" x1="{x}%" x2="{x}%" y1="{y}" y2="{end}"/>').format(
        x=px(district), y=top, end=top + BAR
    )
    kind = "dot coded" if one.coded else "dot"
    dot = Markup('<circle class="{}" cx="{}%" cy="{}" r="6"/>')
    return rail + mark + dot.format(kind, px(_at(_rate(one))), middle)


def trends_chart(trends: Sequence[Trend], words: Words, *, ident: str) -> Markup:
    """One line below the other for the figures of a question, each with its name, its last value
    and what changed. A break cuts the line and is named where it is."""
    parts: list[Markup] = []
    top = 0
    for trend in trends:
        label = wrapped(trend_name(trend, words))
        parts.append(label_lines(label, top))
        top += LINE * len(label)
        parts.append(_line(trend, top, words))
        top += HEIGHT
        below = [
            *change_words(trend, words),
            *(f"┆ {break_words(why, words)}" for point in trend.points for why in point.broken),
        ]
        for row, told in enumerate(below):
            said = Markup('<text class="end" x="0" y="{}">{}</text>')
            parts.append(said.format(top + 14 + LINE * row, told))
        top += LINE * len(below) + GAP
    times = _times(trends, top, words)
    in_words = " ".join(f"{trend_name(one, words)}: {trend_told(one, words)}" for one in trends)
    return svg(words.text(trends[0].prompt), in_words, [*parts, times], top + LINE, ident)


def _line(trend: Trend, top: int, words: Words) -> Markup:
    """The points at even distances, and the lines between those that can be compared."""
    low, high = _range(trend)
    drawn = Markup("")
    before: tuple[float, float] | None = None
    for at, point in enumerate(trend.points):
        x = _across(at, len(trend.points))
        if point.broken:
            drawn += _break(x, top)
            before = None
        if point.value is None:
            before = None
            continue
        y = top + EDGE + (HEIGHT - 2 * EDGE) * (1 - (point.value - low) / (high - low))
        if before is not None:
            drawn += Markup('<line class="trend" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(
                *(px(value) for value in (*before, x, y))
            )
        drawn += Markup('<circle class="dot" cx="{}%" cy="{}" r="5"/>').format(px(x), px(y))
        before = (x, y)
    last = trend_value(trend.points[-1].value, trend, words)
    return drawn + Markup(
        '<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>'
    ).format(px(top + HEIGHT / 2 + 5), last)


def _break(x: float, top: int) -> Markup:
    return Markup('<line class="middle" x1="{x}%" x2="{x}%" y1="{y}" y2="{end}"/>').format(
        x=px(max(x - 6, 2)), y=top, end=top + HEIGHT
    )


def _times(trends: Sequence[Trend], top: int, words: Words) -> Markup:
    """When the first and the last wave were."""
    points = max((trend.points for trend in trends), key=len)
    first = Markup('<text class="end" x="0" y="{}">{}</text>').format(
        top + 10, time_words(points[0].as_of, words)
    )
    if len(points) < 2:
        return first
    last = Markup('<text class="end" x="{}%" y="{}" text-anchor="end">{}</text>')
    return first + last.format(FIGURES_ROOM, top + 10, time_words(points[-1].as_of, words))


def _across(at: int, points: int) -> float:
    return 2 + (FIGURES_ROOM - 4) * (at / (points - 1) if points > 1 else 0.5)


def _range(trend: Trend) -> tuple[float, float]:
    """From where to where the picture goes: a share's and points' from nothing to a little above
    the largest; a mean's around its values, at least half a point wide, and a score's ten."""
    values = [point.value for point in trend.points if point.value is not None] or [0.0]
    if trend.unit in {Unit.SHARE, Unit.POINTS}:
        return 0.0, min(1.0, max(0.1, 1.25 * max(values)))
    least = 5.0 if trend.unit is Unit.SCORE else 0.25
    middle, half = (max(values) + min(values)) / 2, max(least, (max(values) - min(values)) * 0.75)
    return middle - half, middle + half
