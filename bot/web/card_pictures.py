"""Results in short, with the one picture that such a message has."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.beside_words import answered_words
from bot.charts.results import chart
from bot.conversation import Reader
from bot.web.notices import lines
from bot.web.render_card import rendered
from bot.web.rendering import said, written
from core.cards import Card, Page, Secrecy
from core.words import Words
from governance import links
from governance.results.matrices import together
from surveys.results.model import WaveResults


def draw_results(results: WaveResults, reader: Reader, *, level: int) -> Markup:
    """How many answered, the picture, and the way to all of it."""
    words = Words(reader.locale, reader.timezone)
    picture = first_picture(results, words)
    card = Card(
        title=said(words, "Results: {title}", title=written(results.title, words)),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.text(results.title),
        parts=lines(answered_words(results, words)),
        page=Page(label=words.say("See all results"), path=links.results("", results.wave_id)),
    )
    figure = Markup('<div class="figure">{}</div>').format(picture) if picture else Markup("")
    return rendered(card, reader, csrf="", level=level, picture=figure)


def first_picture(results: WaveResults, words: Words) -> Markup | None:
    """The one picture of a results card: the district's first question that can be drawn."""
    for table in results.tables:
        if table.plan.by:
            continue
        for cell in table.cells:
            for result in together(cell.questions):
                picture = chart(result, words, ident=f"card-{results.wave_id.hex[:8]}")
                if picture:
                    return picture
    return None
