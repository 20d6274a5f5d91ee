"""A wave's results, ready to be drawn: the chosen group's figures, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from bot import beside_words
from bot.beside_charts import rates_chart, trends_chart
from bot.charts import chart
from bot.conversation import Reader
from bot.figures import NumbersTable, caption, numbers_table, remarks
from bot.matrices import Told, together
from bot.web.labels import Labels
from bot.web.rendering import render
from bot.words import Words
from governance.conclusions import Conclusions
from surveys.beside import Trend
from surveys.results import (
    Cell,
    CommentsResult,
    RankingResult,
    WaveResults,
    Withheld,
)

EVERY = "every"
"""Chooses all groups, one below the other (for paper)."""

CONTENTS_FROM = 4
"""Figures from which on a list of them stands on top."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One question's result: a picture with its numbers, or words (``kind`` says which), and what
    stands below it."""

    kind: str
    ident: str
    result: Told
    picture: Markup | None
    numbers: NumbersTable | None
    remarks: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A cell of a released table under its heading; ``whole`` is the district's. ``n`` None:
    withheld. ``key`` names it in an address."""

    key: str
    heading: str
    whole: bool
    n: int | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of a question's figures over the waves."""

    ident: str
    trends: tuple[Trend, ...]
    picture: Markup
    numbers: NumbersTable


def drawn_results(found: WaveResults, reader: Reader, chosen: str = "") -> str:
    """The page's part that numbers are in. ``chosen`` is a group's key, "" the district."""
    words = Words(reader.locale, reader.timezone)
    shown = groups(found, words, chosen)
    figures = [figure for group in shown for figure in group.figures]
    return render(
        "fragments/results.html",
        reader,
        results=found,
        groups=shown,
        choices=choices(found, words),
        chosen=chosen,
        contents=figures if len(shown) == 1 and len(figures) >= CONTENTS_FROM else [],
        lines=lines(found, words, chosen),
        rates_picture=rates_chart(found.rates, words, ident="rates") if found.rates else None,
        beside=beside_words,
    )


def key_of(cell: Cell) -> str:
    """A cell's name in an address: "role:teacher,level:high"; "" for the district."""
    return ",".join(f"{dimension}:{value}" for dimension, value in cell.group)


def choices(found: WaveResults, words: Words) -> list[tuple[str, str]]:
    """The groups to choose from, with their names, the district first."""
    named = Labels(words)
    cells = {key_of(cell): named.group(cell.group) for cell in _cells(found)}
    return list(cells.items())


def groups(found: WaveResults, words: Words, chosen: str = "") -> list[Group]:
    """The chosen group, all of them, or where the district is not planned the first; a group that
    is not there leads to the same."""
    named = Labels(words)
    cells = list(_cells(found))
    shown = [cell for cell in cells if chosen in (EVERY, key_of(cell))] or cells[:1]
    return [
        Group(
            key=key_of(cell),
            heading=named.group(cell.group),
            whole=not cell.group,
            n=cell.n,
            figures=tuple(
                figure(result, words, f"g{row}-q{place}", found.as_of)
                for place, result in enumerate(together(cell.questions))
            ),
        )
        for row, cell in enumerate(shown)
    ]


def lines(found: WaveResults, words: Words, chosen: str) -> list[Line]:
    """The trends of the chosen group, one picture for each question."""
    wanted = [one for one in found.trends if _key(one) == ("" if chosen == EVERY else chosen)]
    drawn = []
    for place, (_, of_one) in enumerate(groupby(wanted, key=lambda one: one.question)):
        trends = tuple(of_one)
        drawn.append(
            Line(
                ident=f"line-{place}",
                trends=trends,
                picture=trends_chart(trends, words, ident=f"line-{place}"),
                numbers=beside_words.trends_table(trends, words),
            )
        )
    return drawn


def _key(trend: Trend) -> str:
    return ",".join(f"{dimension}:{value}" for dimension, value in trend.group)


def _cells(found: WaveResults) -> Iterable[Cell]:
    cells = [cell for table in found.tables for cell in table.cells]
    return sorted(cells, key=lambda cell: bool(cell.group))


def figure(result: Told, words: Words, ident: str, as_of: datetime) -> Figure:
    """A result with its picture, numbers and caption."""
    picture = chart(result, words, ident=ident)
    kind = "words"
    if isinstance(result, Withheld):
        kind = "withheld"
    elif isinstance(result, CommentsResult):
        kind = "comments"
    return Figure(
        kind="picture" if picture else kind,
        ident=ident,
        result=result,
        picture=picture,
        numbers=numbers_table(result, words),
        remarks=remarks(result, words) if isinstance(result, RankingResult) else "",
        caption=caption(result, words, as_of=as_of),
    )


def heard_figures(message: Conclusions, words: Words) -> list[Figure]:
    """Of what was heard: the figures that go along."""
    start, as_of = f"heard-{message.wave_id.hex[:8]}", message.as_of
    if as_of is None:
        return []
    told = enumerate(together(message.told))
    return [figure(one, words, f"{start}-{place}", as_of) for place, one in told]
