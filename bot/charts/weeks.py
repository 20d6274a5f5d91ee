"""The small chart of a theme's weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from markupsafe import Markup

from bot.charts.strokes import px, svg
from core.words import Words, known_locale
from governance.upkeep.messages import Growing, Grown
from governance.upkeep.trend_wording import line

TALL = 60
"""Pixels of the tallest column."""


def charts(words: Words, message: Growing) -> list[Markup]:
    """One for each theme, in their order."""
    return [
        weeks_chart(words, message, one, ident=f"weeks-{place}")
        for place, one in enumerate(message.themes)
    ]


def weeks_chart(words: Words, message: Growing, one: Grown, *, ident: str) -> Markup:
    """A column for each week; a week of fewer than five people has none, as if nobody wrote."""
    most = max((n for n in one.weeks if n is not None), default=1)
    step, top = 100 / len(one.weeks), 18 + TALL
    parts = []
    for place, people in enumerate(one.weeks):
        if people is None:
            continue
        height = people / most * TALL
        column = Markup('<rect class="bar" x="{}%" y="{}" width="{}%" height="{}"/>')
        left, wide = px(place * step + step / 8), px(step * 0.75)
        parts.append(column.format(left, px(top - height), wide, px(height)))
        above = Markup('<text class="figure small" x="{}%" y="{}" text-anchor="middle">{}</text>')
        middle = px(place * step + step / 2)
        parts.append(above.format(middle, px(top - height - 4), words.number(people)))
    rail = Markup('<line class="rail" x1="0" x2="100%" y1="{}" y2="{}"/>')
    end = Markup('<text class="end" x="{}" y="{}" text-anchor="{}">{}</text>')
    first = message.week - timedelta(weeks=len(one.weeks) - 1)
    parts += [
        rail.format(top, top),
        end.format("0", top + 18, "start", _week(words, first)),
        end.format("100%", top + 18, "end", _week(words, message.week)),
    ]
    told = words.say("People who wrote about it each week. Fewer than 5 are not shown.")
    return svg(words.name(one.theme), f"{told} {line(words, one)}", parts, top + 24, ident)


def _week(words: Words, at: datetime) -> str:
    """A week by its first day, short enough for two of them below a chart on a phone. The weekday
    that other dates have would say nothing here."""
    local = at.astimezone(ZoneInfo(words.timezone))
    return str(format_skeleton("MMMd", local, locale=known_locale(words.locale)))
