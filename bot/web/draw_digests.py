"""A committee's week and the district's month as HTML."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from markupsafe import Markup

from bot.charts import digest_words as say
from bot.charts.count_charts import count_chart
from bot.conversation import Reader
from bot.web.rendering import on_the_web, render
from core.words import Words
from governance.digests import wording as digest_words
from governance.digests.messages import Digest, DigestMessage, MonthlyFigures


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
    # The ids inside are its own: a page may have several.
    counts = say.counts(words, message).named(_key(message))
    return render(
        "messages/told_in_sums.html",
        reader,
        m=message,
        level=level,
        title=say.title(words, message),
        lines=say.lines(words, message),
        chart=count_chart(counts, words) if chart else None,
        counts=counts,
        themes=say.theme_lines(words, message.themes),
        month=isinstance(message, MonthlyFigures),
        parts=say.parts(words, message) if isinstance(message, Digest) else [],
        about=partial(digest_words.about, words),
        came=partial(say.came, words),
        nothing=say.nothing_came(words),
        page=say.page(message),
        press=on_the_web(words, say.press(words, message)),
        here=link,
    )


def _key(message: DigestMessage) -> str:
    match message:
        case Digest(digest_id=digest):
            return str(digest)
        case MonthlyFigures(month=month):
            return month.isoformat()
        case _:
            assert_never(message)
