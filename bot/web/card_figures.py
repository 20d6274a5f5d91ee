"""A card's charts and tables as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from markupsafe import Markup

from bot.charts.count_charts import count_chart
from core.cards import Page, Table
from core.charts import Counts, ended
from core.words import Words

_WIDE = 4
"""From so many columns on, a phone scrolls."""


def shown(one: str | Page) -> str:
    """A sentence, or a link."""
    return one if isinstance(one, str) else link(one)


def link(page: Page) -> Markup:
    return Markup('<a href="{}">{}</a>').format(page.path, page.label)


def picture(counts: Counts, words: Words) -> Markup:
    """Its chart with what it shows; its numbers where there is nothing to draw."""
    # A page may have several, and the ids inside are each one's own.
    chart = count_chart(counts.named(f"{counts.key}-{uuid4().hex[:8]}"), words)
    title = Markup("<p><strong>{}</strong></p>").format(counts.title)
    below = Markup("<figcaption>{}</figcaption>").format(counts.caption) if counts.caption else ""
    if chart is not None:
        return Markup('<figure class="figure">{}\n{}{}</figure>').format(title, chart, below)
    said = " ".join(one for one in (ended(counts.title), counts.caption) if one)
    numbers = Markup("").join(Markup("<li>{}</li>").format(one) for one in counts.lines(words))
    return Markup("<p><strong>{}</strong></p>\n<ul>{}</ul>").format(said, numbers)


def table(table: Table) -> Markup:
    """A row's first cell is its heading."""
    kinds = [Markup(' class="num"') if one.number else "" for one in table.columns]
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(kind, one.label)
        for one, kind in zip(table.columns, kinds, strict=True)
    )
    caption = Markup("<caption>{}</caption>\n").format(table.caption) if table.caption else ""
    drawn = Markup(
        '<table class="counts">\n{}<thead><tr>{}</tr></thead>\n<tbody>{}</tbody>\n</table>'
    ).format(caption, heads, Markup("\n").join(_row(one, kinds) for one in table.rows))
    if len(table.columns) >= _WIDE:
        region = Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>')
        drawn = region.format(table.caption or table.columns[0].label, drawn)
    return drawn + (Markup("\n<p>{}</p>").format(link(table.rest)) if table.rest else "")


def _row(row: Sequence[str], kinds: Sequence[str]) -> Markup:
    first, *others = row
    cells = Markup("").join(
        Markup("<td{}>{}</td>").format(kind, cell)
        for cell, kind in zip(others, kinds[1:], strict=True)
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, cells)
