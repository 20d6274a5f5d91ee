"""A committee's week and the district's month as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from markupsafe import Markup

from bot.charts import digest_words as say
from bot.charts.count_charts import count_chart
from bot.conversation import Reader
from bot.web.notices import lines
from bot.web.render_card import rendered
from core.cards import Bullets, Card, Line, Look, Page, Part, Secrecy
from core.words import Words
from governance import links
from governance.digests import wording as digest_words
from governance.digests.messages import Digest, DigestLine, DigestMessage, MonthlyFigures

_HERE = Secrecy.SIGNED_IN


def told_in_sums(
    message: DigestMessage,
    reader: Reader,
    *,
    level: int,
    link: bool = True,
    chart: bool = True,
) -> Markup:
    """``link``: with the way to its page; not on that page itself. ``chart``: with its chart; not
    again where another month's on the page shows the same ones."""
    words = Words(reader.locale, reader.timezone)
    picture = _picture(words, message) if chart else None
    title = say.title(words, message)
    card = Card(
        title=title,
        secrecy=_HERE,
        outside=title,
        parts=(*lines(*say.lines(words, message)), *_parts(words, message, picture)),
        page=Page(label=say.press(words, message), path=say.page(message)) if link else None,
    )
    shown = picture or Markup("")
    return rendered(card, reader, csrf="", level=level, picture=shown)


def _picture(words: Words, message: DigestMessage) -> Markup | None:
    """Its chart with what it shows; None where there is nothing to draw."""
    # The ids inside are its own: a page may have several.
    counts = say.counts(words, message).named(_key(message))
    chart = count_chart(counts, words)
    if chart is None:
        return None
    return Markup('<figure class="figure">{}<figcaption>{}. {}</figcaption></figure>').format(
        chart, counts.title, counts.caption
    )


def _parts(words: Words, message: DigestMessage, picture: Markup | None) -> tuple[Part, ...]:
    """What stands below the sums and their ``picture``."""
    themes = Bullets(lines=tuple(say.theme_lines(words, message.themes)), secrecy=_HERE)
    match message:
        case Digest():
            listed = [
                part
                for told, items in say.parts(words, message)
                for part in (_label(told), _lines(words, items))
            ]
            return (*(() if picture else (themes,)), *listed)
        case MonthlyFigures():
            came = Bullets(
                lines=tuple(
                    Markup('<a href="{}">{}</a>').format(one.page, say.came(words, one))
                    if one.page
                    else say.came(words, one)
                    for one in message.came
                ),
                secrecy=_HERE,
            )
            return (
                *((_label(words.say("Themes")), themes) if message.themes else ()),
                _label(words.say("What changed because of it")),
                *((came,) if message.came else lines(say.nothing_came(words))),
            )
        case _:
            assert_never(message)


def _lines(words: Words, items: Sequence[DigestLine]) -> Bullets:
    """Each leads to its item, and says below when it came and is due."""
    line = Markup('<a href="{}">{}</a><br><span class="quiet small">{}</span>')
    told = (
        line.format(links.item("", one.item_id), one.words, digest_words.about(words, one))
        for one in items
    )
    return Bullets(lines=tuple(told), secrecy=_HERE)


def _label(told: str) -> Line:
    return Line(text=told, secrecy=_HERE, look=Look.STRONG)


def _key(message: DigestMessage) -> str:
    match message:
        case Digest(digest_id=digest):
            return str(digest)
        case MonthlyFigures(month=month):
            return month.isoformat()
        case _:
            assert_never(message)
