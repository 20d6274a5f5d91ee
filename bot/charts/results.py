"""Pictures of released results as SVG, and their numbers as a table.

Pure functions of ``surveys.results.model``. Horizontal places are percentages and text has a size
of its own, so that a chart fits a phone and a desk without its words shrinking; colours are CSS
classes of the page (light, dark and print). Every picture has a title and a description in words.
"""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot.charts.column_charts import column_chart
from bot.charts.findings import described
from bot.charts.strokes import LINE, wrapped
from bot.charts.strokes import interval as _interval
from bot.charts.strokes import label_lines as _lines
from bot.charts.strokes import px as _n
from bot.charts.strokes import svg as _svg
from core.words import Words
from governance.results.matrices import MatrixResult, Told
from governance.results.wording import (
    DASH,
    bar_length,
    enps_words,
    figure,
    in_order,
    mean_words,
    places,
    points_words,
)
from surveys.results.model import (
    CommentsResult,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)

BAR = 18
"""Pixels of a bar's height."""

GAP = 14
"""Pixels between one row and the next."""

FIGURES_ROOM = 76
"""Percent of the width a full bar takes; its figures stand to the right of it."""


def chart(result: Told, words: Words, *, ident: str) -> Markup | None:
    """The picture of a result, or None where words say it better (numbers, comments) or nothing
    may be shown. ``ident`` makes the ids inside unique on the page."""
    match result:
        case MatrixResult():
            return matrix_chart(result, words, ident=ident)
        case ShareResult(dates=True):
            return column_chart(result, words, ident=ident)
        case ShareResult(net_promoter=True) if not banded(result):
            return column_chart(result, words, ident=ident)
        case ShareResult(scale=True) if is_whole(result):
            return scale_chart(result, words, ident=ident)
        case ShareResult():
            return choice_chart(result, words, ident=ident)
        case RankingResult():
            return ranking_chart(result, words, ident=ident)
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)


def is_whole(result: ShareResult) -> bool:
    """Whether each share is a figure: only then can they be pieces of one bar."""
    return all(share.share is not None for share in result.shares)


def banded(result: ShareResult) -> bool:
    """Whether a scale is told in its two ends and what is between."""
    return result.shares[0].key == "low"


# -- choices: sorted bars with intervals -----------------------------------------------------


def choice_chart(result: ShareResult, words: Words, *, ident: str) -> Markup:
    """Bars, each with its label above, its share at the end and a 95% interval: choices largest
    first, the bands of a scale in their order below its score."""
    parts: list[Markup] = []
    top = 0
    if result.enps is not None:
        parts.append(_strong(enps_words(result.enps, words), 15))
        top = 28
    for share in in_order(result):
        label = wrapped(words.text(share.label))
        parts.append(_lines(label, top))
        top += LINE * len(label)
        parts.append(_bar(share, top, words))
        top += BAR + GAP
    return _svg(words.text(result.prompt), described(result, words), parts, top, ident)


def _bar(share: Share, top: int, words: Words) -> Markup:
    """A share that is not shown has a dash and no bar, which would have a length."""
    middle = top + BAR / 2
    drawn = Markup("")
    if share.coded or share.share is not None:
        bar = Markup('<rect class="{}" x="0" y="{}" width="{}%" height="{}" rx="3"/>')
        kind = "bar coded" if share.coded else "bar"
        drawn += bar.format("track", top, FIGURES_ROOM, BAR)
        drawn += bar.format(kind, top, _n(bar_length(share) * FIGURES_ROOM), BAR)
    if share.low is not None and share.high is not None:
        drawn += _interval(share.low * FIGURES_ROOM, share.high * FIGURES_ROOM, middle)
    return drawn + _at_end(figure(share, words), middle + 5)


def _at_end(said: str, y: float) -> Markup:
    """A figure at the right edge."""
    return Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>').format(
        _n(y), said
    )


