"""Counts as bars: for the page as SVG, and for chat as a picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from bot.charts.chart_pictures import Picture, framed
from bot.charts.strokes import LINE, label_lines, px, svg, wrapped
from core.charts import Counts
from core.words import Words

BAR, GAP = 18, 14
ROOM = 84
"""Percent of the width that the longest bar takes; the numbers stand to the right of it."""
ROOM_OF_MARGINS = 76
"""Where each number has its margin."""


def count_chart(counts: Counts, words: Words) -> Markup | None:
    """Bars in the order of the rows. None: there is nothing to draw."""
    longest = max((count or 0 for _, count in counts.rows), default=0)
    if not longest:
        return None
    full = counts.whole or longest
    room = ROOM_OF_MARGINS if counts.said else ROOM
    parts: list[Markup] = []
    top = 0
    for (label, count), number in zip(counts.rows, counts.figures(words), strict=True):
        lines = wrapped(label)
        parts.append(label_lines(lines, top))
        top += LINE * len(lines)
        length = None if count is None else count / full * room
        parts.append(_bar(length, top, number, room))
        top += BAR + GAP
    return svg(counts.title, counts.told(words), parts, top, f"counts-{counts.key}")


@lru_cache(maxsize=64)
def count_picture(counts: Counts, words: Words) -> Picture | None:
    """The same for everyone with the same words: it is drawn once for a message to thousands."""
    drawn = count_chart(counts, words)
    if drawn is None:
        return None
    return framed(drawn, title=counts.title, caption=counts.caption, alt=counts.alt(words))


def bars(counts: Counts) -> Sequence[tuple[str, float]]:
    """The rows that can be drawn."""
    return [(label, count) for label, count in counts.rows if count is not None]


def _bar(length: float | None, top: int, number: str, room: int) -> Markup:
    """``length`` None: there is no bar, and the words have the room."""
    track = Markup('<rect class="track" x="0" y="{}" width="{}%" height="{}" rx="3"/>')
    bar = Markup('<rect class="bar" x="0" y="{}" width="{}%" height="{}" rx="3"/>')
    end = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
    told = end.format(px(top + BAR / 2 + 5), number)
    if length is None:
        return told
    return track.format(top, room, BAR) + bar.format(top, px(length), BAR) + told
