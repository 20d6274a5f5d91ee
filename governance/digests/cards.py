"""A committee's week and the district's month as cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from core.cards import (
    Bullets,
    Card,
    Column,
    Entries,
    Line,
    Look,
    Page,
    Part,
    Picture,
    Secrecy,
    Table,
)
from core.charts import Source
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines
from governance.digests import wording as say
from governance.digests.handlers import DIGEST
from governance.digests.messages import CameOfIt, Digest, DigestLine, MonthlyFigures, ThemeCount
from governance.digests.monthly import FIGURES, subject_of


def week(words: Words, digest: Digest) -> Card:
    """Sums and themes may stand anywhere; what anybody said may not."""
    source = Source(kind=DIGEST, subject=digest.digest_id, at=digest.at)
    counts = say.counts(words, digest)
    themes = (Picture(of=counts, secrecy=Secrecy.ANYWHERE, source=source),)
    return Card(
        title=say.title(words, digest),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(say.lines(words, digest)),
            *(themes if digest.themes else ()),
            *(
                part
                for heading, listed in say.parts(words, digest)
                for part in (_heading(heading), _items(words, listed))
            ),
        ),
        page=Page(label=words.say("Reply to messages"), path=links.chair("", digest.queue)),
    )


def _items(words: Words, listed: Sequence[DigestLine]) -> Entries:
    """Each leads to its item, and says below when it came and is due."""
    rows = tuple(
        (Page(label=one.words, path=links.item("", one.item_id)), say.about(words, one))
        for one in listed
    )
    return Entries(rows=rows, secrecy=Secrecy.SIGNED_IN)


def month(words: Words, figures: MonthlyFigures, *, chart: bool = True) -> Card:
    """``chart``: with its chart; not again where a later month's on the page shows the same."""
    return Card(
        title=say.title(words, figures),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(say.lines(words, figures)),
            *(_months(words, figures) if chart else ()),
            *_themes(words, figures.themes),
            _heading(words.say("What changed because of it")),
            *_came(words, figures.came),
        ),
        page=Page(label=words.say("See it on the web"), path=links.what_came("")),
    )


def _months(words: Words, figures: MonthlyFigures) -> tuple[Part, ...]:
    """Nothing where no month's number may be told."""
    counts = say.counts(words, figures)
    if not any(count for _, count in counts.rows):
        return ()
    at = datetime.combine(figures.month, time(), UTC)
    source = Source(kind=FIGURES, subject=subject_of(figures.month), at=at)
    return (Picture(of=counts, secrecy=Secrecy.ANYWHERE, source=source),)


def _themes(words: Words, themes: Sequence[ThemeCount]) -> tuple[Part, ...]:
    if not themes:
        return ()
    told = say.theme_rows(words, themes)
    return (
        Table(
            caption=words.say("Themes"),
            columns=(
                Column(label=words.say("Theme")),
                Column(label=words.say("Messages"), number=True),
            ),
            rows=tuple((name, words.number(count)) for name, count in told),
            secrecy=Secrecy.ANYWHERE,
        ),
    )


def _came(words: Words, came: Sequence[CameOfIt]) -> tuple[Part, ...]:
    if not came:
        return lines([say.nothing_came(words)], secrecy=Secrecy.SIGNED_IN)
    said = [(say.came(words, one), one.page) for one in came]
    listed = tuple(Page.if_ours(told, page) or told for told, page in said)
    return (Bullets(lines=listed, secrecy=Secrecy.SIGNED_IN),)


def _heading(told: str) -> Line:
    return Line(text=told, secrecy=Secrecy.SIGNED_IN, look=Look.STRONG)


CARDS: Drawings = {Digest: week, MonthlyFigures: month}