def _strong(said: str, y: float) -> Markup:
    return Markup('<text class="figure" x="0" y="{}">{}</text>').format(_n(y), said)


# -- scales: one diverging bar, neutral in the middle ----------------------------------------


def scale_chart(result: ShareResult, words: Words, *, ident: str) -> Markup:
    """A stacked bar that leans left or right of the middle of the scale, and below it every piece
    with its color, its name and its figure."""
    sizes = _sizes(result)
    stretch = 50 / max(*_sides(sizes), 0.01)
    parts = [_stack(sizes, stretch, 4), _middle_line(0, 40)]
    top = 48
    for place, share in enumerate(result.shares):
        swatch = Markup('<rect class="{}" x="0" y="{}" width="14" height="14" rx="3"/>')
        parts.append(swatch.format(_tone(place, len(sizes)), top + 3))
        label = Markup('<text class="label" x="22" y="{}">{}</text>')
        parts.append(label.format(top + 15, wrapped(words.text(share.label), KEY)[0]))
        parts.append(_at_end(figure(share, words), top + 15))
        top += KEY_LINE
    return _svg(words.text(result.prompt), described(result, words), parts, top + 4, ident)


def matrix_chart(result: MatrixResult, words: Words, *, ident: str) -> Markup:
    """A bar for each statement as a scale has one, all to one measure round one middle, each with
    its mean and the figures of its pieces; the ends are named once, below. Where a figure of a
    statement is not shown, it has its figures and no bar."""
    whole = [_sizes(one) for one in result.statements if is_whole(one)]
    stretch = 50 / max((side for sizes in whole for side in _sides(sizes)), default=1.0)
    parts: list[Markup] = []
    top = 0
    for one in result.statements:
        label = wrapped(words.text(one.prompt), STATEMENT)
        parts.append(_lines(label, top))
        if one.mean is not None or not banded(one):
            parts.append(_at_end(mean_words(one, words), top + 14))
        top += LINE * len(label) + 2
        if is_whole(one):
            parts.append(_stack(_sizes(one), stretch, top))
            top += 36
        for line in wrapped(_pieces(one, words), PIECES):
            parts.append(Markup('<text class="end" x="0" y="{}">{}</text>').format(top + 14, line))
            top += LINE
        top += GAP
    first = result.statements[0]
    if not banded(first):
        parts.extend(_ends(first, words, top + 10))
        top += 16
    return _svg(words.text(result.prompt), described(result, words), parts, top, ident)


def _pieces(result: ShareResult, words: Words) -> str:
    """Every piece's figure in their order, "1: 4% ± 1 · 2: 9% ± 2"; a band's with its name."""
    names = (words.text(one.label) if banded(result) else one.key for one in result.shares)
    told = (
        f"{name}: {figure(share, words)}" for name, share in zip(names, result.shares, strict=True)
    )
    # Spaces that do not break, so that no figure is parted from its name.
    return " · ".join(one.replace(" ", "\u00a0") for one in told)


STATEMENT = 34
"""Characters of a line of a statement: its mean stands at the end of the first."""

PIECES = 48
"""Characters of a line of small figures."""

KEY, KEY_LINE = 30, 24
"""Characters of a piece's name, and pixels of its line."""


def _sizes(result: ShareResult) -> list[float]:
    sizes = [bar_length(share) for share in result.shares]
    total = sum(sizes) or 1.0
    return [size / total for size in sizes]


def _sides(sizes: list[float]) -> tuple[float, float]:
    """What lies left and right of the middle of the scale."""
    points = len(sizes)
    half = points // 2
    centre = sizes[half] if points % 2 else 0.0
    return sum(sizes[:half]) + centre / 2, sum(sizes[points - half :]) + centre / 2


