"""Columns in an order that is theirs: the points of the net promoter score, and months."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.findings import described
from bot.charts.strokes import px, svg
from core.words import Words
from governance.results.wording import DASH, bar_length, enps_words, side
from surveys.results.model import Share, ShareResult

TALL = 88
"""Pixels of the tallest column."""

ROOM_FOR_FIGURES = 12
"""Up to so many columns have their percentage above them: more would run into each other."""

PROMOTERS, DETRACTORS = 9, 6


def column_chart(result: ShareResult, words: Words, *, ident: str) -> Markup:
    """Columns in the order of points or periods. Of the net promoter score: its figure above, and
    detractors, passives and promoters in the tones of a scale's two sides and middle."""
    top = 0
    parts: list[Markup] = []
    if result.enps is not None:
        score = Markup('<text class="figure" x="0" y="15">{}</text>')
        parts.append(score.format(enps_words(result.enps, words)))
        top = 28
    longest = max((bar_length(share) for share in result.shares), default=0.0) or 1.0
    step = 100 / len(result.shares)
    for place, share in enumerate(result.shares):
        height = bar_length(share) / longest * TALL
        below = top + 18 + TALL
        tone = f"{_tone(result, share)}{' coded' if share.coded else ''}"
        column = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>')
        parts.append(
            column.format(
                tone, px(place * step + step / 8), px(below - height), px(step * 0.75), px(height)
            )
        )
        if len(result.shares) <= ROOM_FOR_FIGURES:
            said = side(share, words) or DASH
            if share.share is not None:
                said = words.percent(share.share)
            parts.append(_middle("figure small", place, step, below - height - 4, said))
    parts += _below(result, words, step, top + 18 + TALL)
    height = top + 18 + TALL + (24 if result.dates else 44)
    return svg(words.text(result.prompt), described(result, words), parts, height, ident)


def _tone(result: ShareResult, share: Share) -> str:
    if result.dates:
        return "bar"
    point = int(share.key)
    return "pos-2" if point >= PROMOTERS else "neg-2" if point <= DETRACTORS else "neutral"


def _below(result: ShareResult, words: Words, step: float, top: int) -> list[Markup]:
    """Every point; of periods the first and the last. Of points the ends have their words."""
    first, last = result.shares[0], result.shares[-1]
    line = Markup('<line class="rail" x1="0" x2="100%" y1="{}" y2="{}"/>').format(top, top)
    if result.dates:
        return [line, *_two_ends(words.text(first.label), words.text(last.label), top + 18)]
    points = [
        _middle("end", place, step, top + 18, share.key)
        for place, share in enumerate(result.shares)
    ]
    low, high = words.text(first.label), words.text(last.label)
    return [line, *points, *_two_ends(f"← {low}", f"{high} →", top + 38)]


def _two_ends(low: str, high: str, top: int) -> list[Markup]:
    return [
        Markup('<text class="end" x="0" y="{}">{}</text>').format(top, low),
        Markup('<text class="end" x="100%" y="{}" text-anchor="end">{}</text>').format(top, high),
    ]


def _middle(kind: str, place: int, step: float, y: float, said: str) -> Markup:
    return Markup('<text class="{}" x="{}%" y="{}" text-anchor="middle">{}</text>').format(
        kind, px(place * step + step / 2), px(y), said
    )
