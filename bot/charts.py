"""Pictures of released results as SVG, and their numbers as a table.

Pure functions of ``surveys.results``. Horizontal places are percentages and text has a size of its
own, so that a chart fits a phone and a desk without its words shrinking; colours are CSS classes
of the page (light, dark and print). Every picture has a title and a description in words.
"""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot.column_charts import column_chart
from bot.figures import bar_length, mean_words, points_words
from bot.findings import described
from bot.matrices import MatrixResult, Told
from bot.strokes import LINE, wrapped
from bot.strokes import interval as _interval
from bot.strokes import label_lines as _lines
from bot.strokes import px as _n
from bot.strokes import svg as _svg
from bot.words import Words
from surveys.results import (
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
        case ShareResult(net_promoter=True):
            return column_chart(result, words, ident=ident)
        case ShareResult(scale=True):
            return scale_chart(result, words, ident=ident)
        case ShareResult():
            return choice_chart(result, words, ident=ident)
        case RankingResult():
            return ranking_chart(result, words, ident=ident)
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)


# -- choices: sorted bars with intervals -----------------------------------------------------


def choice_chart(result: ShareResult, words: Words, *, ident: str) -> Markup:
    """Bars, largest first, each with its label above, its share at the end and a 95% interval."""
    shares = sorted(result.shares, key=bar_length, reverse=True)
    parts: list[Markup] = []
    top = 0
    for share in shares:
        label = wrapped(words.text(share.label))
        parts.append(_lines(label, top))
        top += LINE * len(label)
        parts.append(_bar(share, top, words))
        top += BAR + GAP
    return _svg(words.text(result.prompt), described(result, words), parts, top, ident)


def _bar(share: Share, top: int, words: Words) -> Markup:
    length = bar_length(share) * FIGURES_ROOM
    middle = top + BAR / 2
    drawn = Markup('<rect class="track" x="0" y="{}" width="{}%" height="{}" rx="3"/>').format(
        top, FIGURES_ROOM, BAR
    )
    kind = "bar coded" if share.coded else "bar"
    drawn += Markup('<rect class="{}" x="0" y="{}" width="{}%" height="{}" rx="3"/>').format(
        kind, top, _n(length), BAR
    )
    if share.low is not None and share.high is not None:
        drawn += _interval(share.low * FIGURES_ROOM, share.high * FIGURES_ROOM, middle)
    figure = share.coded or words.percent(share.share or 0)
    return drawn + Markup(
        '<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>'
    ).format(_n(middle + 5), figure)


# -- scales: one diverging bar, neutral in the middle ----------------------------------------


def scale_chart(result: ShareResult, words: Words, *, ident: str) -> Markup:
    """A stacked bar that leans left or right of the middle of the scale. The percentages stand in
    their pieces where they fit; the ends are named below."""
    sizes = _sizes(result)
    stretch = 50 / max(*_sides(sizes), 0.01)
    parts = [_stack(result, sizes, stretch, 4, words)]
    # Broken where the middle piece's percentage stands.
    for top, bottom in ((0, 11), (29, 40)):
        line = Markup('<line class="middle" x1="50%" x2="50%" y1="{}" y2="{}"/>')
        parts.append(line.format(top, bottom))
    parts.extend(_ends(result, words, 56))
    return _svg(words.text(result.prompt), described(result, words), parts, 62, ident)


def matrix_chart(result: MatrixResult, words: Words, *, ident: str) -> Markup:
    """A bar for each statement as a scale has one, all to one measure round one middle, each with
    its mean; the ends are named once, below."""
    sizes = [_sizes(one) for one in result.statements]
    stretch = 50 / max(*(side for one in sizes for side in _sides(one)), 0.01)
    parts: list[Markup] = []
    top = 0
    for one, of_one in zip(result.statements, sizes, strict=True):
        label = wrapped(words.text(one.prompt), STATEMENT)
        parts.append(_lines(label, top))
        mean = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
        parts.append(mean.format(top + 14, mean_words(one, words)))
        top += LINE * len(label) + 2
        parts.append(_stack(one, of_one, stretch, top, words))
        top += 32 + GAP
    line = Markup('<line class="middle" x1="50%" x2="50%" y1="{}" y2="{}"/>')
    parts.append(line.format(top - GAP, top))
    parts.extend(_ends(result.statements[0], words, top + 14))
    return _svg(words.text(result.prompt), described(result, words), parts, top + 20, ident)


STATEMENT = 34
"""Characters of a line of a statement: its mean stands at the end of the first."""


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


def _stack(
    result: ShareResult, sizes: list[float], stretch: float, top: int, words: Words
) -> Markup:
    start = 50 - _sides(sizes)[0] * stretch
    drawn = Markup("")
    for place, (share, size) in enumerate(zip(result.shares, sizes, strict=True)):
        width = size * stretch
        drawn += _piece(share, start, width, _tone(place, len(sizes)), top, words)
        start += width
    return drawn


def _piece(share: Share, start: float, width: float, tone: str, top: int, words: Words) -> Markup:
    drawn = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="32"/>').format(
        tone, _n(start), top, _n(width)
    )
    if width < 13:
        return drawn
    figure = share.coded or words.percent(share.share or 0)
    return drawn + Markup(
        '<text class="inside {}-text" x="{}%" y="{}" text-anchor="middle">{}</text>'
    ).format(tone, _n(start + width / 2), top + 21, figure)


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


def ranking_chart(result: RankingResult, words: Words, *, ident: str) -> Markup:
    """A dot and its interval for each priority, most important first. Ties are told in words."""
    parts: list[Markup] = []
    top = 0
    for place, ranked in enumerate(result.ranked, start=1):
        label = wrapped(f"{place}. {words.text(ranked.label)}")
        parts.append(_lines(label, top))
        top += LINE * len(label)
        parts.append(_dot(ranked, top, words))
        top += BAR + GAP
    return _svg(words.text(result.prompt), described(result, words), parts, top, ident)


def _dot(ranked: RankedChoice, top: int, words: Words) -> Markup:
    middle = top + BAR / 2
    drawn = Markup('<line class="rail" x1="0" x2="{}%" y1="{}" y2="{}"/>').format(
        FIGURES_ROOM, _n(middle), _n(middle)
    )
    drawn += _interval(ranked.low * FIGURES_ROOM, ranked.high * FIGURES_ROOM, middle)
    drawn += Markup('<circle class="dot" cx="{}%" cy="{}" r="6"/>').format(
        _n(ranked.points * FIGURES_ROOM), _n(middle)
    )
    return drawn + Markup(
        '<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>'
    ).format(_n(middle + 5), points_words(ranked.points, words))


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