def _stack(sizes: list[float], stretch: float, top: int) -> Markup:
    start = 50 - _sides(sizes)[0] * stretch
    drawn = Markup("")
    for place, size in enumerate(sizes):
        width = size * stretch
        piece = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="32"/>')
        drawn += piece.format(_tone(place, len(sizes)), _n(start), top, _n(width))
        start += width
    return drawn


def _middle_line(top: int, bottom: int) -> Markup:
    line = Markup('<line class="middle" x1="50%" x2="50%" y1="{}" y2="{}"/>')
    return line.format(top, bottom)


def _tone(place: int, points: int) -> str:
    """The class of a piece: ``neg-3`` … ``neutral`` … ``pos-3``, by its distance to the middle."""
    distance = place - (points - 1) / 2
    if distance == 0:
        return "neutral"
    strength = 1 + round(2 * (abs(distance) - 0.5) / max((points - 1) / 2 - 0.5, 1))
    return f"{'pos' if distance > 0 else 'neg'}-{min(strength, 3)}"


def _ends(result: ShareResult, words: Words, top: int) -> list[Markup]:
    first, last = words.text(result.shares[0].label), words.text(result.shares[-1].label)
    return [
        Markup('<text class="end" x="0" y="{}">← {}</text>').format(top, _short(first)),
        Markup('<text class="end" x="100%" y="{}" text-anchor="end">{} →</text>').format(
            top, _short(last)
        ),
    ]


# -- rankings: dots and intervals ------------------------------------------------------------


def ranking_chart(
    result: RankingResult, words: Words, *, ident: str, most: int | None = None
) -> Markup:
    """A dot and its interval for each choice, most important first, with the places that the
    interval allows; those without a place come after all others. ``most``: no more choices than
    these."""
    parts: list[Markup] = []
    top, unplaced = 0, False
    for place, ranked in zip(places(result.ranked), result.ranked[:most], strict=False):
        if place == DASH and not unplaced:
            unplaced = True
            said = words.say("Too few comparisons for a place")
            parts.append(Markup('<text class="end" x="0" y="{}">{}</text>').format(top + 14, said))
            top += LINE + 4
        label = words.text(ranked.label)
        lines = wrapped(label if place == DASH else f"{place} {label}")
        parts.append(_lines(lines, top))
        top += LINE * len(lines)
        parts.append(_dot(ranked, top, words, placed=place != DASH))
        top += BAR + GAP
    return _svg(words.text(result.prompt), described(result, words), parts, top, ident)


def _dot(ranked: RankedChoice, top: int, words: Words, *, placed: bool) -> Markup:
    middle = top + BAR / 2
    drawn = Markup('<line class="rail" x1="0" x2="{}%" y1="{}" y2="{}"/>').format(
        FIGURES_ROOM, _n(middle), _n(middle)
    )
    drawn += _interval(ranked.low * FIGURES_ROOM, ranked.high * FIGURES_ROOM, middle)
    drawn += Markup('<circle class="{}" cx="{}%" cy="{}" r="6"/>').format(
        "dot" if placed else "dot open", _n(ranked.points * FIGURES_ROOM), _n(middle)
    )
    return drawn + _at_end(points_words(ranked, words), middle + 5)


# -- progress --------------------------------------------------------------------------------


def progress_bar(part: int, whole: int, label: str, words: Words, *, ident: str) -> Markup:
    """How many of how many, as one bar; ``label`` says of what ("read")."""
    share = min(part / whole, 1.0) if whole else 0.0
    title = words.say(
        "{part} of {whole} {label}",
        part=words.number(part),
        whole=words.number(whole),
        label=label,
    )
    parts = [
        Markup('<rect class="track" x="0" y="0" width="100%" height="16" rx="8"/>'),
        Markup('<rect class="bar" x="0" y="0" width="{}%" height="16" rx="8"/>').format(
            _n(share * 100)
        ),
    ]
    return _svg(title, words.percent(share), parts, 16, ident)


def _short(label: str) -> str:
    return label if len(label) <= 18 else label[:17].rstrip() + "…"
