"""Pictures of released results as SVG, and their numbers as a table.

Pure functions of ``surveys.results``. Horizontal places are percentages and text has a size of its
own, so that a chart fits a phone and a desk without its words shrinking; colours are CSS classes
of the page (light, dark and print). Every picture has a title and a description in words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from markupsafe import Markup

from bot.words import Words
from surveys.results import (
    CommentsResult,
    NumberResult,
    QuestionResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)

LINE = 20
"""Pixels of a line of label text."""

BAR = 18
"""Pixels of a bar's height."""

GAP = 14
"""Pixels between one row and the next."""

WRAP = 40
"""Characters of a label's line: what fits the narrowest phone at this text size."""

FIGURES_ROOM = 76
"""Percent of the width a full bar takes; its figures stand to the right of it."""


@dataclass(frozen=True, kw_only=True)
class NumbersTable:
    """The same numbers as text: the table behind a picture."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chart(result: QuestionResult, words: Words, *, ident: str) -> Markup | None:
    """The picture of a result, or None where words say it better (numbers, comments) or nothing
    may be shown. ``ident`` makes the ids inside unique on the page."""
    match result:
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
    shares = sorted(result.shares, key=_length, reverse=True)
    parts: list[Markup] = []
    top = 0
    for share in shares:
        label = _wrapped(words.text(share.label))
        parts.append(_lines(label, top))
        top += LINE * len(label)
        parts.append(_bar(share, top, words))
        top += BAR + GAP
    told = [f"{words.text(s.label)}: {share_words(s, words)}" for s in shares]
    return _svg(words.text(result.prompt), "; ".join(told) + ".", parts, top, ident)


def _bar(share: Share, top: int, words: Words) -> Markup:
    length = _length(share) * FIGURES_ROOM
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
    points = len(result.shares)
    sizes = [_length(share) for share in result.shares]
    total = sum(sizes) or 1.0
    sizes = [size / total for size in sizes]
    half = points // 2
    centre = sizes[half] if points % 2 else 0.0
    left, right = sum(sizes[:half]) + centre / 2, sum(sizes[points - half :]) + centre / 2
    stretch = 50 / max(left, right, 0.01)
    start = 50 - left * stretch
    parts: list[Markup] = []
    for place, (share, size) in enumerate(zip(result.shares, sizes, strict=True)):
        width = size * stretch
        parts.append(_piece(share, start, width, _tone(place, points), words))
        start += width
    parts.append(Markup('<line class="middle" x1="50%" x2="50%" y1="0" y2="40"/>'))
    parts.extend(_ends(result, words))
    told = [f"{words.text(s.label)}: {share_words(s, words)}" for s in result.shares]
    return _svg(words.text(result.prompt), "; ".join(told) + ".", parts, 62, ident)


def _piece(share: Share, start: float, width: float, tone: str, words: Words) -> Markup:
    drawn = Markup('<rect class="{}" x="{}%" y="4" width="{}%" height="32"/>').format(
        tone, _n(start), _n(width)
    )
    if width < 13:
        return drawn
    figure = share.coded or words.percent(share.share or 0)
    return drawn + Markup(
        '<text class="inside {}-text" x="{}%" y="25" text-anchor="middle">{}</text>'
    ).format(tone, _n(start + width / 2), figure)


def _tone(place: int, points: int) -> str:
    """The class of a piece: ``neg-3`` … ``neutral`` … ``pos-3``, by its distance to the middle."""
    distance = place - (points - 1) / 2
    if distance == 0:
        return "neutral"
    strength = 1 + round(2 * (abs(distance) - 0.5) / max((points - 1) / 2 - 0.5, 1))
    return f"{'pos' if distance > 0 else 'neg'}-{min(strength, 3)}"


def _ends(result: ShareResult, words: Words) -> list[Markup]:
    first, last = words.text(result.shares[0].label), words.text(result.shares[-1].label)
    return [
        Markup('<text class="end" x="0" y="56">← {}</text>').format(_short(first)),
        Markup('<text class="end" x="100%" y="56" text-anchor="end">{} →</text>').format(
            _short(last)
        ),
    ]


# -- rankings: dots and intervals ------------------------------------------------------------


def ranking_chart(result: RankingResult, words: Words, *, ident: str) -> Markup:
    """A dot and its interval for each priority, most important first. Ties are told in words."""
    parts: list[Markup] = []
    top = 0
    for place, ranked in enumerate(result.ranked, start=1):
        label = _wrapped(f"{place}. {words.text(ranked.label)}")
        parts.append(_lines(label, top))
        top += LINE * len(label)
        parts.append(_dot(ranked, top, words))
        top += BAR + GAP
    told = [
        f"{place}. {words.text(ranked.label)}, {_points(ranked.points, words)}"
        for place, ranked in enumerate(result.ranked, start=1)
    ]
    description = "; ".join(told) + ". " + ties(result, words)
    return _svg(words.text(result.prompt), description.strip(), parts, top, ident)


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
    ).format(_n(middle + 5), _points(ranked.points, words))


def ties(result: RankingResult, words: Words) -> str:
    """Which neighbours cannot be told apart, in sentences; "" where all can."""
    told: list[str] = []
    group: list[str] = []
    for ranked in result.ranked:
        group.append(words.text(ranked.label))
        if ranked.tied_with_next and ranked is not result.ranked[-1]:
            continue
        if len(group) > 1:
            named = ", ".join(group[:-1])
            told.append(
                words.say(
                    "{some} and {last} are tied: their intervals overlap.",
                    some=named,
                    last=group[-1],
                )
            )
        group = []
    return " ".join(told)


# -- progress --------------------------------------------------------------------------------


def progress_bar(part: int, whole: int, label: str, words: Words, *, ident: str) -> Markup:
    """How many of how many, as one bar; ``label`` says of what ("read")."""
    share = min(part / whole, 1.0) if whole else 0.0
    told = words.say(
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
    return _svg(told, words.percent(share), parts, 16, ident)


# -- the numbers in a table ------------------------------------------------------------------


def numbers_table(result: QuestionResult, words: Words) -> NumbersTable | None:
    """The numbers of a picture; None where there is no picture."""
    say = words.say
    match result:
        case ShareResult(shares=shares):
            ordered = shares if result.scale else sorted(shares, key=_length, reverse=True)
            return NumbersTable(
                headers=(say("Answer"), say("People"), say("Share"), say("95% interval")),
                rows=tuple(_share_row(share, words) for share in ordered),
            )
        case RankingResult(ranked=ranked):
            return NumbersTable(
                headers=(say("Priority"), say("Points"), say("95% interval"), say("First places")),
                rows=tuple(_ranked_row(one, words) for one in ranked),
            )
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)


def share_words(share: Share, words: Words) -> str:
    """A share with its interval in words: "62% (95% interval 59% to 65%)"."""
    if share.coded or share.share is None:
        return share.coded or "–"
    told = words.percent(share.share)
    if share.low is None or share.high is None:
        return told
    between = _between(share.low, share.high, words)
    return words.say("{share} (95% interval {between})", share=told, between=between)


def _share_row(share: Share, words: Words) -> tuple[str, ...]:
    shown = share.low is not None and share.high is not None
    return (
        words.text(share.label),
        "–" if share.count is None else words.number(share.count),
        share.coded or ("–" if share.share is None else words.percent(share.share)),
        _between(share.low or 0, share.high or 0, words) if shown else "–",
    )


def _ranked_row(ranked: RankedChoice, words: Words) -> tuple[str, ...]:
    low, high = _points(ranked.low, words), _points(ranked.high, words)
    return (
        words.text(ranked.label),
        _points(ranked.points, words),
        words.say("{low} to {high}", low=low, high=high),
        "–" if ranked.firsts is None else words.number(ranked.firsts),
    )


# -- strokes ---------------------------------------------------------------------------------


def _svg(title: str, description: str, parts: Sequence[Markup], height: int, ident: str) -> Markup:
    return Markup(
        '<svg class="chart" role="img" width="100%" height="{height}" '
        'xmlns="http://www.w3.org/2000/svg" aria-labelledby="{ident}-t {ident}-d">'
        '<title id="{ident}-t">{title}</title><desc id="{ident}-d">{description}</desc>'
        "{parts}</svg>"
    ).format(
        height=height,
        ident=ident,
        title=title,
        description=description,
        parts=Markup("").join(parts),
    )


def _interval(low: float, high: float, middle: float) -> Markup:
    """A whisker with ends, from ``low`` to ``high`` percent of the width."""
    line = Markup('<line class="interval" x1="{}%" x2="{}%" y1="{}" y2="{}"/>')
    return (
        line.format(_n(low), _n(high), _n(middle), _n(middle))
        + line.format(_n(low), _n(low), _n(middle - 4), _n(middle + 4))
        + line.format(_n(high), _n(high), _n(middle - 4), _n(middle + 4))
    )


def _lines(label: Sequence[str], top: int) -> Markup:
    return Markup("").join(
        Markup('<text class="label" x="0" y="{}">{}</text>').format(top + 14 + LINE * row, line)
        for row, line in enumerate(label)
    )


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(label, WRAP, max_lines=3, placeholder="…") or [""]


def _short(label: str) -> str:
    return label if len(label) <= 18 else label[:17].rstrip() + "…"


def _length(share: Share) -> float:
    """A bar's length, 0 to 1. A coded share is drawn at its bound, a band at its middle: the
    picture says no more than the words do."""
    if share.coded is None:
        return share.share or 0.0
    bounds = [float(bound) for bound in re.findall(r"\d+(?:\.\d+)?", share.coded)]
    return min(sum(bounds) / len(bounds) / 100, 1.0) if bounds else 0.0


def _between(low: float, high: float, words: Words) -> str:
    return words.say("{low} to {high}", low=words.percent(low), high=words.percent(high))


def _points(points: float, words: Words) -> str:
    """Borda points of 100, so that no decimals are needed."""
    return words.number(round(points * 100))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
