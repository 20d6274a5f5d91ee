"""What is beside a wave's tables, for a message in chat: who answered, and what changed since
earlier times. Of few enough groups and lines for a phone; the page has the rest.

All of it is what the gate released to the reader; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from bot.charts.beside_charts import MOST_GROUPS, rates_chart, trends_chart
from bot.charts.beside_words import rate_lines, rates_told, trend_name, trend_told
from bot.charts.chart_pictures import Picture, framed
from bot.charts.group_findings import partings
from bot.charts.theme_words import told_themes
from core.words import Words
from governance.labels import Labels
from surveys.results.beside import GroupRate, Rates, Trend
from surveys.results.model import CommentThemes, WaveResults

MOST_QUESTIONS = 2
"""Questions of which is told what changed."""

MOST_LINES = 4
"""Figures of a question: of many choices the largest."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One thing to tell: its title and sentences, and what the picture of it is made of (``drawn``
    None: nothing to draw). ``key`` names it among those of a wave; no question has such a key."""

    key: str
    title: str
    lines: tuple[str, ...]
    heading: str
    alt: str
    caption: str
    drawn: Markup | None


def beside(results: WaveResults, words: Words) -> list[Beside]:
    """What a message tells of a closed survey beside its questions; nothing while it is open."""
    if not results.final:
        return []
    named = Labels(words, results.buildings)
    told = [_who(results.rates, results.as_of, words, named)] if results.rates else []
    if results.themes:
        told.append(_about(results.themes, words))
    return told + list(_parted(results, words)) + list(_changed(results, words))


def beside_picture(one: Beside) -> Picture | None:
    """As ``chart_pictures.picture`` draws; None where there is nothing to draw."""
    if one.drawn is None:
        return None
    return framed(one.drawn, title=one.heading, caption=one.caption, alt=one.alt)


def _who(rates: Rates, as_of: datetime, words: Words, named: Labels) -> Beside:
    few = replace(rates, groups=_few_groups(rates))
    lines = tuple(f"{what}: {told}" for what, told in rate_lines(rates, words))
    heading = words.say("How many of each group answered")
    base = words.say("As of {when}.", when=words.when(as_of))
    return Beside(
        key="|who",
        title=words.say("Who answered"),
        lines=lines,
        heading=heading,
        alt=f"{lines[0]}. {heading}: {rates_told(few, words, named)}",
        caption=f"{words.say('The dashed line is everyone asked.')} {base}",
        drawn=rates_chart(few, words, named, ident="who"),
    )


def _about(themes: CommentThemes, words: Words) -> Beside:
    """What the comments are about."""
    found = told_themes(themes, words)
    return Beside(
        key="|themes",
        title=found.title,
        lines=(found.lead, *(f"{one.label}: {one.figure}" for one in found.bars)),
        heading=found.title,
        alt="",
        caption="",
        drawn=None,
    )


def _few_groups(rates: Rates) -> tuple[GroupRate, ...]:
    """The groups of the first planned table that is small enough for a picture and has two or more
    of them shown."""
    shown = [one for one in rates.groups if one.group and (one.coded or one.share is not None)]
    for _, alike in groupby(shown, key=lambda one: [by for by, _value in one.group]):
        groups = tuple(alike)
        if 2 <= len(groups) <= MOST_GROUPS:
            return groups
    return ()


def _parted(results: WaveResults, words: Words) -> Iterator[Beside]:
    """Where groups agree and part in what they put first."""
    if found := partings(results, words):
        lines = tuple(f"{words.text(result.prompt)} {said}" for result, said in found)
        title = words.say("What groups put first")
        yield Beside(
            key="|parted", title=title, lines=lines, heading=title, alt="", caption="", drawn=None
        )


def _changed(results: WaveResults, words: Words) -> Iterator[Beside]:
    """The district's figures over the waves, question by question."""
    wanted = [one for one in results.trends if not one.group]
    questions = [tuple(found) for _, found in groupby(wanted, key=lambda one: one.question)]
    for place, trends in enumerate(questions[:MOST_QUESTIONS]):
        lines = tuple(_line(one, words) for one in sorted(trends, key=_last)[:MOST_LINES])
        prompt = words.text(trends[0].prompt)
        title = f"{words.say('What changed')}: {prompt}"
        yield Beside(
            key=f"|changed-{place}",
            title=title,
            lines=lines,
            heading=title,
            alt=f"{title} {' '.join(lines)}",
            caption=words.say(
                "Each time, other people may have answered. A change whose interval includes 0 may "
                "be chance."
            ),
            drawn=trends_chart(sorted(trends, key=_last)[:MOST_LINES], words, ident="changed"),
        )


def _last(trend: Trend) -> float:
    return -(trend.points[-1].value or 0.0)


def _line(trend: Trend, words: Words) -> str:
    return f"{trend_name(trend, words)}: {trend_told(trend, words)}"
